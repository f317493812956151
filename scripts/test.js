/** `npm test`: set-up, the checks, the suite. With arguments: only those test files, without the checks. */
import { check } from "./check.js";
import { setUpOrExit } from "./setup.js";
import { tool } from "./tool.js";

const chosen = process.argv.slice(2);
await setUpOrExit({ ffmpeg: true });
const failedChecks = chosen.length === 0 ? await check() : 0;
const suite = await tool("node_modules/vitest/vitest.mjs", ["run", "--config", "test/vitest.config.ts", ...chosen]);
if (failedChecks > 0) process.stderr.write(`\n${failedChecks} of the checks failed: see above\n`);
process.exitCode = suite === 0 && failedChecks === 0 ? 0 : 1;
