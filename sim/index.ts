/** The front door of `sim`: what `api`, `bench` and `test` may use. */
export { priorityNames } from "./adaptive/priority-notices.ts";
export { createSimulatedFeed, type SimulatedFeedOptions } from "./arrivals/simulated-feed.ts";
export { outputKinds, outputsOrderOf } from "./outputs/outputs-order.ts";
export type { PlanDocument } from "./retime/plan-document.ts";
export { retimeScenario } from "./retime/retime-scenario.ts";
export type { Run, RunOrder } from "./runner/run-messages.ts";
export { score, withInterval } from "./runner/score.ts";
export { serveRuns } from "./runner/serve-runs.ts";
export { simulateSeeds } from "./runner/simulate-seeds.ts";
export { findScenario, type ScenarioFiles, siteFiles } from "./scenario/find-scenario.ts";
export { controllerNames, detectionNames, policyNames, throughNames } from "./street/controllers.ts";
export { programsText } from "./sumo/write-programs.ts";
