/** Draws one moment: roads on a canvas that only a new view changes, and what moves on another above it. */
import { type Colours, signalColour, speedStep } from "./colours.ts";
import { kinds } from "./kinds.ts";
import type { Moments } from "./moments.ts";
import type { Scene } from "./scene.ts";
import type { Size, View } from "./view.ts";

/** Below so many pixels to a metre vehicles are dots, and marks are left out. */
const dots = 1.2;
const marks = 2.5;
/** From here on glass and brake lights are seen. */
const details = 7;
const dot_px = 2.4;
const mostColours = kinds.length;

export interface Wishes {
  readonly queues: boolean;
  readonly bySpeed: boolean;
  /** Number of the vehicle that is followed, or null. */
  readonly chosen: number | null;
}

function toGround(context: CanvasRenderingContext2D, view: View, size: Size, ratio: number): void {
  const scale = view.scale * ratio;
  context.setTransform(
    scale,
    0,
    0,
    -scale,
    (size.width / 2) * ratio - view.x * scale,
    (size.height / 2) * ratio + view.y * scale,
  );
}

function clear(context: CanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
}

export function drawRoads(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: View,
  size: Size,
  ratio: number,
  colours: Colours,
): void {
  clear(context);
  toGround(context, view, size, ratio);
  context.lineJoin = "round";
  context.fillStyle = colours.road;
  context.strokeStyle = colours.road;
  context.fill(scene.junctions);
  for (const { width_m, path } of scene.roads) {
    // Roads are seen from any height.
    context.lineWidth = Math.max(width_m + 0.1, 1.2 / view.scale);
    context.stroke(path);
  }
  if (view.scale < marks) return;
  context.lineWidth = 0.15;
  context.strokeStyle = colours.side;
  context.stroke(scene.sides);
  context.strokeStyle = colours.divider;
  context.setLineDash([3, 4.5]);
  context.stroke(scene.dividers);
  context.setLineDash([]);
}

export class TrafficPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #scene: Scene;
  readonly #moments: Moments;
  /** Vehicles of each colour in turn, so that colours change seldom. */
  readonly #order: Int32Array;
  readonly #starts = new Int32Array(mostColours + 1);
  readonly #next = new Int32Array(mostColours + 1);

  constructor(context: CanvasRenderingContext2D, scene: Scene, moments: Moments) {
    this.#context = context;
    this.#scene = scene;
    this.#moments = moments;
    this.#order = new Int32Array(moments.kind.length);
  }

  draw(view: View, size: Size, ratio: number, colours: Colours, wishes: Wishes): void {
    clear(this.#context);
    toGround(this.#context, view, size, ratio);
    if (wishes.queues) this.#drawQueues(view, colours);
    const fromAfar = view.scale < marks;
    if (!fromAfar) this.#drawSignals(view, colours);
    this.#drawVehicles(view, size, ratio, colours, wishes);
    // From afar dots would hide what a signal shows.
    if (fromAfar) this.#drawSignals(view, colours);
  }

  /** Along each lane from its last standing vehicle to the line. */
  #drawQueues(view: View, colours: Colours): void {
    const context = this.#context;
    const { paths } = this.#scene;
    const { lanes } = paths;
    context.strokeStyle = colours.queue;
    context.lineCap = "butt";
    for (const [lane, { length_m, width_m }] of lanes.entries()) {
      if ((this.#moments.queued[lane] as number) < 2 || !paths.isDrawn(lane)) continue;
      context.lineWidth = Math.max(width_m * 0.9, 3 / view.scale);
      context.beginPath();
      this.#traceFrom(lane, ((this.#moments.queueFrom_m[lane] as number) * paths.drawn_m(lane)) / length_m);
      context.stroke();
    }
  }

  #traceFrom(lane: number, way: number): void {
    const context = this.#context;
    const { first, xs, ys, along } = this.#scene.paths;
    let begun = false;
    for (let at = (first[lane] as number) + 1; at < (first[lane + 1] as number); at += 1) {
      if ((along[at] as number) <= way) continue;
      if (!begun) {
        const step = (along[at] as number) - (along[at - 1] as number);
        const share = Math.max(0, (way - (along[at - 1] as number)) / step);
        const [x, y] = [xs[at - 1] as number, ys[at - 1] as number];
        context.moveTo(x + ((xs[at] as number) - x) * share, y + ((ys[at] as number) - y) * share);
        begun = true;
      }
      context.lineTo(xs[at] as number, ys[at] as number);
    }
  }

  #drawSignals(view: View, colours: Colours): void {
    const context = this.#context;
    const { shown } = this.#moments;
    context.lineCap = "butt";
    context.lineWidth = Math.max(0.9, 4 / view.scale);
    for (const { signal, letter, x0, y0, x1, y1 } of this.#scene.stopLines) {
      context.strokeStyle = signalColour(shown[signal]?.charAt(letter) ?? "", colours);
      context.beginPath();
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      context.stroke();
    }
  }

  #drawVehicles(view: View, size: Size, ratio: number, colours: Colours, { bySpeed, chosen }: Wishes): void {
    const moments = this.#moments;
    const palette = bySpeed ? colours.speeds : colours.kinds;
    this.#sort(bySpeed, palette.length);
    const half_w = size.width / 2 / view.scale + 20;
    const half_h = size.height / 2 / view.scale + 20;
    for (let colour = 0; colour < palette.length; colour += 1) {
      this.#context.fillStyle = palette[colour] as string;
      for (let at = this.#starts[colour] as number; at < (this.#starts[colour + 1] as number); at += 1) {
        const i = this.#order[at] as number;
        if (Math.abs((moments.x[i] as number) - view.x) > half_w) continue;
        if (Math.abs((moments.y[i] as number) - view.y) > half_h) continue;
        if (view.scale < dots) this.#drawDot(i, view);
        else this.#drawBody(i, view, size, ratio, colours, palette[colour] as string);
      }
    }
    toGround(this.#context, view, size, ratio);
    if (chosen !== null) this.#markChosen(chosen, view, colours);
  }

  /** By colour: vehicles of colour c are `order[starts[c]]` to `order[starts[c + 1] - 1]`. */
  #sort(bySpeed: boolean, colours: number): void {
    const moments = this.#moments;
    const [starts, next] = [this.#starts.fill(0), this.#next];
    const colourOf = (i: number): number =>
      bySpeed ? speedStep(moments.speed[i] as number) : (moments.kind[moments.vehicle[i] as number] as number);
    for (let i = 0; i < moments.count; i += 1) starts[colourOf(i) + 1] = (starts[colourOf(i) + 1] as number) + 1;
    for (let colour = 0; colour < colours; colour += 1) {
      starts[colour + 1] = (starts[colour + 1] as number) + (starts[colour] as number);
    }
    next.set(starts);
    for (let i = 0; i < moments.count; i += 1) {
      const colour = colourOf(i);
      this.#order[next[colour] as number] = i;
      next[colour] = (next[colour] as number) + 1;
    }
  }

  #drawDot(i: number, view: View): void {
    const moments = this.#moments;
    const side = dot_px / view.scale;
    this.#context.fillRect((moments.x[i] as number) - side / 2, (moments.y[i] as number) - side / 2, side, side);
  }

  /** The front's middle is where the vehicle is; its body lies behind. */
  #drawBody(i: number, view: View, size: Size, ratio: number, colours: Colours, colour: string): void {
    const context = this.#context;
    const moments = this.#moments;
    const v = moments.vehicle[i] as number;
    const [length, width] = [moments.length_m[v] as number, moments.width_m[v] as number];
    const scale = view.scale * ratio;
    const [dx, dy] = [(moments.dx[i] as number) * scale, (moments.dy[i] as number) * scale];
    const x = (size.width / 2) * ratio + ((moments.x[i] as number) - view.x) * scale;
    const y = (size.height / 2) * ratio - ((moments.y[i] as number) - view.y) * scale;
    context.setTransform(dx, -dy, -dy, -dx, x, y);
    context.fillRect(-length, -width / 2, length, width);
    if (view.scale < details) return;
    context.fillStyle = colours.glass;
    if (width > 1.2) context.fillRect(-Math.min(2.2, length * 0.42), -width * 0.4, 0.7, width * 0.8);
    else context.fillRect(-length * 0.62, -width * 0.3, length * 0.34, width * 0.6);
    if (moments.slows[i] === 1) {
      context.fillStyle = colours.brake;
      context.fillRect(-length, -width / 2, 0.35, width);
    }
    context.fillStyle = colour;
  }

  #markChosen(vehicle: number, view: View, colours: Colours): void {
    const context = this.#context;
    const moments = this.#moments;
    for (let i = 0; i < moments.count; i += 1) {
      if (moments.vehicle[i] !== vehicle) continue;
      const back = (moments.length_m[vehicle] as number) / 2;
      context.strokeStyle = colours.chosen;
      context.lineWidth = 2 / view.scale;
      context.beginPath();
      const [x, y] = [moments.x[i] as number, moments.y[i] as number];
      const radius = Math.max(back + 1.5, 9 / view.scale);
      context.arc(x - (moments.dx[i] as number) * back, y - (moments.dy[i] as number) * back, radius, 0, 2 * Math.PI);
      context.stroke();
      return;
    }
  }
}
