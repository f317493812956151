/** The front door of `controllers`: what `api`, `bench` and `test` may use. */
export { type PushReport, pushPlan } from "./gate/push-plan.ts";
export { createNtcipController, type NtcipController } from "./ntcip/ntcip-controller.ts";
export { type ControllerConfig, controllerSchema } from "./schema.ts";
export type { Faults } from "./virtual/agent/faults.ts";
export {
  type ForkedVirtualControllers,
  type ForkOptions,
  forkVirtualControllers,
} from "./virtual/fork-virtual-controllers.ts";
export type { Trip, TripReason } from "./virtual/monitor/conflict-monitor.ts";
export {
  startVirtualControllers,
  type VirtualControllerConfig,
  type VirtualControllerHandle,
  type VirtualControllers,
} from "./virtual/virtual-controllers.ts";
