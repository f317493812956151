/** `npm run campaign -- <name>`: a soak, fuzz or fault campaign at full size. `npm test` runs each for a minute at most. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, setUpOrExit } from "./setup.js";
import { tool } from "./tool.js";

const [name, ...rest] = process.argv.slice(2);
await setUpOrExit({ ffmpeg: true });
const folder = join(root, "test", "campaigns");
const names = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".test.ts".length))
  .sort();
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`usage: npm run campaign -- <name>\nnames: ${names.join(", ")}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  const args = ["run", "--config", "test/vitest.config.ts", `test/campaigns/${name}.test.ts`, ...rest];
  process.exitCode = await tool("node_modules/vitest/vitest.mjs", args, { ...process.env, GREENWAVE_CAMPAIGN: "full" });
}
