/** `npm run bench -- <name> …`: runs `bench/<name>.bench.ts`, compiled; without a name, lists what there is. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { root, setUpOrExit } from "./setup.js";
import { tool } from "./tool.js";

const [name, ...rest] = process.argv.slice(2);
await setUpOrExit({});
const names = readdirSync(join(root, "bench"), { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length))
  .sort();
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`usage: npm run bench -- <name>\nnames: ${names.join(", ")}\n`);
  process.exitCode = name === undefined ? 0 : 2;
} else if ((await tool("node_modules/typescript/bin/tsc", ["-b", "bench"])) === 0) {
  const compiled = join("dist", "bench", `${name}.bench.js`);
  process.exitCode = existsSync(join(root, compiled)) ? await tool(compiled, rest) : 1;
} else {
  process.exitCode = 1;
}
