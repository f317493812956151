/**
 * What rehearsed plans tell of plans that were not rehearsed: costs as shares of the best's, by how like the plans are and by
 * what both cost in queues (kriging). How far one tells of another, how much plans differ and how much chance there is in one
 * rehearsal are those under which what was seen is likeliest.
 */
import { type Expected, Kriging } from "../../core/retime/kriging.ts";
import { type PlanTraits, unlikeness } from "./plan-likeness.ts";

export interface Known {
  readonly traits: PlanTraits;
  /** Logarithm of what it costs in queues, as a share of some plan's. */
  readonly queues: number;
}

interface Seen extends Known {
  readonly cost: number;
  readonly runs: number;
}

interface Belief {
  /** Plans this far apart, by the root of `unlikeness`, tell little of each other. */
  readonly reach: number;
  /** Standard deviations: of plans' costs apart from what queues tell of them, and of one rehearsal by chance. */
  readonly spread: number;
  readonly chance: number;
}

const reaches = [0.7, 1.4, 2.8];
const spreads = [0.03, 0.1, 0.3];
const chances = [0.015, 0.03, 0.06];
const beliefs = reaches.flatMap((reach) =>
  spreads.flatMap((spread) => chances.map((chance) => ({ reach, spread, chance }))),
);
/** Until so many were seen. */
const usual: Belief = { reach: 1.4, spread: 0.1, chance: 0.03 };
const firstFit = 12;
/** All plans may cost more or less together, and queues may tell more or less of them: standard deviations. */
const level = 0.1;
const slope = 0.5;
/** What queues tell is taken to be half true to begin with. */
const slopeFirst = 0.5;
/** The latest so many are looked at; beliefs are looked at anew when there is a quarter more. */
const mostSeen = 160;
const anew = 1.25;

export class Experience {
  readonly #seen = new Map<string, Seen>();
  #belief = usual;
  #fitAt = firstFit;
  #model: { readonly seen: readonly Seen[]; readonly kriging: Kriging } | null = null;

  /** `cost`: mean over so many runs, as a share of the best's in the same trials. */
  add(key: string, known: Known, cost: number, runs: number): void {
    this.#seen.delete(key);
    this.#seen.set(key, { ...known, cost, runs });
    this.#model = null;
  }

  /** Of such a plan's cost in the mean of all trials. */
  expected(known: Known): Expected {
    this.#model ??= this.#fitted();
    const { kriging, seen } = this.#model;
    const { spread } = this.#belief;
    const towards = Float64Array.from(seen, (other) =>
      covariance(known, other, unlikeness(known.traits, other.traits), this.#belief),
    );
    const { mean, variance } = kriging.expected(towards, level ** 2 + slope ** 2 * known.queues ** 2 + spread ** 2);
    return { mean: trend(known) + mean, variance };
  }

  #fitted() {
    const seen = [...this.#seen.values()].slice(-mostSeen);
    const apart = distances(seen);
    if (seen.length >= this.#fitAt) {
      this.#fitAt = Math.ceil(seen.length * anew);
      const fits = beliefs.map((belief) => ({ belief, fit: krigingOf(seen, apart, belief).logLikelihood }));
      this.#belief = fits.reduce((a, b) => (b.fit > a.fit ? b : a)).belief;
    }
    return { seen, kriging: krigingOf(seen, apart, this.#belief) };
  }
}

/** Of a plan of which nothing but its queues is known. */
const trend = ({ queues }: Known): number => 1 + slopeFirst * queues;

function covariance(a: Known, b: Known, apart: number, { reach, spread }: Belief): number {
  return level ** 2 + slope ** 2 * a.queues * b.queues + spread ** 2 * Math.exp(-apart / (2 * reach * reach));
}

/** Lower triangle, row by row in a square. */
function distances(seen: readonly Seen[]): Float64Array {
  const apart = new Float64Array(seen.length ** 2);
  for (const [row, { traits }] of seen.entries()) {
    for (let column = 0; column < row; column += 1) {
      apart[row * seen.length + column] = unlikeness(traits, (seen[column] as Seen).traits);
    }
  }
  return apart;
}

function krigingOf(seen: readonly Seen[], apart: Float64Array, belief: Belief): Kriging {
  const lower = new Float64Array(apart.length);
  for (const [row, a] of seen.entries()) {
    for (let column = 0; column <= row; column += 1) {
      const place = row * seen.length + column;
      lower[place] = covariance(a, seen[column] as Seen, apart[place] as number, belief);
    }
  }
  const values = Float64Array.from(seen, (each) => each.cost - trend(each));
  const noise = Float64Array.from(seen, ({ runs }) => belief.chance ** 2 / runs);
  return new Kriging(lower, values, noise);
}
