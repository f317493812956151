/**
 * From a detection to a stored case: it is noted in the data folder, the recording around the act is held, the case is opened,
 * everybody is told. What storage refuses is offered again, later and later, until it has it, also by the service that comes
 * after this one. When too many wait, the oldest are given up and counted.
 */
import type { Detection } from "../../core/cases/detection.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem, type Result, reasonOf, sentence } from "../../core/problems/problem.ts";
import { caseId } from "./case-id.ts";
import { type WaitingAct, WaitingJournal } from "./waiting-journal.ts";

export interface CaseOpenerOptions {
  readonly cases: Pick<CaseStore, "open">;
  /** Keeps the recording of `camera` from leaving; `reason` is the case's id. */
  readonly hold: (
    camera: string,
    span: { readonly from_ms: number; readonly to_ms: number; readonly reason: string },
  ) => Promise<Result<unknown>>;
  readonly bus: Bus;
  readonly clock: Clock;
  /** The file of what waits for storage; absent: it waits in memory alone. */
  readonly journal?: string;
  /** Hears of each case that storage has taken. */
  readonly opened?: (id: string, detection: Detection) => void;
  /** Whom a second person sees whatever the first says. */
  readonly sampled: (id: string) => boolean;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
}

interface Waiting extends WaitingAct {
  /** Would survive the loss of power. */
  noted: boolean;
  /** Once it was tried to note it, whether that went well or not. */
  tried: Promise<void>;
  held: boolean;
}

/** A clip is from 5 s before to 5 s after the act, in whole groups of pictures, which may be some seconds long. */
const around_ms = 10_000;
const mostWaiting = 500;
const firstPause_ms = 500;
const longestPause_ms = 30_000;

export class CaseOpener implements Service {
  readonly #options: CaseOpenerOptions;
  readonly #ended = new AbortController();
  readonly #waiting: Waiting[] = [];
  #journal: WaitingJournal | null = null;
  #work: Promise<void> | null = null;
  #trouble: string | null = null;
  #dropped = 0;
  #opened = 0;

  constructor(options: CaseOpenerOptions) {
    this.#options = options;
  }

  /** Of those that wait, how many would survive the loss of power. */
  get noted(): number {
    return this.#waiting.filter(({ noted }) => noted).length;
  }

  /** Cases that storage has taken since the start. */
  get opened(): number {
    return this.#opened;
  }

  problem(): Problem | null {
    if (this.#trouble === null) return null;
    return problem("CASES_NOT_STORED", {
      waiting: this.#waiting.length,
      noted: this.noted,
      dropped: this.#dropped,
      reason: this.#trouble,
    });
  }

  /** Returns at once; the same detection offered twice is one case. */
  open(detection: Detection): void {
    const id = caseId(detection);
    this.#take({ id, detection, sampled: this.#options.sampled(id) }, false);
  }

  /** What an earlier service could not store is offered again. */
  async start(): Promise<void> {
    const { journal, log } = this.#options;
    if (journal === undefined) return;
    try {
      this.#journal = await WaitingJournal.open(journal);
    } catch (error) {
      log.warn({ error: reasonOf(error) }, "violations that storage does not take cannot be noted for later");
    }
    for (const act of this.#journal?.left ?? []) this.#take(act, true);
  }

  /** Offers everything that waits once more. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#work;
    await this.#deliver();
    await this.#journal?.close();
    this.#journal = null;
  }

  #take(act: WaitingAct, noted: boolean): void {
    if (this.#waiting.some(({ id }) => id === act.id)) return;
    if (this.#waiting.length >= mostWaiting) this.#giveUp();
    const waiting: Waiting = { ...act, noted, tried: Promise.resolve(), held: false };
    this.#waiting.push(waiting);
    // At once, and not when its turn comes: that may be long after, when storage refuses.
    if (!noted) waiting.tried = this.#note(waiting);
    this.#work ??= this.#deliver().finally(() => {
      this.#work = null;
    });
  }

  #giveUp(): void {
    const lost = this.#waiting.shift();
    this.#dropped += 1;
    this.#options.log.warn(
      { case: lost?.id },
      "too many detected violations wait to be stored: the oldest is given up",
    );
    if (lost !== undefined) void this.#forget(lost.id);
  }

  /** Until nothing waits; after the end everything is offered once. */
  async #deliver(): Promise<void> {
    let pause_ms = firstPause_ms;
    for (let left = this.#waiting.length; this.#waiting.length > 0; left -= 1) {
      const next = this.#waiting[0] as Waiting;
      if (await this.#offer(next)) {
        pause_ms = firstPause_ms;
        continue;
      }
      if (this.#ended.signal.aborted && left <= 1) return;
      // What cannot be stored for a reason of its own must not keep the others out.
      this.#waiting.push(...this.#waiting.splice(0, 1));
      await this.#options.clock.sleep(pause_ms, this.#ended.signal).catch((error: unknown) => {
        if (!this.#ended.signal.aborted) throw error;
      });
      pause_ms = Math.min(longestPause_ms, pause_ms * 2);
    }
    this.#trouble = null;
    this.#dropped = 0;
  }

  async #offer(next: Waiting): Promise<boolean> {
    const { cases, clock, bus, log } = this.#options;
    const { id, detection, sampled } = next;
    try {
      await next.tried;
      if (!next.held) await this.#hold(next);
      const record = await cases.open(id, detection, sampled, clock.nowMs());
      this.#trouble = null;
      // It may have been given up meanwhile.
      const at = this.#waiting.indexOf(next);
      if (at >= 0) this.#waiting.splice(at, 1);
      this.#opened += 1;
      await this.#forget(id);
      this.#options.opened?.(record.id, detection);
      log.info({ case: record.id, rule: detection.rule.id, place: detection.rule.place }, "case opened");
      bus.publish("case", { id: record.id, state: record.case.state, at_ms: clock.nowMs() });
      return true;
    } catch (error) {
      if (this.#trouble === null)
        log.warn({ case: id, error: reasonOf(error) }, "a case could not be stored; trying again");
      this.#trouble = reasonOf(error);
      return false;
    }
  }

  /** Tried once: a folder that takes nothing is no reason to keep it from storage. */
  async #note(next: Waiting): Promise<void> {
    const { id, detection, sampled } = next;
    if (this.#journal === null) return;
    try {
      next.noted = await this.#journal.keep({ id, detection, sampled });
      if (next.noted) return;
      this.#options.log.warn({ case: id }, "no room is left to note a violation until storage has it");
    } catch (error) {
      this.#options.log.warn({ case: id, error: reasonOf(error) }, "a violation could not be noted");
    }
  }

  /** What cannot be forgotten is offered once more after the next start, and known by then. */
  async #forget(id: string): Promise<void> {
    try {
      await this.#journal?.forget(id);
    } catch (error) {
      this.#options.log.warn({ case: id, error: reasonOf(error) }, "a stored violation stays noted");
    }
  }

  /** Asked once: a recording that cannot be held is no reason to forget the act, and stays for its usual time. */
  async #hold(next: Waiting): Promise<void> {
    const { hold, log } = this.#options;
    const { id, detection } = next;
    const { camera, at_ms, points } = detection;
    const latest_ms = points.at(-1)?.at_ms ?? at_ms;
    const span = {
      from_ms: Math.round(at_ms - around_ms),
      to_ms: Math.round(Math.max(at_ms, latest_ms) + around_ms),
      reason: id,
    };
    next.held = true;
    const reason = await hold(camera, span).then(
      (held) => (held.ok ? null : held.problems.map((each) => sentence(each)).join(" ")),
      (error: unknown) => reasonOf(error),
    );
    if (reason === null) return;
    log.warn({ case: id }, sentence(problem("CASE_NOT_HELD", { id, reason })));
  }
}
