/** The front door of `sim`: what `api`, `bench` and `test` may use. */
export { createSimulatedFeed, type SimulatedFeedOptions } from "./arrivals/simulated-feed.ts";
