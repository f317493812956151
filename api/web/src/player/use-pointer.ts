/** Mouse, pen and fingers on the picture: dragging moves it, the wheel and two fingers zoom, a point tells what is there. */
import { useEffect } from "preact/hooks";
import type { Stage } from "./stage.ts";

const wheelStep = 0.0015;
/** A press that moves no farther is a click. */
const click_px = 4;

interface Finger {
  x: number;
  y: number;
}

class Hands {
  readonly #fingers = new Map<number, Finger>();
  readonly #frame: HTMLElement;
  readonly #stage: Stage;
  readonly #look: (px: number, py: number, keep: boolean) => void;
  #way_px = 0;

  constructor(frame: HTMLElement, stage: Stage, look: (px: number, py: number, keep: boolean) => void) {
    this.#frame = frame;
    this.#stage = stage;
    this.#look = look;
  }

  #place(event: MouseEvent): Finger {
    const { left, top } = this.#frame.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  readonly down = (event: PointerEvent): void => {
    if (this.#fingers.size === 0) this.#way_px = 0;
    this.#fingers.set(event.pointerId, this.#place(event));
    this.#frame.setPointerCapture(event.pointerId);
  };

  readonly move = (event: PointerEvent): void => {
    const now = this.#place(event);
    const before = this.#fingers.get(event.pointerId);
    if (before === undefined) {
      this.#look(now.x, now.y, false);
      return;
    }
    const other = [...this.#fingers].find(([id]) => id !== event.pointerId)?.[1];
    this.#way_px += Math.hypot(now.x - before.x, now.y - before.y);
    if (other !== undefined) {
      const spread = (finger: Finger): number => Math.max(1, Math.hypot(finger.x - other.x, finger.y - other.y));
      this.#stage.zoom(spread(now) / spread(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      this.#stage.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else if (this.#way_px > click_px) this.#stage.pan(now.x - before.x, now.y - before.y);
    Object.assign(before, now);
  };

  readonly up = (event: PointerEvent): void => {
    const known = this.#fingers.delete(event.pointerId);
    if (!known || this.#fingers.size > 0 || this.#way_px > click_px) return;
    const { x, y } = this.#place(event);
    this.#look(x, y, true);
  };

  readonly wheel = (event: WheelEvent): void => {
    event.preventDefault();
    const { x, y } = this.#place(event);
    this.#stage.zoom(Math.exp(-event.deltaY * wheelStep), x, y);
  };
}

export function usePointer(
  frame: { readonly current: HTMLElement | null },
  stage: Stage | null,
  look: (px: number, py: number, keep: boolean) => void,
): void {
  useEffect(() => {
    const element = frame.current;
    if (element === null || stage === null) return undefined;
    const hands = new Hands(element, stage, look);
    const stop = new AbortController();
    const { signal } = stop;
    element.addEventListener("pointerdown", hands.down, { signal });
    element.addEventListener("pointermove", hands.move, { signal });
    element.addEventListener("pointerup", hands.up, { signal });
    element.addEventListener("pointercancel", hands.up, { signal });
    element.addEventListener("wheel", hands.wheel, { signal, passive: false });
    return () => stop.abort();
  }, [frame, stage, look]);
}
