/**
 * From who was seen in some pictures to who is present in every picture. The clip is on disk, so what is seen later helps
 * earlier pictures too: somebody seen at two looks moves from one place to the other, and is taken to be there some way
 * before the first sight and after the last. Plates move with their vehicle, which is found more often than they are.
 */
import { area } from "../../core/geometry/box.ts";
import { groupOfClass } from "../track/class-group.ts";
import { type Box, carried, middle, mixed, type Present, type Seen } from "./region.ts";

export interface Look {
  readonly time_s: number;
  readonly seen: readonly Seen[];
}

/** Somebody out of sight for longer is somebody else when he comes back. */
const BRIDGE_S = 1;
/** A plate is drawn on its vehicle so long before and after it was seen there. */
const PLATE_S = 1.2;
/** Drawn before the first sight and after the last; shorter for what was seen once, which is often nobody. */
const HOLD_S = 0.4;
const HOLD_SINGLE_S = 0.2;
/** Who is there is seen again, if weakly: what was seen once, and no better, is nobody. */
const LEAST_SINGLE_SCORE = 0.25;
/** How unsure a place is away from a look, as boxes tremble, and more with each second to it; in shares of the smaller side. */
const SLACK = { away: 0.04, per_s: 0.4 } as const;
/** Farther than this from where it should be, in sizes of the box, is another one; a new path has no speed yet. */
const REACH = { known: 0.7, unknown: 1.6 } as const;
/** Boxes whose areas differ by a larger factor are of two things; a plate is not drawn from one onto the other. */
const SIZE_RATIO = 2.9;

interface Sight {
  readonly time_s: number;
  readonly user: Seen;
}

/** Of one road user, in order of time; never empty. */
type Path = Sight[];

export class CarriedUsers {
  readonly #paths: readonly Path[];

  /** `looks` in order of time, also those that saw nobody. */
  constructor(looks: readonly Look[]) {
    const isSomebody = (path: Path): boolean =>
      path.length > 1 || looks.length === 1 || (path[0] as Sight).user.score >= LEAST_SINGLE_SCORE;
    this.#paths = joined(looks).filter(isSomebody);
  }

  /** Everybody at a time: at that of a look exactly whom it saw, and who is only carried over. */
  at(time_s: number): Present[] {
    return this.#paths.flatMap((path) => presentOn(path, time_s) ?? []);
  }
}

function presentOn(path: Path, time_s: number): Present | null {
  const [first, last] = [path[0] as Sight, path.at(-1) as Sight];
  const hold_s = path.length === 1 ? HOLD_SINGLE_S : HOLD_S;
  if (time_s < first.time_s - hold_s || time_s > last.time_s + hold_s) return null;
  const next = path.findIndex((sight) => sight.time_s >= time_s);
  const after = path[next] ?? last;
  const before = next === -1 ? last : (path[Math.max(0, next - 1)] as Sight);
  const nearest = time_s - before.time_s < after.time_s - time_s ? before : after;
  const far_s = Math.abs(time_s - nearest.time_s);
  const box = before === after ? beyond(path, before, time_s) : between(before, after, time_s);
  return {
    kind: nearest.user.kind,
    box,
    plates: platesAt(path, time_s, box),
    slack_px: far_s === 0 ? 0 : (SLACK.away + SLACK.per_s * far_s) * Math.min(box[2], box[3]),
  };
}

function between(before: Sight, after: Sight, time_s: number): Box {
  const share = (time_s - before.time_s) / (after.time_s - before.time_s);
  return mixed(before.user.box, after.user.box, share);
}

/** At the speed of the path's end. */
function beyond(path: Path, end: Sight, time_s: number): Box {
  const [dx, dy] = end === path[0] ? speed(end, path[1]) : speed(path.at(-2), end);
  const [x, y, w, h] = end.user.box;
  return [x + dx * (time_s - end.time_s), y + dy * (time_s - end.time_s), w, h];
}

/** Those of the sights with plates just before and just after, each at its place on the box of now. */
function platesAt(path: Path, time_s: number, box: Box): Box[] {
  let before: Sight | null = null;
  let after: Sight | null = null;
  for (const sight of path) {
    if ((sight.user.plates?.length ?? 0) === 0 || Math.abs(sight.time_s - time_s) > PLATE_S) continue;
    if (!alike(sight.user.box, box)) continue;
    if (sight.time_s <= time_s) before = sight;
    else after ??= sight;
  }
  // At the time of a look nothing is unsure.
  const sights = before?.time_s === time_s ? [before] : [before, after];
  return sights.flatMap((sight) =>
    sight === null ? [] : (sight.user.plates ?? []).map((plate) => carried(plate, sight.user.box, box)),
  );
}

/** Pixels per second from one sight to the next; nothing is known of a single one. */
function speed(a: Sight | undefined, b: Sight | undefined): readonly [number, number] {
  if (a === undefined || b === undefined) return [0, 0];
  const dt_s = b.time_s - a.time_s;
  const [from, to] = [middle(a.user.box), middle(b.user.box)];
  return [(to[0] - from[0]) / dt_s, (to[1] - from[1]) / dt_s];
}

function joined(looks: readonly Look[]): Path[] {
  const ended: Path[] = [];
  let open: Path[] = [];
  for (const { time_s, seen } of looks) {
    const alive = open.filter((path) => time_s - (path.at(-1) as Sight).time_s <= BRIDGE_S);
    ended.push(...open.filter((path) => !alive.includes(path)));
    const taken = pairs(alive, seen, time_s);
    const begun: Path[] = [];
    for (const [index, user] of seen.entries()) {
      const path = taken.get(index);
      if (path === undefined) begun.push([{ time_s, user }]);
      else path.push({ time_s, user });
    }
    open = [...alive, ...begun];
  }
  return [...ended, ...open];
}

/** The nearest pairs first; the order of the lists decides between equals. Index of a user -> path. */
function pairs(paths: readonly Path[], seen: readonly Seen[], time_s: number): Map<number, Path> {
  const possible: { path: Path; index: number; distance: number }[] = [];
  for (const path of paths) {
    for (const [index, user] of seen.entries()) {
      const distance = distanceOf(path, user, time_s);
      if (distance !== null) possible.push({ path, index, distance });
    }
  }
  const taken = new Map<number, Path>();
  const gone = new Set<Path>();
  for (const { path, index } of possible.sort((a, b) => a.distance - b.distance)) {
    if (gone.has(path) || taken.has(index)) continue;
    gone.add(path);
    taken.set(index, path);
  }
  return taken;
}

function alike(a: Box, b: Box): boolean {
  const [own, other] = [area(a, 0), area(b, 0)];
  return Math.max(own, other) <= SIZE_RATIO * Math.min(own, other);
}

const groupOf = (kind: Seen["kind"]): number | null => (kind === "plate" ? null : groupOfClass(kind));

/** From where the path should be by now, in sizes of the smaller box; null when out of reach. */
function distanceOf(path: Path, user: Seen, time_s: number): number | null {
  const last = path.at(-1) as Sight;
  if (groupOf(last.user.kind) !== groupOf(user.kind)) return null;
  if (!alike(last.user.box, user.box)) return null;
  const [dx, dy] = speed(path.at(-2), last);
  const dt_s = time_s - last.time_s;
  const [x, y] = middle(last.user.box);
  const [toX, toY] = middle(user.box);
  const sizes =
    Math.hypot(toX - x - dx * dt_s, toY - y - dy * dt_s) /
    Math.sqrt(Math.min(area(last.user.box, 0), area(user.box, 0)));
  return sizes <= (path.length > 1 ? REACH.known : REACH.unknown) ? sizes : null;
}
