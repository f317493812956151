/** Simulates, with nothing from outside. */
import { serveRuns } from "./serve-runs.ts";

serveRuns();
