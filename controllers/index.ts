/** The front door of `controllers`: what `api`, `bench` and `test` may use. */
export { type PushReport, pushPlan } from "./gate/push-plan.ts";
export { createNtcipController, type NtcipController, type NtcipOptions } from "./ntcip/ntcip-controller.ts";
export { type ControllerConfig, controllerSchema } from "./schema.ts";
export {
  type ForkedVirtualControllers,
  forkVirtualControllers,
} from "./virtual/fork-virtual-controllers.ts";
export {
  startVirtualControllers,
  type VirtualControllerHandle,
  type VirtualControllers,
} from "./virtual/virtual-controllers.ts";
