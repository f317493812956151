/**
 * Makes the evidence of every case that has none: waits until the recording holds what comes after the act, cuts, seals
 * and notes it. All that it must remember is in the store and in the folders, so that it goes on after any end.
 */
import { mkdir } from "node:fs/promises";
import type { Logger } from "pino";
import { signalAfter_ms } from "../../../core/cases/signal-seen.ts";
import type { Bus } from "../../../core/ports/bus.ts";
import type { CaseRecord } from "../../../core/ports/cases.ts";
import type { Service } from "../../../core/ports/service.ts";
import { type Problem, problem, type Result, reasonOf, sentence } from "../../../core/problems/problem.ts";
import { Rounds } from "../../service/rounds.ts";
import { adoptPackage } from "./adopt.ts";
import { notRecorded, type RecordedSpan, recordedSpan } from "./cut-act.ts";
import { releaseHolds, sweepHolds } from "./holds.ts";
import { type MadePackage, type MakingParts, type MakingStep, makePackage } from "./make-package.ts";
import { backOff_ms, isHopeless, troubleOf } from "./troubles.ts";
import { type WaitingCase, WaitingCases } from "./waiting-cases.ts";
import { removeWork, sweepWork } from "./work-folder.ts";

export interface MakingOptions extends Omit<MakingParts, "stop" | "told"> {
  /** Tells of new cases, and is told of evidence that is ready. */
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly log: Pick<Logger, "info" | "warn">;
  /** Cases made at the same time. 1 unless said: hiding bystanders takes all of a core. */
  readonly concurrency?: number;
  /** So long after the act the recording is waited for; then the evidence is made of what there is. 30 s unless said. */
  readonly deadline_ms?: number;
  /** Hears each step as it begins. */
  readonly heard?: (id: string, step: MakingStep | "noted" | "released") => void;
}

export interface MakingProgress {
  /** Cases whose evidence is still to be made, those under way among them. */
  readonly waiting: number;
  readonly now: readonly { readonly case: string; readonly step: MakingStep; readonly share: number }[];
  /** Since the service was started. */
  readonly made: number;
  readonly failed: number;
}

export interface EvidenceMaking extends Service {
  progress(): MakingProgress;
  /** Why evidence waits, or null. */
  problem(): Problem | null;
}

/** How often the ring is looked at for a case whose time has come, and the store for new cases. */
const [look_ms, list_ms] = [500, 2000];
const page = 200;
const usualDeadline_ms = 30_000;
/** By then the case's log says what the signal showed until the clip's end. */
const signalKnown_ms = signalAfter_ms + 1000;

class Making implements EvidenceMaking {
  readonly #options: MakingOptions;
  readonly #waiting = new WaitingCases();
  readonly #now = new Map<string, { step: MakingStep; share: number }>();
  readonly #running = new Set<Promise<void>>();
  readonly #rounds: Rounds;
  #swept = false;
  #listed_ms = Number.NEGATIVE_INFINITY;
  #storeTrouble: Problem | null = null;
  #made = 0;
  #failed = 0;
  #deafen: () => void = () => undefined;

  constructor(options: MakingOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options.clock, async () => {
      await this.#look();
      return look_ms;
    });
  }

  progress(): MakingProgress {
    const now = [...this.#now].map(([id, { step, share }]) => ({ case: id, step, share }));
    return { waiting: this.#waiting.size, now, made: this.#made, failed: this.#failed };
  }

  problem(): Problem | null {
    return this.#storeTrouble ?? this.#waiting.trouble();
  }

  start(stop: AbortSignal): Promise<void> {
    this.#deafen = this.#options.bus.subscribe("case", () => {
      // Looks for it at once.
      this.#listed_ms = Number.NEGATIVE_INFINITY;
    });
    return this.#rounds.start(stop);
  }

  async close(): Promise<void> {
    this.#deafen();
    await this.#rounds.close();
    await Promise.all(this.#running);
  }

  async #look(): Promise<void> {
    try {
      if (!this.#swept) await this.#sweep();
      this.#swept = true;
      await this.#round(this.#rounds.ended);
      this.#storeTrouble = null;
    } catch (error) {
      this.#storeTrouble = problem("EVIDENCE_STORE_TROUBLE", { reason: reasonOf(error) });
    }
  }

  async #sweep(): Promise<void> {
    const { folder, ring, cases } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const pending = await this.#pending();
    await sweepWork(folder, new Set(pending.map(({ id }) => id)));
    await sweepHolds(ring, cases);
  }

  /** All of them: the newest that cannot be made must not hide older ones that can. */
  async #pending(): Promise<readonly CaseRecord[]> {
    const all: CaseRecord[] = [];
    for (;;) {
      const last = all.at(-1);
      const before = last === undefined ? {} : { before: last.id };
      const found = await this.#options.cases.list({ evidence: "pending", limit: page, ...before });
      all.push(...found);
      if (found.length < page) return all;
    }
  }

  async #round(stop: AbortSignal): Promise<void> {
    const { clock, concurrency = 1 } = this.#options;
    if (clock.nowMs() - this.#listed_ms >= list_ms) {
      this.#listed_ms = clock.nowMs();
      this.#waiting.adopt(await this.#pending());
    }
    for (const each of this.#waiting.due(clock.nowMs())) {
      if (this.#running.size >= concurrency || stop.aborted) return;
      const recorded = await this.#recorded(each.record);
      if (recorded === "later") {
        const { at_ms } = each.record.detection;
        each.next_ms = Math.max(clock.nowMs(), at_ms + this.#options.span.after_ms);
        continue;
      }
      const run = this.#attend(each, recorded, stop).finally(() => this.#running.delete(run));
      this.#running.add(run);
    }
  }

  /** Null where the act was not recorded; `later` while the recording may still come. */
  async #recorded({ detection }: CaseRecord): Promise<RecordedSpan | null | "later"> {
    const { clock, ring, span, deadline_ms = usualDeadline_ms } = this.#options;
    const late = clock.nowMs() - detection.at_ms > span.after_ms + deadline_ms;
    if (detection.signal !== null && clock.nowMs() < detection.at_ms + signalKnown_ms) return "later";
    const found = await recordedSpan(ring, detection, span);
    return late || found?.whole === true ? found : "later";
  }

  async #attend(waiting: WaitingCase, recorded: RecordedSpan | null, stop: AbortSignal): Promise<void> {
    const { id } = waiting.record;
    waiting.busy = true;
    try {
      const made = await this.#make(waiting, recorded, stop);
      if (made.ok) await this.#note(waiting.record, made.value);
      else await this.#missed(waiting, made.problems, stop);
    } catch (error) {
      await this.#missed(waiting, error, stop);
    } finally {
      this.#now.delete(id);
      waiting.busy = false;
    }
  }

  async #make(
    { record, attempts }: WaitingCase,
    recorded: RecordedSpan | null,
    stop: AbortSignal,
  ): Promise<Result<MadePackage>> {
    const { folder, keys, heard } = this.#options;
    const adopted = await adoptPackage(record, folder, keys);
    if (adopted !== null) return { ok: true, value: adopted };
    if (recorded === null) return { ok: false, problems: [notRecorded(record.id, record.detection)] };
    const told = (id: string, step: MakingStep, share: number): void => {
      if (this.#now.get(id)?.step !== step) heard?.(id, step);
      this.#now.set(id, { step, share });
    };
    return makePackage(record, recorded, attempts, { ...this.#options, stop, told });
  }

  async #note(record: CaseRecord, { plate, ...sealed }: MadePackage): Promise<void> {
    const { bus, cases, clock, heard, log } = this.#options;
    const { id, detection } = record;
    this.#now.set(id, { step: "noting", share: 0 });
    heard?.(id, "noting");
    await cases.setEvidence(id, { state: "ready", ...sealed }, plate, clock.nowMs());
    heard?.(id, "noted");
    this.#waiting.delete(id);
    this.#made += 1;
    bus.publish("case", { id, state: record.case.state, at_ms: clock.nowMs() });
    log.info({ case: id, edition: sealed.edition, bytes: sealed.bytes }, "evidence sealed");
    await this.#tidy(id, detection.camera, true);
    heard?.(id, "released");
  }

  /** What stays behind now is taken away at the next start. */
  async #tidy(id: string, camera: string, release: boolean): Promise<void> {
    const { folder, log, ring } = this.#options;
    try {
      await removeWork(folder, id);
      if (release) await releaseHolds(ring, camera, id);
    } catch (error) {
      log.warn({ case: id, reason: reasonOf(error) }, "something of a case that is done could not be removed yet");
    }
  }

  /** Stays pending, or fails where nothing could ever help. What cannot be noted now is remembered until it can. */
  async #missed(waiting: WaitingCase, failure: unknown, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return;
    const { cases, clock, folder, log } = this.#options;
    const { id } = waiting.record;
    const trouble = await troubleOf(id, folder, failure);
    waiting.attempts += 1;
    waiting.trouble = trouble;
    waiting.next_ms = clock.nowMs() + backOff_ms(waiting.attempts);
    log.warn({ case: id, code: trouble.code, attempts: waiting.attempts }, sentence(trouble));
    try {
      if (!isHopeless(trouble, waiting.attempts)) {
        const { attempts } = waiting;
        await cases.setEvidence(id, { state: "pending", attempts, trouble }, null, clock.nowMs());
        return;
      }
      await cases.setEvidence(id, { state: "failed", trouble }, null, clock.nowMs());
      this.#waiting.delete(id);
      this.#failed += 1;
      // What is recorded stays held, for whoever looks into it; of nothing there is nothing to hold.
      await this.#tidy(id, waiting.record.detection.camera, trouble.code === "EVIDENCE_NOT_RECORDED");
    } catch (error) {
      log.warn({ case: id, reason: reasonOf(error) }, "could not be noted yet");
    }
  }
}

export const createEvidenceMaking = (options: MakingOptions): EvidenceMaking => new Making(options);
