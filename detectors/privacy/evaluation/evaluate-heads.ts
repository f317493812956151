/** Heads on labelled pictures of a street: how much of them is erased, and how much that is nobody's. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ProblemError } from "../../../core/problems/problem.ts";
import { readPicture } from "../../detect/picture.ts";
import { type LabelledBox, readLabels } from "../../training/labels.ts";
import { PictureEye } from "../picture-eye.ts";
import { regionsIn } from "../picture-redaction.ts";
import { type Box, grown } from "../region.ts";
import { Cover } from "./cover.ts";
import { type Covered, covered, mean } from "./figures.ts";

export interface HeadFigures {
  readonly pictures: number;
  /** Heads marked by hand, of riders and of people on foot. */
  readonly marked: { readonly riders: Covered; readonly on_foot: Covered };
  /** Where a labelled person's head should be, whether it shows or not: of the box, the middle half of the upper part. */
  readonly labelled: { readonly riders: Covered; readonly on_foot: Covered };
  /** Shares of the pictures: erased, and erased farther from every labelled person than a fifth of the box. */
  readonly erased: number;
  readonly erased_at_nobody: number;
  readonly cpu_ms: number;
}

const UPPER = { from: 0.02, down: 0.15 } as const;
const NEAR = 0.2;
/** Lower boxes show a head of less than six pixels. */
const LEAST_HEIGHT_PX = 40;

/** `labels` and `marks`: CSV as `readLabels` takes them; of a mark the class is the person's. Each so many-th picture, and those with marks. */
export async function evaluateHeads(
  files: { readonly images: string; readonly labels: string; readonly marks: string },
  each: number,
): Promise<HeadFigures> {
  const labels = readLabels(await readFile(files.labels, "utf8"));
  const marks = readLabels(await readFile(files.marks, "utf8"));
  const names = [...labels.keys()].filter((name, index) => index % each === 0 || marks.has(name));
  const eye = await PictureEye.open();
  const shares = { marked: tally(), labelled: tally() };
  const [erased, nobody, times]: [number[], number[], number[]] = [[], [], []];
  for (const name of names) {
    const read = await readPicture(join(files.images, name));
    if (!read.ok) throw new ProblemError(read.problems);
    const { width, height } = read.value;
    const start = process.cpuUsage();
    const regions = await regionsIn(eye, read.value, null);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
    const cover = new Cover(width, height, regions);
    const people = (labels.get(name) ?? []).filter(isPerson);
    for (const mark of marks.get(name) ?? []) of(shares.marked, mark).push(cover.of(mark.box));
    for (const person of people.filter(({ box }) => box[3] >= LEAST_HEIGHT_PX))
      of(shares.labelled, person).push(cover.of(upperMiddle(person.box)));
    erased.push(cover.share);
    const near = people.map(({ box }) => grown(box, NEAR, NEAR));
    nobody.push(cover.beyond(new Cover(width, height, near)));
  }
  await eye.close();
  return {
    pictures: names.length,
    marked: told(shares.marked),
    labelled: told(shares.labelled),
    erased: mean(erased),
    erased_at_nobody: mean(nobody),
    cpu_ms: mean(times),
  };
}

interface Tally {
  readonly riders: number[];
  readonly on_foot: number[];
}

const tally = (): Tally => ({ riders: [], on_foot: [] });
const of = (shares: Tally, { class: kind }: LabelledBox): number[] =>
  kind === "pedestrian" ? shares.on_foot : shares.riders;
const told = ({ riders, on_foot }: Tally): { riders: Covered; on_foot: Covered } => ({
  riders: covered(riders),
  on_foot: covered(on_foot),
});

const isPerson = ({ class: kind }: LabelledBox): boolean => ["pedestrian", "motorcycle", "bicycle"].includes(kind);

const upperMiddle = ([x, y, w, h]: Box): Box => [x + w / 4, y + UPPER.from * h, w / 2, UPPER.down * h];
