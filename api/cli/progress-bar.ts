/** A bar on a terminal for work that takes a while: rewritten in place, gone when the work is done. Nothing elsewhere. */

export interface ProgressBar {
  /** 0 to 1. */
  to(share: number): void;
  /** Takes the bar away until the next share, so that a line can be said. */
  clear(): void;
}

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const cells = 30;
/** Shorter work needs none. */
const after_ms = 2000;
/** Back to the line's start, and all of it gone (ECMA-48, EL). */
const clearLine = "\r\u001b[2K";

export function progressBar(screen: Screen, now_ms: () => number): ProgressBar {
  const began_ms = now_ms();
  let [shown, percent] = [false, -1];
  const clear = (): void => {
    if (shown) screen.write(clearLine);
    [shown, percent] = [false, -1];
  };
  const to = (share: number): void => {
    const for_ms = now_ms() - began_ms;
    const next = Math.floor(100 * Math.min(1, share));
    if (screen.isTTY !== true || for_ms < after_ms || next === percent) return;
    percent = next;
    shown = true;
    const done = Math.round((cells * next) / 100);
    const left_s = share > 0 ? Math.ceil((for_ms * (1 - share)) / share / 1000) : 0;
    const bar = "#".repeat(done) + ".".repeat(cells - done);
    screen.write(`${clearLine}[${bar}] ${String(next).padStart(3)} %, about ${left_s} s left`);
  };
  return { to, clear };
}
