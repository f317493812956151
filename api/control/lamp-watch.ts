/**
 * Asks the controllers that rules depend on five times a second what their lamps show, and remembers the last minutes: a rule
 * believes nothing older than 0.3 s. Beside the slow poller, which asks for much more.
 */
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { LampReader, LampReading } from "../../core/ports/signal-lamps.ts";
import { type Problem, sentence } from "../../core/problems/problem.ts";
import { type Indication, SignalTrace } from "../../core/violations/signal-trace.ts";
import { Rounds } from "../service/rounds.ts";

export interface LampWatchOptions {
  readonly controllers: readonly LampReader[];
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
}

export interface LampSample {
  readonly at_ms: number;
  readonly state: Indication;
  readonly reply_sha256: string;
}

const period_ms = 200;
/** Between two questions at least, however slow the controller is: others want to speak to it too. */
const pause_ms = 20;
/** Ten minutes, as long as a trace remembers at least. */
const mostReadings = 3000;

/** What a phase shows; `dark` for one that shows nothing or is not there. */
function indicationOf({ greens, yellows, reds }: LampReading, phase: number): Indication {
  if (greens.includes(phase)) return "green";
  if (yellows.includes(phase)) return "yellow";
  return reds.includes(phase) ? "red" : "dark";
}

class Lamps {
  readonly controller: string;
  readonly #traces = new Map<number, SignalTrace>();
  #readings: LampReading[] = [];
  trouble: Problem | null = null;

  constructor(controller: string) {
    this.controller = controller;
  }

  trace(phase: number): SignalTrace {
    const known = this.#traces.get(phase);
    if (known !== undefined) return known;
    const fresh = new SignalTrace();
    this.#traces.set(phase, fresh);
    return fresh;
  }

  read(reading: LampReading): void {
    this.#readings.push(reading);
    if (this.#readings.length > mostReadings) this.#readings = this.#readings.slice(mostReadings / 2);
    const { at_ms, manual } = reading;
    for (const [phase, trace] of this.#traces) trace.report({ at_ms, manual, state: indicationOf(reading, phase) });
  }

  samples(phase: number, from_ms: number, to_ms: number): readonly LampSample[] {
    return this.#readings
      .filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms)
      .map((reading) => ({
        at_ms: reading.at_ms,
        state: indicationOf(reading, phase),
        reply_sha256: reading.reply_sha256,
      }));
  }
}

export class LampWatch implements Service {
  readonly #options: LampWatchOptions;
  readonly #lamps: ReadonlyMap<string, Lamps>;
  readonly #rounds: readonly Rounds[];

  constructor(options: LampWatchOptions) {
    this.#options = options;
    this.#lamps = new Map(options.controllers.map(({ id, intersection }) => [intersection, new Lamps(id)]));
    this.#rounds = options.controllers.map((controller) => this.#roundsOf(controller));
  }

  /** The phase's history, which grows while the watch runs; of an intersection without a controller it stays empty. */
  trace(intersection: string, phase: number): SignalTrace {
    return this.#lamps.get(intersection)?.trace(phase) ?? new SignalTrace();
  }

  /** What was asked for between two times, oldest first. */
  samples(intersection: string, phase: number, from_ms: number, to_ms: number): readonly LampSample[] {
    return this.#lamps.get(intersection)?.samples(phase, from_ms, to_ms) ?? [];
  }

  /** Null where nobody can be asked. */
  controllerOf(intersection: string): string | null {
    return this.#lamps.get(intersection)?.controller ?? null;
  }

  async start(stop: AbortSignal): Promise<void> {
    await Promise.all(this.#rounds.map((rounds) => rounds.start(stop)));
  }

  async close(): Promise<void> {
    await Promise.all(this.#rounds.map((rounds) => rounds.close()));
  }

  #roundsOf(controller: LampReader): Rounds {
    const { clock } = this.#options;
    const rounds: Rounds = new Rounds(clock, async () => {
      const started_ms = clock.nowMs();
      await this.#ask(controller, rounds.ended);
      return Math.max(pause_ms, period_ms - (clock.nowMs() - started_ms));
    });
    return rounds;
  }

  /** A failure is said once, and once more when it is over: the rules that miss the answer say why they refuse. */
  async #ask(controller: LampReader, ended: AbortSignal): Promise<void> {
    const { log } = this.#options;
    const lamps = this.#lamps.get(controller.intersection);
    const reading = await controller.lamps();
    if (lamps === undefined || ended.aborted) return;
    const trouble = reading.ok ? null : (reading.problems[0] ?? null);
    const before = lamps.trouble;
    lamps.trouble = trouble;
    if (trouble !== null && before === null) log.warn({ controller: controller.id, for: "rules" }, sentence(trouble));
    if (trouble === null && before !== null) log.info({ controller: controller.id, for: "rules" }, "answers again");
    if (reading.ok) lamps.read(reading.value);
  }
}
