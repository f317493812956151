/** The sheet of a time-space diagram: margins, scales, and numbers and texts as SVG wants them. */
import type { ShownSignal, TimeSpacePicture } from "./picture.ts";

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly shown_s: number;
  x(at_s: number): number;
}

const margin = { left: 190, right: 110, top: 64, bottom: 108 } as const;
/** The names of two signals do not touch at this distance. */
const LEAST_GAP_PX = 28;
const USUAL_GAP_PX = 75;
/** Streets longer than this are drawn tighter. */
const USUAL_HEIGHT_PX = 6000;

export function frameOf({ signals, cycle_s }: TimeSpacePicture, cycles: number, width: number): Frame {
  const shown_s = cycles * cycle_s;
  const [left, right, top] = [margin.left, width - margin.right, margin.top];
  const links = signals.length - 1;
  const gap = Math.max(LEAST_GAP_PX, Math.min(USUAL_GAP_PX, USUAL_HEIGHT_PX / Math.max(1, links)));
  const bottom = Math.round(top + Math.max(160, links * gap));
  const x = (at_s: number): number => left + ((right - left) * at_s) / shown_s;
  return { width, height: bottom + margin.bottom, left, right, top, bottom, shown_s, x };
}

/** Of each signal, the first at the bottom; true to scale but for signals that would cover one another. */
export function heights(signals: readonly ShownSignal[], { top, bottom }: Frame): readonly number[] {
  const gaps = signals.slice(1).map(({ at_m }, i) => Math.max(0, at_m - (signals[i]?.at_m ?? 0)));
  const spare = bottom - top - LEAST_GAP_PX * gaps.length;
  const length_m = gaps.reduce((sum, gap) => sum + gap, 0);
  // Every gap gets the least it needs and a share of the rest, when the street to scale would be too tight.
  const scale = length_m > 0 ? (bottom - top) / length_m : 0;
  const tight = gaps.some((gap) => gap * scale < LEAST_GAP_PX);
  const drawn = gaps.map((gap) => (tight ? LEAST_GAP_PX + (length_m > 0 ? (spare * gap) / length_m : 0) : gap * scale));
  const all = [bottom];
  for (const gap of drawn) all.push((all.at(-1) ?? bottom) - gap);
  return all;
}

/** Round seconds, a dozen or fewer. */
export function ticks(shown_s: number): readonly number[] {
  const step = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600].find((one) => shown_s / one <= 12) ?? 3600;
  return Array.from({ length: Math.floor(shown_s / step + 1e-9) + 1 }, (_, k) => k * step);
}

/** At most two decimals. */
export const number = (value: number): string => String(Math.round(value * 100) / 100);

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const printable = (letter: string): boolean => letter >= " " && letter < "\ufffe";

/** As text of SVG: what XML cannot hold is left out. */
export const text = (value: string): string =>
  [...value]
    .filter(printable)
    .map((letter) => entities[letter] ?? letter)
    .join("");
