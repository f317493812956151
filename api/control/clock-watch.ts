/**
 * Reads the clock of every device now and then: offsets are counted from it. One beyond the limit is an alarm, and is set
 * through the gate where the device may be written to; what it was and what it became is in the ledger.
 */
import { clockDrift, type DeviceClock, decideClock, type NtcipController } from "../../controllers/index.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { Ledger } from "../../core/ports/storage.ts";
import { type Problem, type Result, sentence } from "../../core/problems/problem.ts";
import { Rounds } from "../service/rounds.ts";

const LOOK_MS = 10 * 60_000;
/** A device that does not keep our time is fed by another source: it is told, not set again and again. */
const BETWEEN_SETS_MS = 3_600_000;
const DECISION_MS = 30_000;

export interface ClockWatchOptions {
  readonly controllers: readonly NtcipController[];
  readonly mayWrite: (controller: string) => boolean;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
}

/** Sets the clock by a sealed decision, with what was read before and after in the ledger. */
export async function setDeviceClock(
  controller: NtcipController,
  before: DeviceClock,
  { clock, ledger }: Pick<ClockWatchOptions, "clock" | "ledger">,
  who: { readonly actor: string; readonly reason: string },
): Promise<Result<DeviceClock>> {
  const made_ms = clock.nowMs();
  const words = { controller: controller.id, reason: who.reason, made_ms, expires_ms: made_ms + DECISION_MS };
  const decision = decideClock(words);
  if (!decision.ok) return decision;
  const about = { controller: controller.id, intersection: controller.intersection, ...who };
  await ledger.append("device.clock", { ...about, drift_s: before.drift_s }, made_ms);
  const set = await controller.setClock(decision.value);
  const found = set.ok ? { drift_s: set.value.drift_s } : { problems: set.problems };
  await ledger.append("device.clock_set", { ...about, ...found }, clock.nowMs());
  return set;
}

export class ClockWatch implements Service {
  readonly #options: ClockWatchOptions;
  readonly #rounds: Rounds;
  readonly #clocks = new Map<string, DeviceClock>();
  readonly #troubles = new Map<string, Problem>();
  readonly #set_ms = new Map<string, number>();

  constructor(options: ClockWatchOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options.clock, () => this.round());
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  /** As they were read last; a device that never answered is absent. */
  clocks(): readonly DeviceClock[] {
    return [...this.#clocks.values()];
  }

  problems(): readonly Problem[] {
    return [...this.#troubles.values()];
  }

  /** One look at each, one after the other: nobody waits for clocks. */
  async round(): Promise<number> {
    for (const controller of this.#options.controllers) {
      if (this.#rounds.ended.aborted) break;
      await this.#look(controller);
    }
    return LOOK_MS;
  }

  /** One that does not answer is the poller's to tell. */
  async #look(controller: NtcipController): Promise<void> {
    const read = await controller.device.readClock();
    if (!read.ok) return;
    this.#clocks.set(controller.id, read.value);
    const drift = clockDrift(read.value);
    const after = drift === null ? null : await this.#mend(controller, read.value, drift);
    this.#note(controller.id, after);
  }

  /** What remains wrong. */
  async #mend(controller: NtcipController, before: DeviceClock, drift: Problem): Promise<Problem | null> {
    const { clock, log, mayWrite } = this.#options;
    const { id } = controller;
    const last_ms = this.#set_ms.get(id) ?? Number.NEGATIVE_INFINITY;
    if (!mayWrite(id) || clock.nowMs() - last_ms < BETWEEN_SETS_MS) return drift;
    log.warn({ controller: id, drift_s: before.drift_s }, sentence(drift));
    this.#set_ms.set(id, clock.nowMs());
    const who = { actor: "clock watch", reason: `it was ${before.drift_s} s off` };
    const set = await setDeviceClock(controller, before, this.#options, who);
    if (!set.ok) return set.problems[0] ?? drift;
    this.#clocks.set(id, set.value);
    log.info({ controller: id, drift_s: set.value.drift_s }, "its clock was set");
    return null;
  }

  /** Said once when it goes wrong, and once when it is well again. */
  #note(controller: string, trouble: Problem | null): void {
    const { log } = this.#options;
    const before = this.#troubles.get(controller) ?? null;
    if (trouble === null) this.#troubles.delete(controller);
    else this.#troubles.set(controller, trouble);
    if (trouble !== null && before?.code !== trouble.code) log.warn({ controller }, sentence(trouble));
    if (trouble === null && before !== null) log.info({ controller }, "its clock is right again");
  }
}
