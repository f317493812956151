/**
 * What a frame costs besides the network: letterbox and normalise against sharp's resize alone (which neither
 * normalises nor splits planes), and decode with suppression on a crowded picture.
 */
import Benchmark from "benchmark";
import sharp from "sharp";
import { createCandidates } from "../../detectors/inference/candidates.ts";
import { type Decoding, decodeLevel, type Level } from "../../detectors/inference/decode.ts";
import { fitLetterbox } from "../../detectors/inference/letterbox.ts";
import { createPreprocessor, type Normalisation } from "../../detectors/inference/preprocess.ts";
import { createSuppressor } from "../../detectors/inference/suppress.ts";

const [width, height, longSide] = [640, 360, 416];
const bins = 11;
const classes = 80;
/** One cell in so many sees something: a few hundred candidates, as on a full junction. */
const crowding = 9;

/** The same numbers in every run. */
function sequence(length: number, scale: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state / 2_147_483_647) * scale;
  });
}

const box = fitLetterbox(width, height, longSide, 32);
const frame = Uint8Array.from(sequence(width * height * 3, 256));
const normalisation: Normalisation = {
  channels: "BGR",
  mean: [103.53, 116.28, 123.675],
  std: [57.375, 57.12, 58.395],
  padding: 114,
};
const preprocessor = createPreprocessor(box, normalisation);
/** What a camera's pictures are: ffmpeg has brought them to the input's size already. */
const sized = fitLetterbox(box.pictureWidth, box.pictureHeight, longSide, 32);
const sizedFrame = frame.subarray(0, sized.frameWidth * sized.frameHeight * 3);
const sizedPreprocessor = createPreprocessor(sized, normalisation);

function level(stride: number): Level {
  const columns = box.width / stride;
  const rows = box.height / stride;
  const scores = sequence(columns * rows * classes, 0.2);
  for (let cell = 0; cell < columns * rows; cell += crowding) scores[cell * classes + 2] = 0.4 + (cell % 50) / 100;
  return { stride, columns, rows, scores, bins: sequence(columns * rows * 4 * bins, 6) };
}

const levels = [8, 16, 32].map(level);
const room = levels.reduce((sum, { columns, rows }) => sum + columns * rows, 0);
const decoding: Decoding = {
  scoresPerCell: classes,
  bins,
  wanted: Int32Array.of(0, 1, 2, 3, 5, 7),
  vehicleClass: Uint8Array.of(5, 1, 2, 0, 3, 4),
  scoreThreshold: 0.35,
  scaleX: box.scaleX,
  scaleY: box.scaleY,
  frameWidth: width,
  frameHeight: height,
};
const candidates = createCandidates(room);
const suppressor = createSuppressor(room, 0.6);

function decodeAndSuppress(): number {
  candidates.count = 0;
  for (const each of levels) decodeLevel(each, decoding, candidates);
  return suppressor.suppress(candidates).count;
}

async function resizeBySharp(): Promise<void> {
  const raw = sharp(frame, { raw: { width, height, channels: 3 } });
  await raw.resize(box.pictureWidth, box.pictureHeight, { kernel: "linear" }).raw().toBuffer();
}

const bySharp = (deferred: Benchmark.Deferred): void => {
  resizeBySharp().then(
    () => deferred.resolve(),
    (error: unknown) => {
      throw error;
    },
  );
};

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const ms = ({ stats }: Benchmark): string =>
  `${(stats.mean * 1000).toFixed(3)} ms (± ${stats.rme.toFixed(1)} %, ${stats.sample.length} samples)`;

/** Runs all, prints each mean and how ours compares with the peer's. */
async function run(): Promise<void> {
  // One thread each, as the product runs them beside a network that has the other.
  sharp.concurrency(1);
  sharp.cache(false);
  const suite = new Benchmark.Suite();
  const options = { minSamples: 30, maxTime: 3 };
  suite.add("letterbox and normalise", () => preprocessor.fill(frame), options);
  suite.add("the same for a frame of the input's size", () => sizedPreprocessor.fill(sizedFrame), options);
  suite.add("sharp resize", bySharp, { ...options, defer: true });
  suite.add("decode and suppress", decodeAndSuppress, options);
  await new Promise<void>((resolve) => {
    suite.on("complete", () => resolve()).run({ async: true });
  });
  print(`${width}x${height} to ${box.width}x${box.height}, ${room} cells, ${decodeAndSuppress()} boxes kept`);
  const done: Benchmark[] = suite.map((each: Benchmark) => each);
  const wide = Math.max(...done.map(({ name }) => name?.length ?? 0));
  for (const each of done) print(`${(each.name ?? "").padEnd(wide)}  ${ms(each)}`);
  const [ours, , peer] = done;
  if (ours !== undefined && peer !== undefined) {
    print(`letterbox and normalise takes ${(ours.stats.mean / peer.stats.mean).toFixed(2)} of sharp's resize`);
  }
}

await run();
