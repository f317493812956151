#!/usr/bin/env node
/** The `greenwave` command: sets up and builds when needed, then runs the verb. */
import { setUpOrExit } from "./setup.js";

const VERBS_THAT_DECODE = ["serve", "count"];

await setUpOrExit({ ffmpeg: VERBS_THAT_DECODE.includes(process.argv[2]) });
const { main } = await import("../dist/api/main.js");
await main(process.argv.slice(2));
