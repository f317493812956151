/**
 * How many plates one core reads per second: whole pictures, and crops of vehicles as a track hands them over, with the
 * milliseconds of each stage. Pictures: the arguments, or those of the shared data beside the checkout.
 *
 * Every figure is CPU time of this process, so that other work on the machine does not count; networks run on one thread.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { regionsOf } from "../core/plates/countries/regions.ts";
import { type Picture, readPicture } from "../detectors/detect/picture.ts";
import { PlateReader } from "../detectors/plates/plate-reader.ts";

const sets = ["plates-vn", "plates-ro"].map((name) => join("..", "shared", "data", "vision", name));
const REPEATS = 3;
/** A crop reaches so many plate widths and heights around a plate: about a car. */
const crop = { widths: 2, heights: 7 } as const;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
const cpu_ms = (): number => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;

async function pictures(files: readonly string[]): Promise<Picture[]> {
  const read = await Promise.all(files.map(readPicture));
  return read.flatMap((each) => (each.ok ? [each.value] : []));
}

function cropped({ rgb, width, height }: Picture, [x, y, w, h]: readonly [number, number, number, number]): Picture {
  const left = Math.max(0, Math.floor(x - crop.widths * w));
  const top = Math.max(0, Math.floor(y - crop.heights * h));
  const across = Math.min(width, Math.ceil(x + (1 + crop.widths) * w)) - left;
  const down = Math.min(height, Math.ceil(y + 2 * h)) - top;
  const out = new Uint8Array(across * down * 3);
  for (let row = 0; row < down; row++) {
    const from = ((top + row) * width + left) * 3;
    out.set(rgb.subarray(from, from + across * 3), row * across * 3);
  }
  return { rgb: out, width: across, height: down };
}

interface Run {
  readonly plates: number;
  readonly readable: number;
  readonly cpu: number;
  readonly stages: Readonly<Record<"find_ms" | "read_ms" | "choose_ms", number>>;
}

async function measured(reader: PlateReader, picture: Picture): Promise<Run> {
  const start = cpu_ms();
  const { readings, times } = await reader.read(picture, []);
  const readable = readings.filter((each) => each.readable).length;
  return { plates: readings.length, readable, cpu: cpu_ms() - start, stages: times };
}

async function report(name: string, reader: PlateReader, seen: readonly Picture[]): Promise<number> {
  const runs: Run[] = [];
  for (let i = 0; i < REPEATS; i++) for (const picture of seen) runs.push(await measured(reader, picture));
  const plates = runs.reduce((sum, run) => sum + run.readable, 0);
  const each = median(runs.map(({ cpu }) => cpu));
  const perSecond = (plates / runs.reduce((sum, { cpu }) => sum + cpu, 0)) * 1000;
  const stage = (key: keyof Run["stages"]): string =>
    `${key} ${median(runs.map(({ stages }) => stages[key])).toFixed(0)}`;
  print(
    `${name}: ${seen.length} pictures, ${plates / REPEATS} plates read, ${each.toFixed(0)} ms of one core each (median), ` +
      `${perSecond.toFixed(2)} plates per second and core; wall: ${[stage("find_ms"), stage("read_ms"), stage("choose_ms")].join(", ")}`,
  );
  return each;
}

const given = process.argv.slice(2);
const folders = sets.filter(existsSync);
const files =
  given.length > 0
    ? given
    : folders.flatMap((set) =>
        readdirSync(set)
          .filter((file) => /\.(png|jpg)$/.test(file))
          .map((file) => join(set, file)),
      );
if (files.length === 0) {
  print("no pictures: name some, or lay the shared data beside the checkout");
  process.exitCode = 2;
} else {
  const reader = await PlateReader.open({ threads: 1, regions: regionsOf() ?? [] });
  const whole = await pictures(files);
  const crops: Picture[] = [];
  for (const picture of whole) {
    const { readings } = await reader.read(picture, []);
    crops.push(...readings.filter(({ readable }) => readable).map(({ box }) => cropped(picture, box)));
  }
  const ofWhole = await report("whole pictures", reader, whole);
  const ofCrops = await report("crops of vehicles", reader, crops);
  print(`a crop costs ${(ofCrops / ofWhole).toFixed(2)} of a whole picture`);
  await reader.close();
}
