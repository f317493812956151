/** Who gives way to whom at a junction whose files only say what kind of turn each way is. */
import type { RequestDraft } from "./draft.ts";
import { lastMeeting } from "./polyline.ts";

/** A way from a lane through a junction. */
export interface RankedWay {
  readonly from: number;
  readonly to: number;
  /** Whoever has the greater goes first. */
  readonly rank: number;
  readonly shape: Float64Array;
}

/** Both paths touch: they cross, or end in the same lane. Those that begin in one lane follow each other. */
function touch(a: RankedWay, b: RankedWay): boolean {
  if (a.from === b.from) return false;
  return a.to === b.to || lastMeeting(a.shape, b.shape) !== null;
}

/** Of two alike the one further left in the list goes first, so that no two wait for each other. */
const yields = (ways: readonly RankedWay[], own: number, foe: number): boolean => {
  const [a, b] = [ways[own] as RankedWay, ways[foe] as RankedWay];
  return a.rank < b.rank || (a.rank === b.rank && own > foe);
};

export function requestsByRank(ways: readonly RankedWay[]): Map<number, RequestDraft> {
  const requests = new Map<number, RequestDraft>();
  const bits = (of: (foe: number) => boolean): string =>
    ways
      .map((_, foe) => (of(foe) ? "1" : "0"))
      .reverse()
      .join("");
  for (const [own, way] of ways.entries()) {
    const foes = ways.map((foe) => touch(way, foe));
    const response = bits((foe) => foes[foe] === true && yields(ways, own, foe));
    requests.set(own, { foes: bits((foe) => foes[foe] === true), response, waitsInside: false });
  }
  return requests;
}
