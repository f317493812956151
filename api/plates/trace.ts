/** Where a vehicle was: who asks and why is on the disk before anything is looked up. */
import { type Distance, type Journey, journeysOf } from "../../core/plates/journeys.ts";
import { Quota } from "../../core/plates/quota.ts";
import { normalisedPlate } from "../../core/plates/symbols.ts";
import {
  fitsPattern,
  namedIn,
  normalisedPattern,
  oneOff,
  type TraceMatch,
  wantedCharacters,
} from "../../core/plates/wanted.ts";
import type { Audit } from "../../core/ports/audit.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PassageStore, PlatePassage, TimeSpan } from "../../core/ports/passages.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface TraceQuestion extends TimeSpan {
  readonly plate: string;
  readonly match: TraceMatch;
  readonly purpose: string;
  readonly case_id?: string | undefined;
}

export interface Asker {
  readonly name: string;
  /** The role that allows it. */
  readonly role: string;
  readonly from: string;
}

export interface TraceAnswer {
  /** In order of time. */
  readonly passages: readonly PlatePassage[];
  readonly journeys: readonly Journey[];
  /** There were more: ask for less time. */
  readonly more: boolean;
}

export interface TraceParts {
  readonly passages: PassageStore;
  readonly audit: Audit;
  readonly vault: PlateVault;
  readonly distance: Distance;
  readonly clock: Pick<Clock, "nowMs">;
}

const DAY_MS = 86_400_000;
/** Whoever needs more has another purpose than finding a vehicle. */
const quota = { times: 30, span_ms: 10 * 60_000 } as const;
const MOST_DAYS = 31;
const MOST_PASSAGES = 1000;
/** A pattern is compared with every plate of the span: more would take minutes, and would be no search. */
const MOST_COMPARED = 200_000;

export class Trace {
  readonly #parts: TraceParts;
  readonly #quota = new Quota(quota.times, quota.span_ms);

  constructor(parts: TraceParts) {
    this.#parts = parts;
  }

  /** Fails with TRACE_PLATE, TRACE_PATTERN, TRACE_SPAN, TRACE_TOO_OFTEN or TRACE_TOO_WIDE. */
  async search(question: TraceQuestion, asker: Asker): Promise<Result<TraceAnswer>> {
    const { audit, clock, distance } = this.#parts;
    const wanted = wantedOf(question);
    if (!wanted.ok) return wanted;
    const { from_ms, to_ms } = question;
    if (!(to_ms >= from_ms && to_ms - from_ms <= MOST_DAYS * DAY_MS))
      return failed(problem("TRACE_SPAN", { days: MOST_DAYS }));
    const now_ms = clock.nowMs();
    const wait_ms = this.#quota.take(asker.name, now_ms);
    if (wait_ms > 0)
      return failed(problem("TRACE_TOO_OFTEN", { times: quota.times, wait_s: Math.ceil(wait_ms / 1000) }));
    const { name: by, role, from } = asker;
    const subject = this.#subject(question, wanted.value);
    await audit.record({ by, role, at_ms: now_ms, from, action: "plate.traced", subject, purpose: question.purpose });
    const found = await this.#found(question, wanted.value);
    if (!found.ok) return found;
    const passages = found.value.slice(0, MOST_PASSAGES);
    const more = found.value.length > MOST_PASSAGES;
    return ok({ passages, journeys: journeysOf(passages, distance), more });
  }

  /** What was asked, with the plate concealed: the audit is read by people who may not see plates. */
  #subject({ match, from_ms, to_ms, case_id }: TraceQuestion, wanted: string): string {
    const span = [from_ms, to_ms].map((ms) => new Date(ms).toISOString()).join("/");
    const forCase = case_id === undefined ? "" : ` case ${case_id}`;
    return `${match} ${this.#parts.vault.conceal(wanted)} ${span}${forCase}`;
  }

  async #found({ match, from_ms, to_ms }: TraceQuestion, wanted: string): Promise<Result<readonly PlatePassage[]>> {
    const { passages } = this.#parts;
    const span = { from_ms, to_ms };
    if (match === "partial") return this.#fitting(wanted, span);
    const plates = match === "exact" ? new Set([wanted]) : oneOff(wanted);
    return ok(await passages.ofPlates(plates, span, MOST_PASSAGES + 1));
  }

  async #fitting(pattern: string, span: TimeSpan): Promise<Result<readonly PlatePassage[]>> {
    const { passages } = this.#parts;
    const count = await passages.count(span);
    if (count > MOST_COMPARED) return failed(problem("TRACE_TOO_WIDE", { count, most: MOST_COMPARED }));
    const found: PlatePassage[] = [];
    for await (const page of passages.between(span)) {
      found.push(...page.filter(({ plate }) => fitsPattern(pattern, plate)));
      if (found.length > MOST_PASSAGES) break;
    }
    return ok(found);
  }
}

/** The plate or pattern in the form in which plates are compared. */
function wantedOf({ plate, match }: TraceQuestion): Result<string> {
  const { most, pattern: fewestNamed, plate: fewest } = wantedCharacters;
  if (match !== "partial") {
    const text = normalisedPlate(plate);
    const fits = text.length >= fewest && text.length <= most;
    return fits ? ok(text) : failed(problem("TRACE_PLATE", { fewest, most }));
  }
  const text = normalisedPattern(plate);
  const fits = namedIn(text) >= fewestNamed && text.length <= 2 * most;
  return fits ? ok(text) : failed(problem("TRACE_PATTERN", { fewest: fewestNamed }));
}
