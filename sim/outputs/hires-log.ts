/** Signals and detectors as one hi-res log, in the columns of `core/events/hires.ts`; times are the scenario's seconds. */
import { join } from "node:path";
import { csvField } from "./sheet.ts";
import type { StepListener } from "./step-listener.ts";
import { TextFile } from "./text-file.ts";

export class HiresLog implements StepListener {
  readonly #file: TextFile;
  /** Signals' names, as CSV has them. */
  readonly #devices: readonly string[];
  // Events of the running step: they come vehicle by vehicle, and are written in the order of time.
  #at_s = new Float64Array(64);
  #what = new Int32Array(3 * 64);
  #order = new Int32Array(64);
  #count = 0;

  constructor(folder: string, signals: readonly string[]) {
    this.#file = new TextFile(join(folder, "events.csv"));
    this.#file.text("TimeStamp,DeviceId,EventId,Parameter\n");
    this.#devices = signals.map(csvField);
  }

  /** `signal`: its place among the signals. */
  add(at_s: number, signal: number, event: number, parameter: number): void {
    if (this.#count === this.#at_s.length) this.#grow();
    const at = this.#count;
    this.#at_s[at] = at_s;
    this.#what.set([signal, event, parameter], 3 * at);
    let place = at;
    while (place > 0 && (this.#at_s[this.#order[place - 1] as number] as number) > at_s) {
      this.#order[place] = this.#order[place - 1] as number;
      place -= 1;
    }
    this.#order[place] = at;
    this.#count += 1;
  }

  stepped(): void {
    const file = this.#file;
    for (let i = 0; i < this.#count; i += 1) {
      const at = this.#order[i] as number;
      file.number(this.#at_s[at] as number, 1);
      file.text(",");
      file.text(this.#devices[this.#what[3 * at] as number] ?? "");
      for (const column of [1, 2]) {
        file.text(",");
        file.number(this.#what[3 * at + column] as number, 0);
      }
      file.text("\n");
    }
    this.#count = 0;
  }

  close(): void {
    this.stepped();
    this.#file.close();
  }

  #grow(): void {
    const size = this.#at_s.length * 2;
    const [at_s, what, order] = [new Float64Array(size), new Int32Array(3 * size), new Int32Array(size)];
    at_s.set(this.#at_s);
    what.set(this.#what);
    order.set(this.#order);
    [this.#at_s, this.#what, this.#order] = [at_s, what, order];
  }
}
