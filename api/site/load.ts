/** The site file from disk to checked data. Start-up, `greenwave check` and the page use this one checker. */
import { checkDocument, inOrder } from "../../core/config/parse-document.ts";
import { readSource, type SourceDocument } from "../../core/config/source-document.ts";
import { failed, ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { type Camera, linesFileSchema } from "../../detectors/index.ts";
import { checkEyes, checkView, type View } from "./check-eyes.ts";
import { checkIds, checkIdsIn } from "./check-ids.ts";
import { checkOnce } from "./check-once.ts";
import { checkLineLengths, checkPlaces } from "./check-places.ts";
import { checkReferences } from "./check-references.ts";
import { checkRules } from "./check-rules.ts";
import { checkSchedules } from "./check-schedules.ts";
import { checkSignals } from "./check-signals.ts";
import { type Draft, draftOf } from "./draft.ts";
import { readText } from "./read-text.ts";
import { type Site, siteSchema } from "./schema.ts";

export interface LoadedSite {
  readonly site: Site;
  /** As read, for the ledger and for the page's editor. */
  readonly text: string;
  readonly file: string;
}

/** What `greenwave count` reads: lines, and if it says so movements between them and a calibration. */
export type LinesFile = View & Pick<Camera, "model" | "regions">;

const checks: readonly ((draft: Draft) => readonly Problem[])[] = [
  checkIds,
  checkReferences,
  checkOnce,
  checkPlaces,
  checkEyes,
  checkSchedules,
  checkSignals,
  checkRules,
];

/** Gives each problem that knows its path the line and column of it. */
export function placed(problems: readonly Problem[], document: SourceDocument): readonly Problem[] {
  return problems.map((each) => {
    const path = each.at?.path;
    return path === undefined ? each : { ...each, at: document.place(path.split(".")) };
  });
}

/** Checks the text of a site file: each part, then the parts against each other. Pure; `file` is only repeated. */
export function parseSite(text: string, file: string): Result<Site> {
  const source = readSource(text, file);
  if (!source.ok) return source;
  const document = source.value;
  const { value, problems, mended } = checkDocument(siteSchema, document);
  const draft = draftOf(document, mended);
  const between = checks.flatMap((check) => check(draft));
  const all = inOrder([...problems, ...placed(between, document)]);
  return value === undefined || all.length > 0 ? failed(...all) : ok(value);
}

/** Reads and checks a site file; all problems at once. */
export async function loadSite(file: string): Promise<Result<LoadedSite>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const site = parseSite(text.value, file);
  return site.ok ? ok({ site: site.value, text: text.value, file }) : site;
}

/** Reads and checks the lines file of `greenwave count`, YAML or JSON. */
export async function loadLines(file: string): Promise<Result<LinesFile>> {
  const text = await readText(file);
  if (!text.ok) return text;
  const source = readSource(text.value, file);
  if (!source.ok) return source;
  return readLines(source.value);
}

/** Checks a lines file that was read. */
export function readLines(document: SourceDocument): Result<LinesFile> {
  const { value, problems } = checkDocument(linesFileSchema, document);
  if (value === undefined) return failed(...problems);
  const lineOf = (path: string): number => document.place(path.split(".")).line ?? 0;
  const wrong = [
    ...checkIdsIn(value.lines, "lines", { lineOf }),
    ...checkIdsIn(value.movements ?? [], "movements", { lineOf }),
    ...checkLineLengths(value.lines, "lines"),
    ...checkView(value, "", { lineOf }),
  ];
  return wrong.length > 0 ? failed(...inOrder(placed(wrong, document))) : ok(value);
}
