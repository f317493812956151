/**
 * node scripts/measure-plates.js --streets <folder> [--from 0] [--count 300] [--font <family>]... [--told]
 *                                [--least-px 8] [--most-px 32] [--out <trials.jsonl>]
 * Draws plates of Viet Nam, Europe, the United States and Brazil into parts of street pictures, reads them, and prints by
 * kind how many were read right, wrong, called unreadable, or missed. --told: the reader is told each plate's country.
 * The trials go to --out, one JSON object a line, for scripts/fit-plate-confidence.js.
 */
import { appendFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { tool } from "./tool.js";

const { values } = parseArgs({
  options: {
    streets: { type: "string" },
    from: { type: "string", default: "0" },
    count: { type: "string", default: "300" },
    font: { type: "string", multiple: true, default: [] },
    told: { type: "boolean", default: false },
    "least-px": { type: "string", default: "8" },
    "most-px": { type: "string", default: "32" },
    out: { type: "string" },
  },
});
if (values.streets === undefined) {
  console.error("measure-plates: say --streets <folder>");
  process.exit(2);
}
if ((await tool("node_modules/typescript/bin/tsc", ["-b", "detectors"])) !== 0) process.exit(1);
const { drawnTrials } = await import(
  new URL("../dist/detectors/training/plates/drawn-trials.js", import.meta.url).href
);

const from = Number(values.from);
const options = {
  streets: values.streets,
  from,
  to: from + Number(values.count),
  fonts: values.font,
  told: values.told,
  characters_px: [Number(values["least-px"]), Number(values["most-px"])],
};
if (values.out !== undefined) writeFileSync(values.out, "");
const outcomes = ["right", "wrong", "unreadable", "missed"];
const table = new Map();
const falsePlates = [];
for await (const trial of drawnTrials(options)) {
  if (values.out !== undefined) appendFileSync(values.out, `${JSON.stringify(trial)}\n`);
  falsePlates.push(...trial.elsewhere);
  for (const kind of [trial.kind.slice(0, 2), "all"]) {
    const row = table.get(kind) ?? Object.fromEntries(outcomes.map((outcome) => [outcome, 0]));
    row[trial.outcome]++;
    table.set(kind, row);
  }
}
console.table(Object.fromEntries([...table].sort()));
console.log(`texts read elsewhere in these pictures: ${falsePlates.length}`);
