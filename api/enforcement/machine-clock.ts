/**
 * How far this machine's clock may be off. chrony is asked, which knows: its clock is within |system time| + root delay / 2 +
 * root dispersion of the truth (chronyc(1), "tracking"). Where it does not answer, what the site file states holds; where
 * that states nothing, nothing is known.
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import type { SiteClock } from "./schema.ts";

export interface ClockState {
  readonly source: string;
  readonly offset_ms: number;
  /** Around the offset. */
  readonly uncertainty_ms: number;
  readonly checked_at_ms: number;
}

export interface MachineClockOptions {
  readonly stated: SiteClock;
  readonly clock: Clock;
  /** Prints what `chronyc -c tracking` prints; rejects where there is no chrony. */
  readonly tracking?: (() => Promise<string>) | undefined;
}

const ask_ms = 60_000;
const patience_ms = 2000;

const askChrony = async (): Promise<string> =>
  (await promisify(execFile)("chronyc", ["-c", "tracking"], { timeout: patience_ms })).stdout;

/** Null for what is no answer of a synchronised chrony. Columns as `chronyc -c tracking` gives them, times in seconds. */
export function readTracking(text: string, checked_at_ms: number): ClockState | null {
  const columns = text.trim().split(",");
  const [name = "", leap = ""] = [columns[1], columns[13]];
  const [offset_s, delay_s, dispersion_s] = [columns[4], columns[10], columns[11]].map(Number);
  if (columns.length < 14 || leap === "Not synchronised" || name === "") return null;
  if (offset_s === undefined || delay_s === undefined || dispersion_s === undefined) return null;
  const uncertainty_ms = (delay_s / 2 + dispersion_s) * 1000;
  if (!Number.isFinite(offset_s) || !Number.isFinite(uncertainty_ms)) return null;
  return { source: `chrony: ${name}`, offset_ms: offset_s * 1000, uncertainty_ms, checked_at_ms };
}

export class MachineClock implements Service {
  readonly #options: MachineClockOptions;
  readonly #ended = new AbortController();
  #asked: ClockState | null = null;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: MachineClockOptions) {
    this.#options = options;
  }

  /** Null where nothing is known. */
  state(): ClockState | null {
    if (this.#asked !== null) return this.#asked;
    const { stated, clock } = this.#options;
    const { source, uncertainty_ms } = stated;
    if (source === undefined || uncertainty_ms === undefined) return null;
    return { source: `stated: ${source}`, offset_ms: 0, uncertainty_ms, checked_at_ms: clock.nowMs() };
  }

  async start(stop: AbortSignal): Promise<void> {
    stop.addEventListener("abort", () => this.#ended.abort(), { once: true });
    await this.#ask();
    this.#loop = this.#watch();
  }

  async close(): Promise<void> {
    this.#ended.abort();
    await this.#loop;
  }

  async #watch(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await this.#options.clock.sleep(ask_ms, this.#ended.signal).catch(() => undefined);
      if (!this.#ended.signal.aborted) await this.#ask();
    }
  }

  /** No chrony is no failure: then the site file speaks, or nobody. */
  async #ask(): Promise<void> {
    const { clock, tracking = askChrony } = this.#options;
    const text = await tracking().catch(() => "");
    this.#asked = readTracking(text, clock.nowMs());
  }
}
