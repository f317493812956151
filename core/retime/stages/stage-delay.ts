/** What a stage plan costs the lanes of one signal, as if nobody else were there: HCM 2000 delay by lane, weighed by flow. */
import { hcmIncremental_s, hcmUniform_s } from "../../timing/delay.ts";
import type { SignalStages, StageTiming } from "./signal-stages.ts";

export interface LaneTurn {
  /** Place in the state string. */
  readonly link: number;
  readonly flow_h: number;
  /** Places to which it gives way where it has no priority. */
  readonly givesWayTo: readonly number[];
}

/** A lane before a stop line, with the turns that it serves. */
export interface LaneFlow {
  readonly saturation_h: number;
  readonly turns: readonly LaneTurn[];
}

/** Critical gap and follow-up time of a permissive turn, s (HCM 2000, exhibit 17-5 and chapter 16). */
const criticalGap_s = 4.5;
const followUp_s = 2.5;
/** Vehicles that leave at the end of a permissive green. */
const sneakers = 1.5;
/** Start-up and end loss cancel: a queue goes on into yellow about as long as it takes to start. */
const startLoss_s = 1;

/** Veh/h through gaps of an opposing flow (Harders 1968, as HCM 2000 eq. 17-3 has it). */
export function permissiveSaturation_h(opposing_h: number): number {
  const perSecond = opposing_h / 3600;
  if (perSecond === 0) return 3600 / followUp_s;
  return (opposing_h * Math.exp(-perSecond * criticalGap_s)) / (1 - Math.exp(-perSecond * followUp_s));
}

/** By stage of `of.stages`: the rate at which each lane discharges, veh/h. */
export type Rates = readonly Float64Array[];

/** How many veh/h of a turn leave in a stage. */
function turnRate_h(lane: LaneFlow, turn: LaneTurn, state: string, flowOf: ReadonlyMap<number, number>): number {
  const letter = state[turn.link];
  if (letter === "G") return lane.saturation_h;
  if (letter !== "g") return 0;
  const foes = turn.givesWayTo.filter((foe) => state[foe] === "G");
  // Opposing vehicles come while their light is green: about twice as dense as over the hour.
  const opposing_h = 2 * foes.reduce((sum, foe) => sum + (flowOf.get(foe) ?? 0), 0);
  return Math.min(lane.saturation_h, permissiveSaturation_h(opposing_h));
}

/** A lane's queue is mixed: it leaves at the harmonic mean of its turns' rates. */
function laneRate_h(lane: LaneFlow, state: string, flowOf: ReadonlyMap<number, number>): number {
  const flow_h = lane.turns.reduce((sum, turn) => sum + turn.flow_h, 0);
  let perVehicle = 0;
  for (const turn of lane.turns) {
    if (turn.flow_h === 0) continue;
    const rate_h = turnRate_h(lane, turn, state, flowOf);
    if (rate_h === 0) return 0;
    perVehicle += turn.flow_h / flow_h / rate_h;
  }
  return perVehicle === 0 ? 0 : 1 / perVehicle;
}

export function ratesOf(of: SignalStages, lanes: readonly LaneFlow[]): Rates {
  const flowOf = new Map<number, number>();
  for (const { turns } of lanes)
    for (const { link, flow_h } of turns) flowOf.set(link, (flowOf.get(link) ?? 0) + flow_h);
  return of.stages.map((state) => Float64Array.from(lanes, (lane) => laneRate_h(lane, state, flowOf)));
}

export const laneFlow_h = ({ turns }: LaneFlow): number => turns.reduce((sum, { flow_h }) => sum + flow_h, 0);

const permissive = (lane: LaneFlow, state: string): boolean =>
  lane.turns.some(({ link, flow_h }) => flow_h > 0 && state[link] === "g");

export interface StageCost {
  /** Vehicle-hours of delay an hour. */
  readonly delay_veh: number;
  /** Of the fullest lane, and which lane that is. */
  readonly saturation: number;
  readonly fullest: number;
}

/** Veh/h that leave a lane, and seconds of green of it. */
function capacityOf(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  timing: StageTiming,
  cycle_s: number,
  at: number,
): { readonly capacity_h: number; readonly green_s: number } {
  const lane = lanes[at] as LaneFlow;
  let [vehicles, green_s, fresh] = [0, 0, true];
  for (const [place, stage] of timing.order.entries()) {
    const rate_h = rates[stage]?.[at] as number;
    if (rate_h === 0) {
      fresh = true;
      continue;
    }
    const shown_s = Math.max(0, (timing.green_s[place] as number) - (fresh ? startLoss_s : 0));
    fresh = false;
    green_s += shown_s;
    vehicles += (shown_s * rate_h) / 3600;
    if (permissive(lane, of.stages[stage] as string)) vehicles += sneakers;
  }
  return { capacity_h: (3600 * vehicles) / cycle_s, green_s };
}

export function stageCost(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  timing: StageTiming,
  cycle_s: number,
): StageCost {
  let [delay_veh, saturation, fullest] = [0, 0, -1];
  for (let at = 0; at < lanes.length; at += 1) {
    const lane = lanes[at] as LaneFlow;
    const flow_h = laneFlow_h(lane);
    const { capacity_h, green_s } = capacityOf(of, lanes, rates, timing, cycle_s, at);
    const room_h = Math.max(1, capacity_h);
    const share_s = Math.min(cycle_s, Math.max(green_s / 2, (room_h / lane.saturation_h) * cycle_s));
    delay_veh +=
      (flow_h *
        (hcmUniform_s(cycle_s, share_s / cycle_s, flow_h / room_h) + hcmIncremental_s(flow_h / room_h, room_h, 1))) /
      3600;
    if (flow_h / room_h > saturation) [saturation, fullest] = [flow_h / room_h, at];
  }
  return { delay_veh, saturation, fullest };
}
