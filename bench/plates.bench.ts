/**
 * How many plates one core reads per second: whole pictures, and crops of vehicles as a track hands them over. Crops are
 * read in three ways, one after the other on each crop, so that whatever else the machine does meets all alike:
 *
 *   floor  the two networks alone on the very inputs that the reader gives them: nothing can be faster with these networks
 *   ours   the reader: finding, reading, grammars, look, second views
 *   naive  the usual loop: the crop enlarged to 960 pixels, every line that is found read at 320 x 48 pixels, twice for two
 *          lines, without a grammar
 *
 * Every figure is CPU time of this process; networks run on one thread. Pictures: the arguments, or those of the shared
 * data beside the checkout.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { regionsOf } from "../core/plates/countries/regions.ts";
import { type Picture, readPicture } from "../detectors/detect/picture.ts";
import { LineReader, READER_HEIGHT } from "../detectors/plates/line-reader.ts";
import { PlateReader } from "../detectors/plates/plate-reader.ts";
import { rectified } from "../detectors/plates/rectify.ts";
import { TextFinder } from "../detectors/plates/text-finder.ts";
import { straightened } from "../detectors/plates/text-lines.ts";
import { vehicleLook } from "../detectors/plates/vehicle-looks.ts";
import { median } from "./vision/statistics.ts";

const sets = ["plates-vn", "plates-ro"].map((name) => join("..", "shared", "data", "vision", name));
const REPEATS = 3;
/** A crop reaches so many plate widths and heights around a plate: about a car. */
const crop = { widths: 2, heights: 7 } as const;
const naive = { longSide_px: 960, lineWidth_px: 320 } as const;

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
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

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = cpu_ms();
  await work();
  return cpu_ms() - start;
}

class Contenders {
  readonly #ours: PlateReader;
  readonly #finder: TextFinder;
  readonly #reader: LineReader;

  constructor(ours: PlateReader, finder: TextFinder, reader: LineReader) {
    this.#ours = ours;
    this.#finder = finder;
    this.#reader = reader;
  }

  async ours(picture: Picture): Promise<number> {
    const { readings } = await this.#ours.readVehicle(picture, whole(picture));
    return readings.filter(({ readable }) => readable).length;
  }

  /** One pass of the finder at our own size, and of the reader over the plate's lines: one or two. */
  async floor(picture: Picture, lines: readonly Picture[]): Promise<void> {
    const look = vehicleLook(picture, whole(picture));
    await this.#finder.find(picture, look.window, look.longSide_px);
    for (const line of lines) await this.#reader.read(line);
  }

  async naive(picture: Picture): Promise<void> {
    const regions = await this.#finder.find(picture, window(picture), naive.longSide_px);
    for (const { quad } of regions) {
      const line = rectified(picture, quad, naive.lineWidth_px, READER_HEIGHT);
      await this.#reader.read(line);
    }
  }

  /** The lines of the plate alone, straightened: what no reader can do without. */
  async plateLines(picture: Picture): Promise<Picture[]> {
    const { readings } = await this.#ours.readVehicle(picture, whole(picture));
    const plate = readings.find(({ readable }) => readable);
    if (plate === undefined) return [];
    const [x, y, w, h] = plate.box;
    const rows = plate.layout === "two-line" ? 2 : 1;
    return Array.from({ length: rows }, (_, row) => {
      const [top, bottom] = [y + (row * h) / rows, y + ((row + 1) * h) / rows];
      const quad = [
        { x, y: top },
        { x: x + w, y: top },
        { x: x + w, y: bottom },
        { x, y: bottom },
      ] as const;
      return straightened(picture, quad);
    });
  }
}

const whole = ({ width, height }: Picture): [number, number, number, number] => [0, 0, width, height];
const window = ({ width, height }: Picture) => ({ x: 0, y: 0, width, height });

async function compare(contenders: Contenders, crops: readonly Picture[]): Promise<void> {
  const ratios = { floor: [] as number[], naive: [] as number[] };
  const cost = { ours: [] as number[], floor: [] as number[], naive: [] as number[] };
  let read = 0;
  for (const picture of crops) {
    const lines = await contenders.plateLines(picture);
    for (let i = 0; i < REPEATS; i++) {
      let plates = 0;
      const ours = await timed(async () => {
        plates = await contenders.ours(picture);
      });
      const floor = await timed(() => contenders.floor(picture, lines));
      const simple = await timed(() => contenders.naive(picture));
      read += plates;
      cost.ours.push(ours);
      cost.floor.push(floor);
      cost.naive.push(simple);
      ratios.floor.push(ours / floor);
      ratios.naive.push(ours / simple);
    }
  }
  const all_ms = cost.ours.reduce((sum, each) => sum + each, 0);
  const ms = (name: keyof typeof cost): string => `${name} ${median(cost[name]).toFixed(0)} ms`;
  print(
    `crops of vehicles: ${crops.length}, each ${REPEATS} times; CPU of one core (median): ${ms("floor")}, ${ms("ours")}, ${ms("naive")}`,
  );
  print(`plates per second and core: ${((read / all_ms) * 1000).toFixed(2)}`);
  print(
    `ours / floor ${median(ratios.floor).toFixed(2)}, ours / naive ${median(ratios.naive).toFixed(2)} (medians of pairs)`,
  );
}

async function wholePictures(reader: PlateReader, seen: readonly Picture[]): Promise<void> {
  const runs: { readonly cpu: number; readonly plates: number; readonly find: number; readonly choose: number }[] = [];
  for (let i = 0; i < REPEATS; i++) {
    for (const picture of seen) {
      const start = cpu_ms();
      const { readings, times } = await reader.read(picture, []);
      const plates = readings.filter(({ readable }) => readable).length;
      const spent_ms = times.find_ms + times.read_ms + times.choose_ms;
      runs.push({ cpu: cpu_ms() - start, plates, find: times.find_ms / spent_ms, choose: times.choose_ms / spent_ms });
    }
  }
  const all_ms = runs.reduce((sum, { cpu }) => sum + cpu, 0);
  const plates = runs.reduce((sum, run) => sum + run.plates, 0);
  const share = (of: "find" | "choose"): string => median(runs.map((run) => run[of])).toFixed(2);
  print(
    `whole pictures: ${seen.length}, each ${REPEATS} times; ${median(runs.map(({ cpu }) => cpu)).toFixed(0)} ms of one core (median), ` +
      `${((plates / all_ms) * 1000).toFixed(2)} plates per second and core; share of finding ${share("find")}, of choosing ${share("choose")}`,
  );
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
const seen = await pictures(files);
if (seen.length === 0) {
  print("no pictures: name some that can be read, or lay the shared data beside the checkout");
  process.exitCode = 2;
} else {
  const reader = await PlateReader.open({ threads: 1, regions: regionsOf() ?? [] });
  const [finder, lines] = [await TextFinder.open(1), await LineReader.open(1)];
  const crops: Picture[] = [];
  for (const picture of seen) {
    const { readings } = await reader.read(picture, []);
    crops.push(...readings.filter(({ readable }) => readable).map(({ box }) => cropped(picture, box)));
  }
  await compare(new Contenders(reader, finder, lines), crops);
  await wholePictures(reader, seen);
  await Promise.all([reader.close(), finder.close(), lines.close()]);
}
