/** Whether the heap grows with what is done: looks after garbage collection, and the slope through those of the second half. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fitRobustLine } from "./line-fit.ts";

setFlagsFromString("--expose-gc");
export const collectGarbage = runInNewContext("gc") as () => void;

const MB = 2 ** 20;
const MINUTES_MS = 60_000;
/** Looks are kept outside the heap that they measure: as objects they would be taken for what grows. */
const MOST_LOOKS = 2 ** 16;

export class HeapSlope {
  readonly #minutes = new Float64Array(MOST_LOOKS);
  readonly #mb = new Float64Array(MOST_LOOKS);
  #looks = 0;
  readonly #began_ms = performance.now();

  look(): void {
    collectGarbage();
    if (this.#looks === MOST_LOOKS) throw new Error(`more than ${MOST_LOOKS} looks at the heap`);
    this.#minutes[this.#looks] = (performance.now() - this.#began_ms) / MINUTES_MS;
    this.#mb[this.#looks] = process.memoryUsage().heapUsed / MB;
    this.#looks += 1;
  }

  /** Megabytes more at the end of the second half than at its beginning, by its slope; and the slope itself. */
  grown(): { readonly mb: number; readonly words: string } {
    const begin = Math.floor(this.#looks / 2);
    const mb = this.#mb.subarray(begin, this.#looks);
    const half = [...this.#minutes.subarray(begin, this.#looks)].map((at, i) => [at, mb[i] ?? 0] as const);
    const [first, last] = [half[0]?.[0] ?? 0, half.at(-1)?.[0] ?? 0];
    if (half.length < 4) return { mb: 0, words: `${half.length} looks at the heap are too few for a slope` };
    const { slope, from, to } = fitRobustLine(half);
    const sure = Number.isFinite(from) && Number.isFinite(to) ? ` (95 %: ${from.toFixed(3)} to ${to.toFixed(3)})` : "";
    const words = `heap ${half.at(-1)?.[1].toFixed(1)} MB, slope ${slope.toFixed(3)} MB a minute${sure} over ${half.length} looks in the second half`;
    return { mb: slope * (last - first), words };
  }
}
