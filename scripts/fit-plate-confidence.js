/**
 * node scripts/fit-plate-confidence.js --on <trials.jsonl> --try <other trials.jsonl>
 * Fits the weights of core/plates/confidence.ts on what scripts/measure-plates.js --out wrote, and prints them with how
 * true the confidence is on the other trials and what each threshold costs there, beside the weights in force.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { tool } from "./tool.js";

const { values } = parseArgs({ options: { on: { type: "string" }, try: { type: "string" } } });
if (values.on === undefined || values.try === undefined) {
  console.error("fit-plate-confidence: say --on <trials.jsonl> and --try <other trials.jsonl>");
  process.exit(2);
}
if ((await tool("node_modules/typescript/bin/tsc", ["-b", "detectors"])) !== 0) process.exit(1);
const compiled = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);
const { fittedWeights, outcomes, reliability } = await compiled("detectors/training/plates/fit-confidence.js");

const read = (file) =>
  readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
const held = read(values.try);
for (const [name, weights] of [
  ["in force", undefined],
  ["fitted", fittedWeights(read(values.on))],
]) {
  console.log(name, weights ?? "(core/plates/confidence.ts)");
  console.table(reliability(held, weights));
  console.table(outcomes(held, weights));
}
