/**
 * node scripts/train-motorcycles.js --images <folder> --labels <csv | coco.json | folder of YOLO texts> [--out <model.onnx>]
 *                                   [--classes <theirs=ours>]... [--part all|first|second]
 *                                   [--threshold <0..1>] [--two-wheeler-threshold <0..1>]
 *                                   [--head <safetensors>] [--steps <n>] [--batch <n>] [--rate <n>] [--night <share>]
 *                                   [--rain <share>] [--seed <n>] [--threads <n>] [--resume] [--work <folder>]
 *                                   [--original-share <0..1>] [--long-side <px>] [--far-side <px>]
 *                                   [--data <name>] [--credit <words>] [--licence <words>]
 * Trains the head of NanoDet-g on labelled pictures and writes an 8-bit model with its manifest: what a site file takes
 * as model: { file: <model.onnx> }. Several pairs of --images and --labels are learned together. A motorcycle's box
 * holds the bike and its riders. Training goes on from --head, or starts at the original. Head, log and labels are left
 * in --work; --resume makes the model of the head that is there. Needs Debian's python3-torch, python3-numpy and
 * python3-pil.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./setup.js";

const { values } = parseArgs({
  options: {
    images: { type: "string", multiple: true, default: [] },
    labels: { type: "string", multiple: true, default: [] },
    classes: { type: "string", multiple: true, default: [] },
    part: { type: "string", default: "all" },
    head: { type: "string" },
    steps: { type: "string", default: "450" },
    batch: { type: "string", default: "16" },
    rate: { type: "string", default: "1e-3" },
    night: { type: "string", default: "0" },
    rain: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    threads: { type: "string", default: "1" },
    resume: { type: "boolean", default: false },
    "original-share": { type: "string", default: "0.2" },
    "long-side": { type: "string", default: "1024" },
    "far-side": { type: "string", default: "288" },
    threshold: { type: "string", default: "0.37" },
    "two-wheeler-threshold": { type: "string", default: "0.28" },
    data: { type: "string", default: "pictures of the site" },
    credit: { type: "string", default: "the site" },
    licence: { type: "string", default: "the site's own" },
    out: { type: "string", default: ".greenwave/training/site.onnx" },
    work: { type: "string" },
  },
});

function stop(...lines) {
  for (const line of lines) console.error(`train-motorcycles: ${line}`);
  process.exit(2);
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (status !== 0) process.exit(status ?? 1);
}

if (values.images.length === 0 || values.images.length !== values.labels.length) {
  stop("say --images <folder> and --labels <csv, COCO json or folder of YOLO texts>, as many of one as of the other");
}
const python = "/usr/bin/python3";
if (spawnSync(python, ["-c", "import torch, numpy, PIL"], { stdio: "ignore" }).status !== 0) {
  stop("training needs three packages of Debian: apt-get install python3-torch python3-numpy python3-pil");
}
run(process.execPath, ["node_modules/typescript/bin/tsc", "-b", "detectors"]);
const compiled = (path) => import(new URL(`../dist/${path}`, import.meta.url).href);
const { sentence } = await compiled("core/problems/problem.js");
const { decodeOnnx } = await compiled("detectors/models/convert/onnx-file.js");
const { originalModelFile, readNanodet } = await compiled("detectors/models/manifest.js");
const { assemble, assembledManifest } = await compiled("detectors/training/assemble.js");
const { blended } = await compiled("detectors/training/head.js");
const { partOf } = await compiled("detectors/training/labels.js");
const { networkWeights } = await compiled("detectors/training/network-weights.js");
const { classNames } = await compiled("detectors/training/site-labels/class-names.js");
const { readSiteLabels, trainerCsv } = await compiled("detectors/training/site-labels/read-labels.js");
const { decodeTensors, encodeTensors } = await compiled("detectors/training/tensors-file.js");

function granted(result) {
  if (!result.ok) stop(...result.problems.map((each) => sentence(each)));
  return result.value;
}

const names = granted(classNames(values.classes));
const sources = [];
for (const [i, images] of values.images.entries()) {
  const source = { images: resolve(images), labels: resolve(values.labels[i]) };
  const read = granted(await readSiteLabels(source, names));
  for (const [left, count] of read.leftOut) console.log(`${source.labels}: ${count} boxes of ${left} are left out`);
  sources.push(read);
}

const model = granted(await readNanodet(originalModelFile()));
const out = resolve(values.out);
const name = basename(out, ".onnx");
const folder =
  values.work === undefined ? join(root, ".greenwave", "training", name) : join(resolve(values.work), name);
mkdirSync(folder, { recursive: true });
mkdirSync(dirname(out), { recursive: true });
const labelsFile = join(folder, "labels.csv");
writeFileSync(labelsFile, trainerCsv(sources));
const weightsFile = join(folder, "nanodet-g.safetensors");
const original = networkWeights(decodeOnnx(model.bytes));
writeFileSync(weightsFile, encodeTensors(original));

const headFile = join(folder, "head.safetensors");
if (!values.resume || !existsSync(headFile)) {
  const trainer = join(root, "detectors/training/trainer/train.py");
  const pictures = ["--images", "/", "--labels", labelsFile, "--part", values.part];
  const course = ["steps", "batch", "rate", "night", "rain", "seed", "threads"].flatMap((each) => [
    `--${each}`,
    values[each],
  ]);
  if (values.head !== undefined) course.push("--head", resolve(values.head));
  const files = ["--weights", weightsFile, "--out", headFile, "--log", join(folder, "log.jsonl")];
  run(python, [trainer, ...pictures, ...course, ...files], {
    OMP_NUM_THREADS: values.threads,
    PYTHONDONTWRITEBYTECODE: "1",
  });
}

const pictures = partOf(
  sources.flatMap((source) => [...source.pictures.keys()]),
  values.part,
);
const { float, integer } = await assemble({
  base: model.bytes,
  manifest: model.manifest,
  head: blended(decodeTensors(readFileSync(headFile)), original, Number(values["original-share"])),
  pictures,
  threads: Number(values.threads),
  largestWeight: 64,
});
for (const [file, bytes, precision] of [
  [out, integer, "8-bit integers"],
  [join(folder, "float.onnx"), float, "single precision"],
]) {
  writeFileSync(file, bytes);
  const manifest = assembledManifest(model.manifest, bytes, {
    name,
    description: `NanoDet-g with a head that also learned motorcycles with their riders; ${precision}.`,
    longSide_px: Number(values["long-side"]),
    farSide_px: Number(values["far-side"]),
    scoreThreshold: Number(values.threshold),
    twoWheelerThreshold: Number(values["two-wheeler-threshold"]),
    trainedOn: [{ name: values.data, credit: values.credit, licence: values.licence }],
  });
  const manifestFile = file.replace(/\.onnx$/, ".json");
  writeFileSync(manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  // As the project's own files are laid out; elsewhere it is nobody's matter.
  if (resolve(manifestFile).startsWith(join(root, "detectors"))) {
    run(join(root, "node_modules/.bin/biome"), ["format", "--write", manifestFile]);
  }
  console.log(`${file}: ${bytes.length} bytes, SHA-256 ${manifest.sha256}`);
}
console.log(`labels as they were learned: ${labelsFile}`);
