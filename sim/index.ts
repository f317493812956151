/** The front door of `sim`: what `api`, `bench` and `test` may use. */
export { createSimulatedFeed, type SimulatedFeedOptions } from "./arrivals/simulated-feed.ts";
export type { Run } from "./runner/run-messages.ts";
export { score } from "./runner/score.ts";
export { simulateSeeds } from "./runner/simulate-seeds.ts";
export { findScenario } from "./scenario/find-scenario.ts";
