/**
 * node scripts/train-motorcycles.js --images <folder> --labels <csv> [--part all|first|second] [--steps <n>]
 *                                   [--night <share>] [--rain <share>] [--seed <n>] [--threads <n>] [--resume]
 *                                   [--original-share <0..1>] [--long-side <px>] [--threshold <0..1>]
 *                                   [--data <name>] [--credit <words>] [--licence <words>] [--out <model.onnx>]
 * Trains the head of NanoDet-g on labelled pictures (image, class, x, y, w, h; pixels from the top left) and writes an
 * 8-bit model with its manifest, ready for detectors/models. --resume uses the head that an earlier run left. Needs Debian's
 * python3-torch, python3-numpy and python3-pil. Pictures of your own streets belong into the same folder and CSV.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./setup.js";

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    labels: { type: "string" },
    part: { type: "string", default: "all" },
    steps: { type: "string", default: "450" },
    night: { type: "string", default: "0" },
    rain: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "1" },
    "original-share": { type: "string", default: "0.2" },
    "long-side": { type: "string", default: "1024" },
    resume: { type: "boolean", default: false },
    threshold: { type: "string", default: "0.37" },
    data: { type: "string", default: "pictures of the site" },
    credit: { type: "string", default: "the site" },
    licence: { type: "string", default: "the site's own" },
    out: { type: "string", default: ".greenwave/training/nanodet-g-motorcycles.onnx" },
  },
});
if (values.images === undefined || values.labels === undefined) {
  console.error("train-motorcycles: say --images <folder> and --labels <csv>");
  process.exit(2);
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "detectors"]);
const compiled = (path) => import(new URL(`../dist/detectors/${path}`, import.meta.url).href);
const { decodeOnnx } = await compiled("models/convert/onnx-file.js");
const { originalModelFile, readModel } = await compiled("models/manifest.js");
const { assemble, assembledManifest } = await compiled("training/assemble.js");
const { blended } = await compiled("training/head.js");
const { partOf, readLabels } = await compiled("training/labels.js");
const { networkWeights } = await compiled("training/network-weights.js");
const { decodeTensors, encodeTensors } = await compiled("training/tensors-file.js");

const model = await readModel(originalModelFile());
if (!model.ok) throw new Error("the original model cannot be read: npx greenwave doctor says more");
const out = resolve(root, values.out);
const name = out.replace(/^.*\//, "").replace(/\.onnx$/, "");
const folder = join(root, ".greenwave", "training", name);
mkdirSync(folder, { recursive: true });
mkdirSync(dirname(out), { recursive: true });
const weightsFile = join(folder, "nanodet-g.safetensors");
const original = networkWeights(decodeOnnx(model.value.bytes));
writeFileSync(weightsFile, encodeTensors(original));

const headFile = join(folder, "head.safetensors");
if (!values.resume || !existsSync(headFile)) {
  const trainer = join(root, "detectors/training/trainer/train.py");
  const pictures = ["--images", values.images, "--labels", values.labels, "--part", values.part];
  const course = ["--steps", values.steps, "--night", values.night, "--rain", values.rain, "--seed", values.seed];
  const files = ["--weights", weightsFile, "--out", headFile, "--log", join(folder, "log.jsonl")];
  run("/usr/bin/python3", [trainer, ...pictures, ...course, "--threads", values.threads, ...files], {
    OMP_NUM_THREADS: values.threads,
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

const names = partOf([...readLabels(readFileSync(values.labels, "utf8")).keys()], values.part);
const { float, integer } = await assemble({
  base: model.value.bytes,
  manifest: model.value.manifest,
  head: blended(decodeTensors(readFileSync(headFile)), original, Number(values["original-share"])),
  images: values.images,
  names,
  threads: Number(values.threads),
  largestWeight: 64,
});
const operating = {
  longSide_px: Number(values["long-side"]),
  farSide_px: 352,
  scoreThreshold: Number(values.threshold),
};
const trainedOn = [{ name: values.data, credit: values.credit, licence: values.licence }];
const words = (precision) => ({
  name,
  description: `NanoDet-g with a head that also learned motorcycles with their riders; ${precision}.`,
  ...operating,
  trainedOn,
});
for (const [file, bytes, precision] of [
  [out, integer, "8-bit integers"],
  [join(folder, "float.onnx"), float, "single precision"],
]) {
  writeFileSync(file, bytes);
  const manifest = assembledManifest(model.value.manifest, bytes, words(precision));
  const manifestFile = file.replace(/\.onnx$/, ".json");
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  run(join(root, "node_modules/.bin/biome"), ["format", "--write", "--no-errors-on-unmatched", manifestFile]);
  console.log(`${file}: ${bytes.length} bytes, SHA-256 ${manifest.sha256}`);
}
