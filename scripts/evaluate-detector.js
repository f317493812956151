/**
 * node scripts/evaluate-detector.js --images <folder> --labels <csv> [--model <file.onnx>] [--part all|first|second]
 *                                   [--unlabelled <csv>] [--long-side <px>] [--one-look] [--iou <0..1>] [--mosaic <n>] [--json]
 * Prints recall / precision of two-wheelers (motorcycles and bicycles as one, riders included), cars (cars, buses and
 * trucks as one) and pedestrians at several thresholds. What counts: by falling score each box takes the free label it
 * overlaps most, right from IoU 0.5; boxes on what --unlabelled names count neither way. --mosaic 2 lays four
 * pictures on one: the same street from farther away.
 */
import { parseArgs } from "node:util";
import { tool } from "./tool.js";

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    labels: { type: "string" },
    model: { type: "string" },
    part: { type: "string", default: "all" },
    unlabelled: { type: "string" },
    "long-side": { type: "string" },
    "one-look": { type: "boolean", default: false },
    iou: { type: "string", default: "0.5" },
    mosaic: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
if (values.images === undefined || values.labels === undefined) {
  console.error("evaluate-detector: say --images <folder> and --labels <csv>");
  process.exit(2);
}
if ((await tool("node_modules/typescript/bin/tsc", ["-b", "detectors"])) !== 0) process.exit(1);
const compiled = (path) => import(new URL(`../dist/detectors/${path}`, import.meta.url).href);
const { evaluate } = await compiled("training/evaluate.js");
const { manifestFile, readManifest, roadUserModelFile } = await compiled("models/manifest.js");

const modelFile = values.model ?? roadUserModelFile();
const manifest = await readManifest(manifestFile(modelFile));
const operating = manifest.ok ? manifest.value.operating : undefined;
const longSide = values["long-side"] ?? operating?.long_side_px;
const result = await evaluate({
  modelFile,
  images: values.images,
  labels: values.labels,
  ...(values.unlabelled === undefined ? {} : { unlabelled: values.unlabelled }),
  part: values.part,
  mosaic: Number(values.mosaic),
  ...(longSide === undefined ? {} : { longSide_px: Number(longSide) }),
  ...(values["one-look"] || operating === undefined ? {} : { farSide_px: operating.far_side_px }),
  thresholds: [0.25, 0.28, 0.3, 0.32, 0.34, 0.36, 0.37, 0.38, 0.4, 0.42, 0.44, 0.46, 0.5],
  iou: Number(values.iou),
  threads: 1,
});
if (values.json) console.log(JSON.stringify(result));
else {
  console.log(`${result.pictures} pictures; labels: ${JSON.stringify(result.labels)}; recall / precision`);
  for (const { score, ...groups } of result.at) {
    const cells = Object.entries(groups).map(
      ([name, { recall, precision }]) => `${name} ${recall.toFixed(2)} / ${precision.toFixed(2)}`,
    );
    const shipped = [operating?.score_threshold, operating?.two_wheeler_threshold].includes(score);
    console.log(`score ${score.toFixed(2)}${shipped ? " *" : "  "}  ${cells.join("   ")}`);
  }
}
