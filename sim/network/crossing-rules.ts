/** Who gives way at crossings, by signals and by what junctions say. */
import type { FootJoinDraft, JunctionDraft } from "./draft.ts";
import { beginningOf, type CrossingRules, endOf } from "./footways.ts";
import { packed } from "./packed.ts";
import type { Roads, WayList } from "./way-list.ts";

const priority = /^[A-Z]$/;
const NONE = -1;

/** Of a junction with crossings: what it says of who gives way, and its links and crossings by their places in that. */
export interface CrossedJunction {
  readonly requests: JunctionDraft["requests"];
  readonly links: readonly number[];
  /** Lanes inside, in order. */
  readonly inside: readonly string[];
}

/** By way: junction at which it crosses, and its place in what that says of who gives way. */
export type Placed = ReadonlyMap<number, { readonly junction: CrossedJunction; readonly index: number }>;

export function placedOf({ byEdge, crossings }: WayList, junctions: readonly CrossedJunction[]): Placed {
  const byLane = new Map(crossings.map(({ lane, edge }) => [lane, byEdge.get(edge) as number]));
  return new Map(
    junctions.flatMap((junction) =>
      junction.inside.flatMap((lane, index) => {
        const way = byLane.get(lane);
        return way === undefined ? [] : [[way, { junction, index }] as const];
      }),
    ),
  );
}

/** Those whose bits are set. */
export const linksBy = (bits: string, links: readonly number[]): number[] =>
  links.filter((_, index) => bits.at(-1 - index) === "1");

/** What rules signals have for the ends of crossings: those who walk against its direction have a link of their own, or the same. */
class SignalledEnds {
  readonly signal: Int32Array;
  readonly signalIndex: Int32Array;
  readonly #signals: readonly string[];

  constructor(ways: number, signals: readonly string[]) {
    this.#signals = signals;
    this.signal = new Int32Array(2 * ways).fill(NONE);
    this.signalIndex = new Int32Array(2 * ways).fill(NONE);
  }

  take(end: number, { signal, signalIndex }: FootJoinDraft): void {
    if (signal === null) return;
    this.signal[end] = this.#signals.indexOf(signal);
    this.signalIndex[end] = signalIndex;
  }

  /** Where nothing is said of the way back the same holds. */
  settle(): void {
    for (let end = 1; end < this.signal.length; end += 2) {
      if (this.signal[end] !== NONE) continue;
      this.signal[end] = this.signal[end - 1] as number;
      this.signalIndex[end] = this.signalIndex[end - 1] as number;
    }
  }
}

export function rulesOf(
  { signals }: Roads,
  list: WayList,
  joins: readonly FootJoinDraft[],
  placed: Placed,
): CrossingRules {
  const ways = list.edge.length + list.crossings.length;
  const ends = new SignalledEnds(ways, signals);
  const first = new Uint8Array(ways);
  for (const join of joins) {
    const [own, next] = [list.byEdge.get(join.from) ?? NONE, list.byEdge.get(join.to) ?? NONE];
    if (own >= list.edge.length) ends.take(endOf(own), join);
    if (next < list.edge.length) continue;
    ends.take(beginningOf(next), join);
    if (priority.test(join.state)) first[next] = 1;
  }
  ends.settle();
  const yields = Array.from({ length: ways }, (_, way) => {
    const at = placed.get(way);
    return at === undefined ? [] : linksBy(at.junction.requests.get(at.index)?.response ?? "", at.junction.links);
  });
  const { first: firstYield, all: yieldTo } = packed(yields);
  return { signal: ends.signal, signalIndex: ends.signalIndex, priority: first, firstYield, yieldTo };
}
