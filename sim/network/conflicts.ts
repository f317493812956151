/**
 * Where the lanes inside a junction touch, reckoned from how they are drawn: where one crosses the other, as long as that
 * one is wide, whatever the angle; where two run together at their ends, or part from one lane. After SUMO's conflict areas.
 */
import type { LaneDraft, LinkDraft, NetworkDraft } from "./draft.ts";
import { backwards, beyondParting_m, firstApart_m, lastMeeting, pathLength_m } from "./polyline.ts";
import type { Conflicts } from "./road-network.ts";

/** Lanes whose middles are nearer than this run together. */
const together_m = 2.5;

export interface Rights {
  readonly foes: readonly (readonly number[])[];
  readonly yields: readonly (readonly number[])[];
}

interface Place {
  /** From where one stops for it to the end of the lane, and from the beginning of the place itself. */
  readonly behind_m: number;
  readonly beyond_m: number;
  readonly size_m: number;
}

/** A lane inside a junction, on the path of an entry link. */
interface Inner {
  readonly lane: number;
  readonly draft: LaneDraft;
  readonly entry: number;
  readonly first: boolean;
  readonly last: boolean;
}

interface Found extends Place {
  readonly foe: Inner;
  readonly sameEnd: boolean;
  readonly sameStart: boolean;
}

const gives = ({ yields }: Rights, one: number, other: number): boolean => yields[one]?.includes(other) === true;

/** Of a way along a lane as drawn, what it is by the length that the lane is said to have. */
const said_m = ({ shape, length_m }: LaneDraft, drawn_m: number): number => drawn_m * (length_m / pathLength_m(shape));

/** Behind the place from which on two lanes that end alike run together. */
function mergingPlace(own: Inner, foe: Inner): Place {
  const near = Math.min(together_m, (own.draft.width_m + foe.draft.width_m) / 2);
  const [a, b] = [backwards(own.draft.shape), backwards(foe.draft.shape)];
  const behind_m = firstApart_m(a, b) >= near ? 0 : said_m(own.draft, togetherFor_m(own.draft, foe.draft, a, b, near));
  return { behind_m, beyond_m: behind_m, size_m: foe.draft.width_m };
}

/** How long two lanes run together from where they begin alike. */
function togetherFor_m(own: LaneDraft, foe: LaneDraft, a: Float64Array, b: Float64Array, near: number): number {
  const parted = firstApart_m(backwards(a), backwards(b)) > near;
  const ownBeyond = parted ? beyondParting_m(a, b, near) : 0;
  const foeBeyond = parted ? beyondParting_m(b, a, near) : 0;
  const both = ownBeyond > 0 && foeBeyond > 0;
  const longest = Math.max(foe.length_m - (both ? foeBeyond : 0), own.length_m - (both ? ownBeyond : 0));
  return Math.min(longest, pathLength_m(a), pathLength_m(b));
}

function crossingPlace(own: Inner, foe: Inner): Place | null {
  const here = lastMeeting(own.draft.shape, foe.draft.shape);
  if (here === null) return null;
  const size_m = Math.min(foe.draft.width_m, own.draft.length_m);
  const from_m = said_m(own.draft, Math.max(0, here - size_m / 2));
  // Behind a waiting place one stops there, wherever the other's way is crossed.
  const beyond_m = own.draft.length_m - from_m;
  return { behind_m: own.first ? beyond_m : own.draft.length_m, beyond_m, size_m };
}

function placeOf(own: Inner, foe: Inner, sameEnd: boolean): Place | null {
  const merges = sameEnd && own.last && (foe.last || lastMeeting(own.draft.shape, foe.draft.shape) === null);
  return merges ? mergingPlace(own, foe) : crossingPlace(own, foe);
}

/** Two ways from one lane, as long as they run together. */
function partingPlace(own: Inner, foe: Inner): Place | null {
  const near = Math.min(together_m, (own.draft.width_m + foe.draft.width_m) / 2);
  if (firstApart_m(own.draft.shape, foe.draft.shape) >= near) return null;
  const together = togetherFor_m(own.draft, foe.draft, own.draft.shape, foe.draft.shape, near);
  const behind_m = Math.max(0, own.draft.length_m - said_m(own.draft, together));
  return { behind_m, beyond_m: behind_m, size_m: foe.draft.width_m };
}

interface Paths {
  readonly links: readonly LinkDraft[];
  /** By link: the lanes inside the junction, as far as they are drawn. */
  readonly inner: readonly (readonly Inner[])[];
  readonly rights: Rights;
}

/** Others whose way crosses or joins. */
const crossed = ({ links, inner, rights }: Paths, own: Inner): Found[] =>
  (rights.foes[own.entry] ?? []).flatMap((other) => {
    const sameEnd = links[other]?.to === links[own.entry]?.to;
    const sameStart = links[other]?.from === links[own.entry]?.from;
    return (inner[other] ?? []).flatMap((foe) => {
      const place = sameStart && foe.first && own.first ? null : placeOf(own, foe, sameEnd);
      return place === null ? [] : [{ ...place, foe, sameEnd: sameEnd && own.last && foe.last, sameStart: false }];
    });
  });

/** Others who come from the same lane; `siblings`: its links. */
const parted = ({ links, inner }: Paths, own: Inner, siblings: readonly number[]): Found[] =>
  siblings.flatMap((other) => {
    const [foe] = inner[other] ?? [];
    if (!own.first || other === own.entry || foe === undefined || foe.lane === own.lane) return [];
    const place = partingPlace(own, foe);
    const sameEnd = links[other]?.to === links[own.entry]?.to && own.last && foe.last;
    return place === null ? [] : [{ ...place, foe, sameEnd, sameStart: true }];
  });

function innerOf(draft: NetworkDraft, inner: readonly (readonly number[])[]): Inner[][] {
  return inner.map((lanes, entry) =>
    lanes
      .map((lane, at) => {
        const drawn = draft.lanes[lane] as LaneDraft;
        return { lane, draft: drawn, entry, first: at === 0, last: at === lanes.length - 1 };
      })
      .filter((one) => one.draft.shape.length >= 4 && pathLength_m(one.draft.shape) > 0),
  );
}

/** Of each lane inside the junctions those that it touches; `inner`: lanes inside by link. */
function touching(
  draft: NetworkDraft,
  links: readonly LinkDraft[],
  inner: readonly (readonly number[])[],
  rights: Rights,
): Map<number, Found[]> {
  const paths: Paths = { links, inner: innerOf(draft, inner), rights };
  const siblings = new Map<number, number[]>();
  for (const [at, { from }] of links.entries()) {
    const list = siblings.get(from);
    if (list === undefined) siblings.set(from, [at]);
    else list.push(at);
  }
  const found = new Map<number, Found[]>();
  for (const [entry, { from }] of links.entries()) {
    if (draft.edges[draft.lanes[from]?.edge ?? -1]?.inside !== false) continue;
    for (const own of paths.inner[entry] ?? []) {
      found.set(own.lane, [...crossed(paths, own), ...parted(paths, own, siblings.get(from) ?? [])]);
    }
  }
  return found;
}

export function conflictsOf(
  draft: NetworkDraft,
  links: readonly LinkDraft[],
  inner: readonly (readonly number[])[],
  rights: Rights,
): { readonly first: Int32Array; readonly conflicts: Conflicts } {
  const found = touching(draft, links, inner, rights);
  const entry = new Map(inner.flatMap((lanes, at) => lanes.map((lane) => [lane, at] as const)));
  const first = new Int32Array(draft.lanes.length + 1);
  const all: (Found & { readonly own: number; readonly there: Place })[] = [];
  for (let lane = 0; lane < draft.lanes.length; lane += 1) {
    for (const one of found.get(lane) ?? []) {
      const there = found.get(one.foe.lane)?.find(({ foe }) => foe.lane === lane);
      if (there !== undefined) all.push({ ...one, own: entry.get(lane) ?? -1, there });
    }
    first[lane + 1] = all.length;
  }
  const bits = (of: (one: (typeof all)[number]) => boolean): Uint8Array =>
    Uint8Array.from(all, (one) => (of(one) ? 1 : 0));
  const conflicts: Conflicts = {
    foe: Int32Array.from(all, ({ foe }) => foe.lane),
    behind_m: Float64Array.from(all, ({ behind_m }) => behind_m),
    size_m: Float64Array.from(all, ({ size_m, sameEnd, sameStart }) => (sameEnd || sameStart ? 0 : size_m)),
    foeBehind_m: Float64Array.from(all, ({ there }) => there.beyond_m),
    foeSize_m: Float64Array.from(all, ({ there, sameEnd, sameStart }) => (sameEnd || sameStart ? 0 : there.size_m)),
    sameEnd: bits(({ sameEnd }) => sameEnd),
    sameStart: bits(({ sameStart }) => sameStart),
    foeWaits: bits(({ foe, own }) => !foe.last && (inner[own]?.length ?? 0) === 1),
    yields: bits(({ own, foe }) => gives(rights, own, foe.entry)),
    foeYields: bits(({ own, foe }) => gives(rights, foe.entry, own)),
  };
  return { first, conflicts };
}
