/**
 * What a device is told so that it comes to a stage, or stays in one: NTCIP 1202's Hold, ForceOff, Omit and vehicle call. Minimum green,
 * walk, pedestrian clearance, yellow and red clearance are the device's own, and nothing here shortens them.
 */
import type { DeviceView } from "./device-view.ts";

/** Phases as bits; bit 0 is phase 1. */
export interface PhaseOrders {
  readonly hold: number;
  readonly forceOff: number;
  readonly omit: number;
  readonly vehicleCall: number;
}

export const noOrders: PhaseOrders = { hold: 0, forceOff: 0, omit: 0, vehicleCall: 0 };

/**
 * `wanted`: phases of the stage; `all`: of the device. Others are left out only for as long as the device is on its way: one that is left
 * out cannot say that somebody calls it.
 */
export function ordersFor(wanted: number, all: number, view: Pick<DeviceView, "greens">): PhaseOrders {
  const missing = wanted & ~view.greens;
  const forceOff = view.greens & ~wanted;
  const onItsWay = missing !== 0 || forceOff !== 0;
  return { hold: wanted, forceOff, omit: onItsWay ? all & ~wanted : 0, vehicleCall: missing };
}
