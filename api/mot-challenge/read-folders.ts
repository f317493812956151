/** Finds ground truth and tracks in folders laid out as MOTChallenge and its tools do, and reads them. */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { COMBINED, type TracksOfSequence } from "../../core/measures/tracking/score-tracks.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { readText } from "../site/read-text.ts";
import { type BoxTextKind, parseBoxText } from "./box-text.ts";

export interface FoldersRead {
  readonly sequences: readonly TracksOfSequence[];
  /** What was found or missed that a person should know, although scores can be given. */
  readonly notes: readonly Problem[];
}

interface Sequence {
  readonly name: string;
  readonly file: string;
}

const TEXT = ".txt";

/** True also for what may not be looked at: reading it will say why. */
async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    return !["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "");
  }
}

/** Names in a folder, sorted, without hidden ones. */
async function namesIn(folder: string): Promise<Result<readonly string[]>> {
  try {
    const names = await readdir(folder);
    return ok(names.filter((name) => !name.startsWith(".")).sort());
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    if (reason === "ENOENT") return failed(problem("FILE_MISSING", { file: folder }));
    if (reason === "ENOTDIR") return failed(problem("NOT_A_FOLDER", { folder }));
    return failed(problem("FILE_UNREADABLE", { file: folder, reason }));
  }
}

const textFiles = (folder: string, names: readonly string[]): Sequence[] =>
  names.filter((name) => name.endsWith(TEXT)).map((name) => ({ name: basename(name, TEXT), file: join(folder, name) }));

/** `<folder>/<sequence>/gt/gt.txt`; where there is none, `<folder>/<sequence>.txt`. */
async function findTruth(folder: string): Promise<Result<{ sequences: readonly Sequence[]; notes: Problem[] }>> {
  const names = await namesIn(folder);
  if (!names.ok) return names;
  const sequences: Sequence[] = [];
  const notes: Problem[] = [];
  const nested = join("gt", "gt.txt");
  for (const name of names.value) {
    const file = join(folder, name, nested);
    if (await exists(file)) sequences.push({ name, file });
    else if (!name.includes(".")) notes.push(problem("TRUTH_MISSING", { sequence: name, looked_for: nested }));
  }
  if (sequences.length > 0) return ok({ sequences, notes });
  const flat = textFiles(folder, names.value);
  if (flat.length > 0) return ok({ sequences: flat, notes: [] });
  const lookedFor = [join("<sequence>", nested), `<sequence>${TEXT}`].join(", ");
  return failed(problem("NO_GROUND_TRUTH", { folder, looked_for: lookedFor }));
}

/** `<folder>/<sequence>.txt`, else `<folder>/data/<sequence>.txt`, by name of sequence. */
async function findTracks(folder: string): Promise<Result<ReadonlyMap<string, string>>> {
  const names = await namesIn(folder);
  if (!names.ok) return names;
  const inner = join(folder, "data");
  const innerNames = names.value.includes("data") ? await namesIn(inner) : ok([]);
  if (!innerNames.ok) return innerNames;
  const found = [...textFiles(inner, innerNames.value), ...textFiles(folder, names.value)];
  return ok(new Map(found.map(({ name, file }) => [name, file])));
}

async function readBoxes(file: string, kind: BoxTextKind) {
  const text = await readText(file);
  return text.ok ? parseBoxText(text.value, kind, file) : text;
}

/** Reads every file even when one is wrong, so that all mistakes are told at once. */
async function readAll(truths: readonly Sequence[], tracks: ReadonlyMap<string, string>) {
  const sequences: TracksOfSequence[] = [];
  const problems: Problem[] = [];
  for (const { name, file } of truths) {
    const tracksFile = tracks.get(name);
    const truth = await readBoxes(file, "ground truth");
    const found = tracksFile === undefined ? ok([]) : await readBoxes(tracksFile, "tracks");
    if (truth.ok && found.ok) sequences.push({ name, truth: truth.value, tracks: found.value });
    for (const read of [truth, found]) if (!read.ok) problems.push(...read.problems);
  }
  return problems.length > 0 ? failed(...problems) : ok(sequences);
}

/** A sequence without tracks is read as one in which nothing was found, and noted. */
export async function readTrackFolders(truthFolder: string, tracksFolder: string): Promise<Result<FoldersRead>> {
  const [truths, tracks] = [await findTruth(truthFolder), await findTracks(tracksFolder)];
  if (!truths.ok || !tracks.ok) return failed(...[truths, tracks].flatMap((found) => (found.ok ? [] : found.problems)));
  const names = truths.value.sequences.map(({ name }) => name);
  if (names.includes(COMBINED)) return failed(problem("RESERVED_ID", { id: COMBINED }, { file: truthFolder }));
  const places = (name: string): string =>
    [join(tracksFolder, `${name}${TEXT}`), join(tracksFolder, "data", `${name}${TEXT}`)].join(", ");
  const untracked = names.filter((name) => !tracks.value.has(name));
  if (untracked.length === names.length) {
    const words = { folder: tracksFolder, sequences: names.join(", "), looked_for: places("<sequence>") };
    return failed(problem("NO_TRACKS", words));
  }
  const unasked = [...tracks.value].filter(([name]) => !names.includes(name));
  const notes = [
    ...truths.value.notes,
    ...untracked.map((sequence) => problem("TRACKS_MISSING", { sequence, looked_for: places(sequence) })),
    ...unasked.map(([, file]) => problem("TRACKS_UNASKED", { file })),
  ];
  const read = await readAll(truths.value.sequences, tracks.value);
  return read.ok ? ok({ sequences: read.value, notes }) : read;
}
