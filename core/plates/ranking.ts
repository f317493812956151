/**
 * Which plate text explains best what a reader saw. Every text is weighed against one and the same stranger, a random
 * string of the same length, so that texts of different length and grammar compare:
 *
 *   weight(text) = P(seen | text) × 36^length × P(text | format) × P(format | region) × P(region)
 *
 * The factor 36^length undoes the reader's own assumption that every character is as likely as any other.
 */
import { PlateAutomaton } from "./automaton.ts";
import { searchTexts } from "./beam-search.ts";
import { freeForm, type Region, type WeightedFormat } from "./countries/regions.ts";
import { logChance } from "./format.ts";
import type { PlateColours } from "./ground.ts";
import { cut, type Lattice, type Peak, peaksOf } from "./lattice.ts";
import { logLikelihood } from "./likelihood.ts";

export interface Candidate {
  /** Without separators and line breaks. */
  readonly text: string;
  /** The same, line by line. */
  readonly lines: readonly string[];
  /** ISO code; the region when several of its countries fit about as well; `free` when none does. */
  readonly country: string;
  readonly format: string;
  /** Logarithm of how much likelier the text makes what was seen than a random string would. */
  readonly logWeight: number;
  /** Share of all candidates' weight, 0 to 1. */
  readonly share: number;
}

/** A country must be this much likelier than the others of its region, in logarithms, to be named. */
const CLEAR_COUNTRY = 1;
const ln36 = Math.log(36);
/** What it costs to take outer signs of a line for something beside the text, such as a screw or a seal; a clear sign more. */
const TRIM_COST = { side: 2, sign: 4.5 } as const;
const MOST_TRIMMED = 2;
/** The untrimmed lines are enough when their best text is so close to what the reader saw freely. */
const GOOD_FIT = 3;
const MOST_TEXTS = 8;

interface Searchable {
  readonly region: Region;
  readonly automaton: PlateAutomaton;
}

/** The lines of a plate, perhaps without outer signs; what that costs. */
interface Trim {
  readonly lines: readonly Lattice[];
  readonly cost: number;
}

/** A text with how well it explains each view. */
interface Explained {
  readonly lines: readonly string[];
  readonly logLikelihood: number;
}

export class PlateRanking {
  readonly #searched: readonly Searchable[];
  readonly #allWeight: number;
  /** What a search of these lines found: a plate is ranked again with its colour and further views. */
  readonly #found = new WeakMap<readonly Lattice[], readonly (readonly string[])[]>();

  constructor(regions: readonly Region[]) {
    this.#allWeight = regions.reduce((sum, { weight }) => sum + weight, 0);
    this.#searched = regions.map((region) => ({
      region,
      automaton: new PlateAutomaton(region.formats.map(({ format }) => format)),
    }));
  }

  /**
   * `views`: one or more readings of the same plate, each with its one or two lines. `colours`: of the plate, a hint.
   * Best first; empty when nothing fits.
   */
  rank(views: readonly (readonly Lattice[])[], colours: PlateColours = unseen): Candidate[] {
    const trims = views.map((lines) => [{ lines, cost: 0 }]);
    let found = this.#explained(trims);
    if (Math.max(...found.map((each) => each.logLikelihood)) < freely(views) - GOOD_FIT || found.length === 0) {
      found = this.#explained(views.map(trimsOf));
    }
    return shared(found.flatMap((each) => this.#weighed(each, colours) ?? []));
  }

  #explained(trims: readonly (readonly Trim[])[]): Explained[] {
    const texts = new Map<string, readonly string[]>();
    for (const { lines } of trims.flat()) {
      for (const each of this.#searchedTexts(lines)) texts.set(each.join("\n"), each);
    }
    return [...texts.values()].map((lines) => ({ lines, logLikelihood: meanLikelihood(trims, lines) }));
  }

  #searchedTexts(lines: readonly Lattice[]): readonly (readonly string[])[] {
    const known = this.#found.get(lines);
    if (known !== undefined) return known;
    const found = this.#searched.flatMap(({ automaton }) =>
      searchTexts(automaton, lines)
        .slice(0, MOST_TEXTS)
        .map((each) => each.lines),
    );
    this.#found.set(lines, found);
    return found;
  }

  #weighed({ lines, logLikelihood }: Explained, colours: PlateColours): Omit<Candidate, "share"> | null {
    const text = lines.join("");
    if (!/\d/.test(text)) return null;
    const first = lines.length > 1 ? (lines[0] as string).length : undefined;
    const fitting = this.#searched.flatMap(({ region }) =>
      region.formats.flatMap((each) => {
        const chance = logChance(each.format, text, first);
        if (!Number.isFinite(chance) || isLooseWord(each, text)) return [];
        const prior = Math.log((each.chance * region.weight) / this.#allWeight) - colourCost(each, colours);
        return [{ each, region: region.id, log: chance + prior }];
      }),
    );
    if (fitting.length === 0) return null;
    const [best] = fitting.sort((a, b) => b.log - a.log);
    if (best === undefined) return null;
    return {
      text,
      lines,
      country: countryOf(fitting, best),
      format: best.each.format.id,
      logWeight: logLikelihood + text.length * ln36 + logSum(fitting.map(({ log }) => log)),
    };
  }
}

/** Colour is a hint: lamps, dusk and dirt change it, so a plate of the wrong colour is unlikely and not impossible. */
const WRONG_GROUND = 3;
/**
 * A blue strip above the text speaks for the formats that bear one, and does not make any other plate less of a plate: it may be the
 * vehicle. One that is not seen may be pale or dirty.
 */
const STRIP = { always: -3, never: 3, unseen: 2 } as const;
const unseen: PlateColours = { ground: "unknown", strip: "unknown" };

function colourCost({ format: { grounds, strip: due } }: WeightedFormat, { ground, strip }: PlateColours): number {
  const otherGround = grounds !== undefined && ground !== "unknown" && !grounds.includes(ground);
  const cost = otherGround ? WRONG_GROUND : 0;
  if (due === undefined || strip === "unknown") return cost;
  if (strip === "none") return cost + (due === "always" ? STRIP.unseen : 0);
  return cost + STRIP[due];
}

interface Fitting {
  readonly each: WeightedFormat;
  readonly region: string;
  readonly log: number;
}

function countryOf(fitting: readonly Fitting[], best: Fitting): string {
  const rivals = fitting.filter(({ region, each }) => region === best.region && each.country !== best.each.country);
  const close = rivals.some(({ log }) => best.log - log < CLEAR_COUNTRY);
  return close ? best.region : best.each.country;
}

/** Formats of no shape take words and numbers for plates; there a plate must mix letters and digits. */
const isLooseWord = ({ country, format }: WeightedFormat, text: string): boolean =>
  (country === freeForm || format.id === "loose") && !/\p{L}/u.test(text);

function meanLikelihood(views: readonly (readonly Trim[])[], lines: readonly string[]): number {
  const each = views.map((trims) =>
    Math.max(
      ...trims.map(({ lines: lattices, cost }) =>
        lattices.length === lines.length
          ? lattices.reduce((sum, lattice, i) => sum + logLikelihood(lattice, lines[i] as string), -cost)
          : Number.NEGATIVE_INFINITY,
      ),
    ),
  );
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

/** How well the reader's own favourite explains what it saw, bound by no grammar. */
function freely(views: readonly (readonly Lattice[])[]): number {
  const each = views.map((lines) =>
    lines.reduce(
      (sum, line) =>
        sum +
        logLikelihood(
          line,
          peaksOf(line)
            .map(({ symbol }) => symbol)
            .join(""),
        ),
      0,
    ),
  );
  return each.reduce((sum, value) => sum + value, 0) / each.length;
}

/** The lines with none, one or two outer signs of each side left out. */
function trimsOf(lines: readonly Lattice[]): Trim[] {
  let trims: Trim[] = [{ lines: [], cost: 0 }];
  for (const line of lines) {
    const ways = trimmedLine(line);
    trims = trims.flatMap((so) => ways.map((way) => ({ lines: [...so.lines, way.line], cost: so.cost + way.cost })));
  }
  return trims.sort((a, b) => a.cost - b.cost).slice(0, 16);
}

function trimmedLine(line: Lattice): { line: Lattice; cost: number }[] {
  const peaks = peaksOf(line);
  const ways: { line: Lattice; cost: number }[] = [];
  for (let lead = 0; lead <= MOST_TRIMMED && lead < peaks.length; lead++) {
    for (let trail = 0; trail <= MOST_TRIMMED && lead + trail < peaks.length; trail++) {
      const from = lead === 0 ? 0 : middle(peaks[lead - 1] as Peak, peaks[lead] as Peak);
      const last = peaks.length - trail;
      const to = trail === 0 ? line.steps : middle(peaks[last - 1] as Peak, peaks[last] as Peak);
      ways.push({ line: cut(line, from, to), cost: trimCost(peaks.slice(0, lead)) + trimCost(peaks.slice(last)) });
    }
  }
  return ways.length === 0 ? [{ line, cost: 0 }] : ways;
}

const middle = (before: Peak, after: Peak): number =>
  Math.max(before.to + 1, Math.floor((before.to + 1 + after.from) / 2));

const trimCost = (signs: readonly Peak[]): number =>
  signs.reduce((sum, { chance }) => sum + TRIM_COST.sign * chance, signs.length === 0 ? 0 : TRIM_COST.side);

function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
}

/** One candidate for each text, the best first, each with its share of the whole. */
function shared(found: readonly Omit<Candidate, "share">[]): Candidate[] {
  const best = new Map<string, Omit<Candidate, "share">>();
  for (const each of found) {
    if (each.logWeight > (best.get(each.text)?.logWeight ?? Number.NEGATIVE_INFINITY)) best.set(each.text, each);
  }
  const ranked = [...best.values()].sort((a, b) => b.logWeight - a.logWeight);
  if (ranked.length === 0) return [];
  const all = logSum(ranked.map(({ logWeight }) => logWeight));
  return ranked.map((each) => ({ ...each, share: Math.exp(each.logWeight - all) }));
}
