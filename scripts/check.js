/** `npm run check`: types, format and lint, import boundaries, dead exports. Everything is run; any failure fails. */
import { pathToFileURL } from "node:url";
import { setUpOrExit } from "./setup.js";
import { tool } from "./tool.js";

const checks = [
  ["types", "node_modules/typescript/bin/tsc", ["-b"]],
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "--colors=off", "."]],
  [
    "import boundaries",
    "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
    ["--config", ".dependency-cruiser.js", "core", "detectors", "controllers", "sim", "api", "bench", "scripts"],
  ],
  ["dead code", "node_modules/knip/bin/knip.js", []],
];

export async function check() {
  let failures = 0;
  for (const [name, script, args] of checks) {
    process.stderr.write(`\n== ${name}\n`);
    if ((await tool(script, args)) !== 0) failures += 1;
  }
  return failures;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUpOrExit({});
  process.exitCode = (await check()) === 0 ? 0 : 1;
}
