/** Simulates sites whose signals are virtual controllers: `sim` knows nothing of devices, and `controllers` nothing of streets. */
import { rehearseCabinets } from "../../controllers/index.ts";
import { serveRuns } from "../../sim/index.ts";

serveRuns({ makeCabinets: rehearseCabinets });
