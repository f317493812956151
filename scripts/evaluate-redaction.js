/**
 * node scripts/evaluate-redaction.js --data <folder> [--each <n>]
 * Prints how much of heads and plates is erased on labelled pictures. <folder> holds `motorcycles`, `plates-vn` and
 * `plates-ro` as docs/reference/privacy.md describes them; of the first each n-th picture is looked at (usually all).
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { tool } from "./tool.js";

const { values } = parseArgs({
  options: {
    data: { type: "string" },
    each: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
if (values.data === undefined) {
  console.error("evaluate-redaction: say --data <folder>");
  process.exit(2);
}
if ((await tool("node_modules/typescript/bin/tsc", ["-b", "detectors"])) !== 0) process.exit(1);
const compiled = (name) => import(new URL(`../dist/detectors/privacy/evaluation/${name}`, import.meta.url).href);
const { evaluateHeads } = await compiled("evaluate-heads.js");
const { evaluatePlates } = await compiled("evaluate-plates.js");

const marks = fileURLToPath(new URL("../detectors/privacy/evaluation/kathmandu-heads.csv", import.meta.url));
const street = join(values.data, "motorcycles");
const share = (value) => `${(100 * value).toFixed(1)} %`;
/** At once: the whole takes minutes. */
const say = (text) => console.log(text);
const line = (name, { count, area, hidden }) =>
  say(`${name}: ${share(area)} of the area erased, ${hidden} of ${count} to nine tenths or more`);

for (const name of ["plates-vn", "plates-ro"]) {
  const { plates, read_before, read_after, erased, pictures } = await evaluatePlates(join(values.data, name));
  line(name, plates);
  say(
    `${name}: ${read_before} texts read before and ${read_after} after; ${share(erased)} of ${pictures} pictures erased`,
  );
}
const heads = await evaluateHeads(
  { images: join(street, "images"), labels: join(street, "ground_truth.csv"), marks },
  Number(values.each),
);
line("heads of riders, marked", heads.marked.riders);
line("heads on foot, marked", heads.marked.on_foot);
line("riders labelled, where a head should be", heads.labelled.riders);
line("people on foot labelled, where a head should be", heads.labelled.on_foot);
say(
  `${heads.pictures} pictures: ${share(heads.erased)} erased, ${share(heads.erased_at_nobody)} where nobody is labelled; ` +
    `${heads.cpu_ms.toFixed(0)} ms of processor time a picture`,
);
