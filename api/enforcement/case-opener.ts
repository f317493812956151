/**
 * From a detection to a stored case: the recording around the act is held, the case is opened, everybody is told. What storage
 * refuses is offered again, later and later, until it has it. When too many wait, the oldest are given up and counted.
 */
import type { Detection } from "../../core/cases/detection.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem, type Result, reasonOf, sentence } from "../../core/problems/problem.ts";
import { caseId } from "./case-id.ts";

export interface CaseOpenerOptions {
  readonly cases: Pick<CaseStore, "open">;
  /** Keeps the recording of `camera` from leaving; `reason` is the case's id. */
  readonly hold: (
    camera: string,
    span: { readonly from_ms: number; readonly to_ms: number; readonly reason: string },
  ) => Promise<Result<unknown>>;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Whom a second person sees whatever the first says. */
  readonly sampled: (id: string) => boolean;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
}

interface Waiting {
  readonly id: string;
  readonly detection: Detection;
  readonly sampled: boolean;
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
  #work: Promise<void> | null = null;
  #trouble: string | null = null;
  #dropped = 0;
  #opened = 0;

  constructor(options: CaseOpenerOptions) {
    this.#options = options;
  }

  /** Cases that storage has taken since the start. */
  get opened(): number {
    return this.#opened;
  }

  problem(): Problem | null {
    if (this.#trouble === null) return null;
    return problem("CASES_NOT_STORED", {
      waiting: this.#waiting.length,
      dropped: this.#dropped,
      reason: this.#trouble,
    });
  }

  /** Returns at once; the same detection offered twice is one case. */
  open(detection: Detection): void {
    const id = caseId(detection);
    if (this.#waiting.some((each) => each.id === id)) return;
    if (this.#waiting.length >= mostWaiting) {
      const lost = this.#waiting.shift();
      this.#dropped += 1;
      this.#options.log.warn(
        { case: lost?.id },
        "too many detected violations wait to be stored: the oldest is given up",
      );
    }
    this.#waiting.push({ id, detection, sampled: this.#options.sampled(id), held: false });
    this.#work ??= this.#deliver().finally(() => {
      this.#work = null;
    });
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  /** Offers everything that waits once more. */
  async close(): Promise<void> {
    this.#ended.abort();
    await this.#work;
    await this.#deliver();
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
      if (!next.held) await this.#hold(next);
      const record = await cases.open(id, detection, sampled, clock.nowMs());
      this.#trouble = null;
      // It may have been given up meanwhile.
      const at = this.#waiting.indexOf(next);
      if (at >= 0) this.#waiting.splice(at, 1);
      this.#opened += 1;
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
