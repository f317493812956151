/** `greenwave eval-tracks`: how good tracks are, against the truth. */
import { scoreTracks, type TrackingScores } from "../../core/measures/tracking/score-tracks.ts";
import { failed, ok, problem, type Result, sentence } from "../../core/problems/problem.ts";
import { readTrackFolders } from "../mot-challenge/read-folders.ts";
import type { Verb, VerbArguments } from "./verb.ts";

/** The precision in which published scores are kept. */
const MILLIONTH = 1e6;

const SHARES = ["HOTA", "DetA", "AssA", "IDF1", "MOTA", "MOTP"] as const;
const COUNTS = ["FP", "FN", "IDSW", "Frag", "MT", "ML"] as const;

type Scores = Readonly<Record<string, TrackingScores>>;

function required(args: VerbArguments, option: string): Result<string> {
  const value = args.text(option);
  return value === undefined
    ? failed(problem("MISSING_ARGUMENT", { verb: "eval-tracks", what: `--${option}` }))
    : ok(value);
}

function rounded(scores: Scores): Scores {
  const round = (value: number): number => Math.round(value * MILLIONTH) / MILLIONTH;
  const each = (of: TrackingScores) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, round(value)]));
  return Object.fromEntries(Object.entries(scores).map(([sequence, of]) => [sequence, each(of) as TrackingScores]));
}

function table(scores: Scores): string {
  const rows = Object.entries(scores).map(([sequence, of]) => [
    sequence,
    ...SHARES.map((name) => of[name].toFixed(3)),
    ...COUNTS.map((name) => String(of[name])),
  ]);
  const all = [["sequence", ...SHARES, ...COUNTS], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0);
  return all.map((row) => row.map(cell).join("  ")).join("\n");
}

export const evalTracksVerb: Verb = {
  name: "eval-tracks",
  summary: "score tracks against the truth: MOTA, IDF1 and HOTA",
  positionals: "",
  maxPositionals: 0,
  options: {
    gt: { type: "string", placeholder: "<folder>", help: "the truth: <sequence>/gt/gt.txt, or <sequence>.txt" },
    tracks: {
      type: "string",
      placeholder: "<folder>",
      help: "what was tracked: <sequence>.txt, or data/<sequence>.txt",
    },
  },
  more:
    "Files are MOTChallenge text: frame, id, left, top, width, height, conf, class, visibility. Boxes of the truth whose\n" +
    "conf is 0 are left out; classes are not told apart. Boxes are the same object from an overlap of 0.5 on; HOTA is the\n" +
    "mean over 0.05 to 0.95. With --json: { <sequence>: scores, COMBINED_SEQ: scores of all as one }, to six decimals.",
  async run(args, context) {
    const [truth, tracks] = [required(args, "gt"), required(args, "tracks")];
    if (!truth.ok) return truth;
    if (!tracks.ok) return tracks;
    const read = await readTrackFolders(truth.value, tracks.value);
    if (!read.ok) return read;
    for (const note of read.value.notes) context.tell(sentence(note));
    const scores = rounded(scoreTracks(read.value.sequences));
    return { ok: true, document: scores, text: table(scores) };
  },
};
