/**
 * From regions seen in some pictures to regions in every picture. The clip is on disk, so what is seen later helps
 * earlier pictures too: a region seen at two looks is drawn from one to the other, and some way before its first sight
 * and after its last. The farther from a look, the larger it is drawn.
 */
import { area } from "../../core/geometry/box.ts";
import { type Box, grown, mixed, type PrivateRegion } from "./region.ts";

/** What one look saw of one kind. */
export interface Sighting {
  readonly time_s: number;
  readonly regions: readonly PrivateRegion[];
}

export interface CarrySettings {
  /** A region out of sight for longer is a new one when it comes back. */
  readonly bridge_s: number;
  /** Drawn before the first sight and after the last. */
  readonly hold_s: number;
  /** Share of its size that a region grows by on each side, for each second to the nearest look. */
  readonly growth_per_s: number;
}

export const usualCarry: CarrySettings = { bridge_s: 1, hold_s: 0.4, growth_per_s: 0.8 };

interface Sight {
  readonly time_s: number;
  readonly region: PrivateRegion;
}

/** Of one person or plate, in order of time; never empty. */
type Path = Sight[];

/** Farther than this from where it should be, in sizes of its anchor, is another one; a new path has no speed yet. */
const REACH = { known: 0.7, unknown: 1.6 } as const;
/** Anchors whose areas differ by a larger factor are of two things. */
const SIZE_RATIO = 2.9;

export class CarriedRegions {
  readonly #paths: readonly Path[];
  readonly #settings: CarrySettings;

  /** `sightings` in order of time, also those that saw nothing. */
  constructor(sightings: readonly Sighting[], settings: CarrySettings = usualCarry) {
    this.#settings = settings;
    this.#paths = joined(sightings, settings.bridge_s);
  }

  /** What is to be erased at a time. At the time of a look it is exactly what the look saw, and what is only carried. */
  at(time_s: number): Box[] {
    const boxes: Box[] = [];
    for (const path of this.#paths) {
      const box = this.#on(path, time_s);
      if (box !== null) boxes.push(box);
    }
    return boxes;
  }

  #on(path: Path, time_s: number): Box | null {
    const { hold_s, growth_per_s } = this.#settings;
    const [first, last] = [path[0] as Sight, path.at(-1) as Sight];
    if (time_s < first.time_s - hold_s || time_s > last.time_s + hold_s) return null;
    const next = path.findIndex((sight) => sight.time_s >= time_s);
    const after = path[next === -1 ? path.length - 1 : next] as Sight;
    const before = path[next === -1 ? path.length - 1 : Math.max(0, next - 1)] as Sight;
    const far_s = Math.min(Math.abs(time_s - before.time_s), Math.abs(after.time_s - time_s));
    const growth = growth_per_s * far_s;
    if (after !== before) {
      const share = (time_s - before.time_s) / (after.time_s - before.time_s);
      return grown(mixed(before.region.box, after.region.box, share), growth, growth);
    }
    const [dx, dy] = next === -1 ? speed(path.at(-2), last) : speed(first, path[1]);
    const [x, y, w, h] = before.region.box;
    const beyond_s = time_s - before.time_s;
    return grown([x + dx * beyond_s, y + dy * beyond_s, w, h], growth, growth);
  }
}

/** Pixels per second from one sight to the next; nothing is known of a single one. */
function speed(a: Sight | undefined, b: Sight | undefined): readonly [number, number] {
  if (a === undefined || b === undefined) return [0, 0];
  const dt_s = b.time_s - a.time_s;
  const [from, to] = [middle(a.region.anchor), middle(b.region.anchor)];
  return [(to[0] - from[0]) / dt_s, (to[1] - from[1]) / dt_s];
}

const middle = ([x, y, w, h]: Box): readonly [number, number] => [x + w / 2, y + h / 2];

function joined(sightings: readonly Sighting[], bridge_s: number): Path[] {
  const ended: Path[] = [];
  let open: Path[] = [];
  for (const { time_s, regions } of sightings) {
    const alive = open.filter((path) => time_s - (path.at(-1) as Sight).time_s <= bridge_s);
    ended.push(...open.filter((path) => !alive.includes(path)));
    const taken = pairs(alive, regions, time_s);
    const begun: Path[] = [];
    for (const [index, region] of regions.entries()) {
      const path = taken.get(index);
      if (path === undefined) begun.push([{ time_s, region }]);
      else path.push({ time_s, region });
    }
    open = [...alive, ...begun];
  }
  return [...ended, ...open];
}

/** The nearest pairs first; the order of the lists decides between equals. Region index -> path. */
function pairs(paths: readonly Path[], regions: readonly PrivateRegion[], time_s: number): Map<number, Path> {
  const possible: { path: Path; index: number; cost: number }[] = [];
  for (const path of paths) {
    for (const [index, region] of regions.entries()) {
      const cost = distance(path, region, time_s);
      if (cost !== null) possible.push({ path, index, cost });
    }
  }
  const taken = new Map<number, Path>();
  const gone = new Set<Path>();
  for (const { path, index } of possible.sort((a, b) => a.cost - b.cost)) {
    if (gone.has(path) || taken.has(index)) continue;
    gone.add(path);
    taken.set(index, path);
  }
  return taken;
}

/** From where the path should be by now, in sizes of the smaller anchor; null when out of reach. */
function distance(path: Path, region: PrivateRegion, time_s: number): number | null {
  const last = path.at(-1) as Sight;
  const [own, other] = [area(last.region.anchor, 0), area(region.anchor, 0)];
  if (Math.max(own, other) > SIZE_RATIO * Math.min(own, other)) return null;
  const [dx, dy] = speed(path.at(-2), last);
  const dt_s = time_s - last.time_s;
  const [x, y] = middle(last.region.anchor);
  const [toX, toY] = middle(region.anchor);
  const sizes = Math.hypot(toX - x - dx * dt_s, toY - y - dy * dt_s) / Math.sqrt(Math.min(own, other));
  return sizes <= (path.length > 1 ? REACH.known : REACH.unknown) ? sizes : null;
}
