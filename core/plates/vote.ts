/**
 * One plate text from many frames of a track: the readings are aligned, each character is voted on, and the winner must
 * still be a text that was read or that a grammar knows. After Fiscus' ROVER, "Recognizer Output Voting Error Reduction"
 * (IEEE ASRU 1997).
 */
import type { Region } from "./countries/regions.ts";
import { fitsFormat } from "./format.ts";
import { areLookalikes } from "./glyphs.ts";

export interface FrameReading {
  /** Without separators. */
  readonly text: string;
  /** Chance that the text is right, 0 to 1. */
  readonly confidence: number;
  /** Chance of each of its characters, 0 to 1. */
  readonly characterChances: readonly number[];
}

export interface CharacterVote {
  readonly symbol: string;
  /** Share of the weight at this place that it got, 0 to 1. */
  readonly share: number;
}

export interface PlateVote {
  readonly text: string;
  readonly characters: readonly CharacterVote[];
  /** Chance that the text is right, 0 to 1. */
  readonly confidence: number;
  readonly frames: number;
  /** Frames that read exactly this text. */
  readonly agreeing: number;
}

/** Cost of an alignment; lookalikes are cheap, so that they meet in one column. */
const cost = { gap: 1, other: 1.2, lookalike: 0.5 } as const;
const GAP = "";

interface Ballot {
  readonly symbol: string;
  readonly weight: number;
}

/** `regions`: whose grammars the winner should fit, when one of the readings does. Null without readings. */
export function votePlate(readings: readonly FrameReading[], regions: readonly Region[]): PlateVote | null {
  const usable = readings.filter(({ text }) => text !== "");
  const pivot = strongest(usable);
  if (pivot === null) return null;
  const columns = columnsAround(pivot, usable);
  const elected = columns.map(winner);
  const text = elected.map(({ symbol }) => symbol).join("");
  const fitting = usable.filter((each) => isKnown(each.text, regions));
  const result = isKnown(text, regions) ? text : (strongest(fitting) ?? text);
  const characters =
    result === text ? elected.filter(({ symbol }) => symbol !== GAP) : sharesOf(result, pivot, columns);
  const agreeing = usable.filter((each) => each.text === result);
  return {
    text: result,
    characters,
    confidence: confidenceOfVote(agreeing, characters),
    frames: usable.length,
    agreeing: agreeing.length,
  };
}

/** The text with the most confidence over all frames that read it. */
function strongest(readings: readonly FrameReading[]): string | null {
  const sums = new Map<string, number>();
  for (const { text, confidence } of readings) sums.set(text, (sums.get(text) ?? 0) + confidence);
  let best: string | null = null;
  for (const [text, sum] of sums) if (best === null || sum > (sums.get(best) ?? 0)) best = text;
  return best;
}

const isKnown = (text: string, regions: readonly Region[]): boolean =>
  regions.some(({ formats }) => formats.some(({ format }) => fitsFormat(format, text)));

/** One column for each character of the pivot, and one before, between and behind them for what others read there. */
function columnsAround(pivot: string, readings: readonly FrameReading[]): Ballot[][] {
  const signs = [...pivot];
  const columns: Ballot[][] = Array.from({ length: 2 * signs.length + 1 }, () => []);
  for (const { text, confidence, characterChances } of readings) {
    const placed = aligned(signs, [...text]);
    columns.forEach((column, i) => {
      const at = placed.get(i);
      const chance = at === undefined ? 1 : (characterChances[at] ?? 1);
      column.push({ symbol: at === undefined ? GAP : ([...text][at] as string), weight: confidence * chance });
    });
  }
  return columns;
}

/**
 * For each column (odd: the pivot's characters, even: between them) the character of `other` that stands there, by the
 * least-cost alignment of Needleman and Wunsch (1970). Of several characters between two of the pivot's the last counts.
 */
function aligned(pivot: readonly string[], other: readonly string[]): Map<number, number> {
  const width = other.length + 1;
  const costs = new Float64Array((pivot.length + 1) * width);
  for (let i = 0; i <= pivot.length; i++) {
    for (let j = 0; j <= other.length; j++) costs[i * width + j] = cheapest(costs, width, pivot, other, i, j);
  }
  const placed = new Map<number, number>();
  let [i, j] = [pivot.length, other.length];
  while (i > 0 || j > 0) {
    const step = stepBack(costs, width, pivot, other, i, j);
    if (step === "pair") placed.set(2 * i - 1, j - 1);
    else if (step === "insert" && !placed.has(2 * i)) placed.set(2 * i, j - 1);
    if (step !== "insert") i--;
    if (step !== "skip") j--;
  }
  return placed;
}

/** How the cheapest alignment came to this cell: both went on, only `other`, or only the pivot. */
function stepBack(
  costs: Float64Array,
  width: number,
  pivot: readonly string[],
  other: readonly string[],
  i: number,
  j: number,
): "pair" | "insert" | "skip" {
  const here = costs[i * width + j] as number;
  const paired =
    i > 0 && j > 0 ? (costs[(i - 1) * width + j - 1] as number) + pairCost(pivot[i - 1], other[j - 1]) : -1;
  if (here === paired) return "pair";
  return j > 0 && here === (costs[i * width + j - 1] as number) + cost.gap ? "insert" : "skip";
}

function cheapest(
  costs: Float64Array,
  width: number,
  pivot: readonly string[],
  other: readonly string[],
  i: number,
  j: number,
): number {
  if (i === 0) return j * cost.gap;
  if (j === 0) return i * cost.gap;
  return Math.min(
    (costs[(i - 1) * width + j - 1] as number) + pairCost(pivot[i - 1], other[j - 1]),
    (costs[i * width + j - 1] as number) + cost.gap,
    (costs[(i - 1) * width + j] as number) + cost.gap,
  );
}

function pairCost(a = "", b = ""): number {
  if (a === b) return 0;
  return areLookalikes(a, b) ? cost.lookalike : cost.other;
}

function winner(column: readonly Ballot[]): CharacterVote {
  const weights = new Map<string, number>();
  for (const { symbol, weight } of column) weights.set(symbol, (weights.get(symbol) ?? 0) + weight);
  const all = column.reduce((sum, { weight }) => sum + weight, 0);
  const [symbol, weight] = [...weights].sort((a, b) => b[1] - a[1])[0] ?? [GAP, 0];
  return { symbol, share: all > 0 ? weight / all : 1 };
}

/** What the votes say of each character of a text that they did not elect. */
function sharesOf(text: string, pivot: string, columns: readonly (readonly Ballot[])[]): CharacterVote[] {
  const signs = [...text];
  const votes = signs.map((symbol): CharacterVote => ({ symbol, share: 0 }));
  for (const [column, at] of aligned([...pivot], signs)) {
    const ballots = columns[column] ?? [];
    const all = ballots.reduce((sum, { weight }) => sum + weight, 0);
    const symbol = signs[at] as string;
    const own = ballots.reduce((sum, ballot) => sum + (ballot.symbol === symbol ? ballot.weight : 0), 0);
    votes[at] = { symbol, share: all > 0 ? own / all : 0 };
  }
  return votes;
}

/**
 * Frames of one track repeat each other's errors, so that n agreeing frames are worth 1 + ln n independent ones; and the
 * text is no surer than its most contested character.
 */
function confidenceOfVote(agreeing: readonly FrameReading[], characters: readonly CharacterVote[]): number {
  const contested = Math.min(1, ...characters.map(({ share }) => share));
  if (agreeing.length === 0) return contested / 2;
  const mean = agreeing.reduce((sum, { confidence }) => sum + confidence, 0) / agreeing.length;
  return contested * (1 - (1 - mean) ** (1 + Math.log(agreeing.length)));
}
