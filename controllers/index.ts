/** The front door of `controllers`: what `api`, `bench` and `test` may use. */
export { type ActingTally, DeviceActing } from "./acting/device-acting.ts";
export { rehearseCabinets } from "./acting/rehearse-cabinets.ts";
export { type CarriagePaper, type CarriedStep, carryOut, observe, takeBack } from "./gate/carry-out.ts";
export { type Limits, machinesOwn, personsOwn } from "./gate/change-limits.ts";
export { decideClock } from "./gate/clock-decision.ts";
export type { Downloaded, Writing } from "./gate/download-alone.ts";
export { hindranceOf, type Look, lookAt, replyOf } from "./gate/look.ts";
export { examine } from "./gate/prove.ts";
export { pushDatabase } from "./gate/push-database.ts";
export { besidePattern, pushPlan } from "./gate/push-plan.ts";
export { recentRun, shadowProblem, shadowRun } from "./gate/shadow-run.ts";
export { WriteLimit } from "./gate/write-limit.ts";
export { type AlarmBits, alarmChanges, isTrouble } from "./ntcip/alarms.ts";
export type { Credentials, V3User } from "./ntcip/credentials.ts";
export { compareDatabases, type Difference } from "./ntcip/database/compare.ts";
export { type DatabaseDocument, databaseSchema } from "./ntcip/database/document.ts";
export { clockDrift, type DeviceClock } from "./ntcip/device-clock.ts";
export { recallDevice, rememberDevice } from "./ntcip/device-memory.ts";
export type { Capabilities } from "./ntcip/discover.ts";
export { createNtcipController, type NtcipController, type NtcipOptions } from "./ntcip/ntcip-controller.ts";
export { type DeviceMemory, NtcipDevice } from "./ntcip/ntcip-device.ts";
export { type OffsetReferenceName, offsetReferences } from "./ntcip/offset-reference.ts";
export type { DevicePoll } from "./ntcip/poll.ts";
export { pollDevices } from "./ntcip/poll-devices.ts";
export { noQuirks } from "./ntcip/quirks.ts";
export type { LoggedEvent } from "./ntcip/read-events.ts";
export { siteDifferences } from "./ntcip/site-differences.ts";
export type { WatchEvent } from "./ntcip/watch-events.ts";
export { readCertificates, type Security } from "./rsmp/link/transport.ts";
export { type CoreVersion, coreVersion } from "./rsmp/protocol/versions.ts";
export { rsmpListenerSchema } from "./rsmp/schema.ts";
export { Site, type SiteEvent } from "./rsmp/site/site.ts";
export { readSiteConfig } from "./rsmp/site/site-config.ts";
export { RsmpController } from "./rsmp/supervisor/rsmp-controller.ts";
export { Supervisor, type SupervisorEvent } from "./rsmp/supervisor/supervisor.ts";
export { type ControllerConfig, controllerSchema, type NtcipConfig, type RsmpConfig } from "./schema.ts";
export { countBoots } from "./virtual/agent/engine-boots.ts";
export { type FaultOrders, readFaultOrders } from "./virtual/agent/faults-file.ts";
export type { VirtualControllerConfig, VirtualControllerHandle } from "./virtual/cabinet.ts";
export { eightPhases } from "./virtual/eight-phases.ts";
export {
  type ForkedVirtualControllers,
  forkVirtualControllers,
} from "./virtual/fork-virtual-controllers.ts";
export {
  startVirtualControllers,
  type VirtualControllers,
} from "./virtual/virtual-controllers.ts";
