/** Notes what the signal showed after an act, so that the whole clip can say it; cases that no signal is part of are left alone. */
import type { Detection } from "../../core/cases/detection.ts";
import { SIGNAL_SEEN, type SignalSamples, signalAfter_ms, signalSeen } from "../../core/cases/signal-seen.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { reasonOf } from "../../core/problems/problem.ts";
import type { LampWatch } from "../control/lamp-watch.ts";
import { Rounds } from "../service/rounds.ts";

export interface SignalFollowerOptions {
  readonly cases: Pick<CaseStore, "record">;
  readonly lamps: Pick<LampWatch, "samples">;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void };
}

interface Followed {
  readonly id: string;
  readonly detection: Detection;
}

const look_ms = 500;
/** Evidence is made without by then; what the lamps showed is not remembered for ever. */
const giveUp_ms = 60_000;

export class SignalFollower implements Service {
  readonly #options: SignalFollowerOptions;
  readonly #rounds: Rounds;
  #followed: Followed[] = [];

  constructor(options: SignalFollowerOptions) {
    this.#options = options;
    this.#rounds = new Rounds(options.clock, async () => {
      await this.#look();
      return look_ms;
    });
  }

  /** A case that storage has. */
  follow(id: string, detection: Detection): void {
    if (detection.signal !== null) this.#followed.push({ id, detection });
  }

  start(stop: AbortSignal): Promise<void> {
    return this.#rounds.start(stop);
  }

  close(): Promise<void> {
    return this.#rounds.close();
  }

  async #look(): Promise<void> {
    const now_ms = this.#options.clock.nowMs();
    const due = this.#followed.filter(({ detection }) => now_ms >= detection.at_ms + signalAfter_ms);
    for (const each of due) {
      const late = now_ms > each.detection.at_ms + signalAfter_ms + giveUp_ms;
      if ((await this.#noted(each)) || late) this.#followed = this.#followed.filter((other) => other !== each);
    }
  }

  async #noted({ id, detection }: Followed): Promise<boolean> {
    const { cases, clock, lamps, log } = this.#options;
    const { at_ms, intersection, signal } = detection;
    if (signal === null) return true;
    const known_ms = signal.samples.at(-1)?.at_ms ?? at_ms;
    const seen = lamps.samples(intersection, signal.phase, known_ms, at_ms + signalAfter_ms);
    const samples: SignalSamples = seen.filter((sample) => sample.at_ms > known_ms).map((sample) => ({ ...sample }));
    if (samples.length === 0) return true;
    try {
      await cases.record(id, SIGNAL_SEEN, signalSeen(id, samples), clock.nowMs());
      return true;
    } catch (error) {
      log.warn({ case: id, reason: reasonOf(error) }, "what the signal showed after an act could not be noted yet");
      return false;
    }
  }
}
