/** Where the paths of two links through a junction touch, reckoned from the drawn lanes. */
import type { LinkDraft, NetworkDraft } from "./draft.ts";
import { comesNear_m, firstCrossing, joined, pathLength_m } from "./polyline.ts";
import type { Conflicts } from "./road-network.ts";

interface Touching {
  readonly from_m: number;
  readonly to_m: number;
  readonly foeFrom_m: number;
  readonly foeTo_m: number;
  readonly merges: boolean;
}

/** Bodies nearer than this side by side touch: a car's width and a little. */
const beside_m = 2.2;
/** Paths that cross at a sharper angle do so over this many times their width at most. */
const leastSine = 0.4;

interface Path {
  /** How far one may go to wait: no conflict begins before. 0 where nobody waits inside. */
  readonly waiting_m: number;
  readonly shape: Float64Array;
  /** By the lengths of its lanes, which is what is driven. */
  readonly length_m: number;
  readonly width_m: number;
}

function pathOf(draft: NetworkDraft, inner: readonly number[]): Path {
  const lanes = inner.flatMap((lane) => draft.lanes[lane] ?? []);
  return {
    waiting_m: lanes.length > 1 ? (lanes[0]?.length_m ?? 0) : 0,
    shape: lanes.map(({ shape }) => shape).reduce(joined, new Float64Array()),
    length_m: lanes.reduce((sum, lane) => sum + lane.length_m, 0),
    width_m: Math.max(0, ...lanes.map(({ width_m }) => width_m)),
  };
}

/** The place for waiting is laid out so that whoever stands there is in nobody's way. */
const fromWaiting = (touch: Touching, own: Path, foe: Path): Touching => ({
  ...touch,
  from_m: Math.min(touch.to_m, Math.max(touch.from_m, own.waiting_m)),
  foeFrom_m: Math.min(touch.foeTo_m, Math.max(touch.foeFrom_m, foe.waiting_m)),
});

function touching(own: Path, foe: Path, sameEnd: boolean): Touching | null {
  const [ownDrawn, foeDrawn] = [pathLength_m(own.shape), pathLength_m(foe.shape)];
  if (ownDrawn === 0 || foeDrawn === 0) return null;
  const [ownScale, foeScale] = [own.length_m / ownDrawn, foe.length_m / foeDrawn];
  if (sameEnd) {
    return {
      from_m: comesNear_m(own.shape, foe.shape, beside_m) * ownScale,
      to_m: own.length_m,
      foeFrom_m: comesNear_m(foe.shape, own.shape, beside_m) * foeScale,
      foeTo_m: foe.length_m,
      merges: true,
    };
  }
  const crossing = firstCrossing(own.shape, foe.shape);
  if (crossing === null) return null;
  const sine = Math.max(leastSine, crossing.sine);
  const [half, foeHalf] = [foe.width_m / 2 / sine, own.width_m / 2 / sine];
  return {
    from_m: Math.max(0, crossing.a_m * ownScale - half),
    to_m: Math.min(own.length_m, crossing.a_m * ownScale + half),
    foeFrom_m: Math.max(0, crossing.b_m * foeScale - foeHalf),
    foeTo_m: Math.min(foe.length_m, crossing.b_m * foeScale + foeHalf),
    merges: false,
  };
}

export function conflictsOf(
  draft: NetworkDraft,
  links: readonly LinkDraft[],
  inner: readonly (readonly number[])[],
  rights: { readonly foes: readonly (readonly number[])[]; readonly yields: readonly (readonly number[])[] },
): { readonly first: Int32Array; readonly conflicts: Conflicts } {
  const paths = inner.map((lanes) => pathOf(draft, lanes));
  const first = new Int32Array(links.length + 1);
  const found: (Touching & { readonly foe: number; readonly yields: boolean; readonly foeYields: boolean })[] = [];
  for (const [at, link] of links.entries()) {
    for (const foe of rights.foes[at] ?? []) {
      const gives = (one: number, other: number): boolean => rights.yields[one]?.includes(other) === true;
      const touch = touching(paths[at] as Path, paths[foe] as Path, link.to === links[foe]?.to);
      if (touch === null) continue;
      found.push({
        ...fromWaiting(touch, paths[at] as Path, paths[foe] as Path),
        foe,
        yields: gives(at, foe),
        foeYields: gives(foe, at),
      });
    }
    first[at + 1] = found.length;
  }
  const conflicts: Conflicts = {
    foe: Int32Array.from(found, ({ foe }) => foe),
    from_m: Float64Array.from(found, ({ from_m }) => from_m),
    to_m: Float64Array.from(found, ({ to_m }) => to_m),
    foeFrom_m: Float64Array.from(found, ({ foeFrom_m }) => foeFrom_m),
    foeTo_m: Float64Array.from(found, ({ foeTo_m }) => foeTo_m),
    merges: Uint8Array.from(found, ({ merges }) => (merges ? 1 : 0)),
    yields: Uint8Array.from(found, ({ yields }) => (yields ? 1 : 0)),
    foeYields: Uint8Array.from(found, ({ foeYields }) => (foeYields ? 1 : 0)),
  };
  return { first, conflicts };
}
