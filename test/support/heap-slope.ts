/** Whether the heap grows with what is done: looks after garbage collection, and the slope through those of the second half. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fitRobustLine } from "./line-fit.ts";

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc") as () => void;

const MB = 2 ** 20;
const MINUTES_MS = 60_000;

export class HeapSlope {
  readonly #looks: (readonly [minutes: number, mb: number])[] = [];
  readonly #began_ms = performance.now();

  look(): void {
    collectGarbage();
    this.#looks.push([(performance.now() - this.#began_ms) / MINUTES_MS, process.memoryUsage().heapUsed / MB]);
  }

  /** Megabytes more at the end of the second half than at its beginning, by its slope; and the slope itself. */
  grown(): { readonly mb: number; readonly words: string } {
    const half = this.#looks.slice(Math.floor(this.#looks.length / 2));
    const [first, last] = [half[0]?.[0] ?? 0, half.at(-1)?.[0] ?? 0];
    if (half.length < 4) return { mb: 0, words: `${half.length} looks at the heap are too few for a slope` };
    const { slope, from, to } = fitRobustLine(half);
    const sure = Number.isFinite(from) && Number.isFinite(to) ? ` (95 %: ${from.toFixed(3)} to ${to.toFixed(3)})` : "";
    const words = `heap ${half.at(-1)?.[1].toFixed(1)} MB, slope ${slope.toFixed(3)} MB a minute${sure} over ${half.length} looks in the second half`;
    return { mb: slope * (last - first), words };
  }
}
