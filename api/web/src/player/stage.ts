/** The picture's life: two canvases, a view, a playback, and one drawing an animation frame while something changed. */
import type { Replay } from "../../../../core/replay/decode.ts";
import { type Colours, coloursOf } from "./colours.ts";
import { drawRoads, TrafficPainter, type Wishes } from "./draw.ts";
import { Moments } from "./moments.ts";
import { type Picked, picked } from "./picking.ts";
import { advanced, type Playback } from "./playback.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { fitted, groundAt, moved, type Size, type View, zoomed } from "./view.ts";

const mostPassed_s = 0.25;

export interface StageParts {
  readonly roads: HTMLCanvasElement;
  readonly traffic: HTMLCanvasElement;
}

/** Told after each drawing. */
export type Drawn = (playback: Playback, moments: Moments, view: View) => void;

export class Stage {
  readonly moments: Moments;
  readonly #scene: Scene;
  readonly #parts: StageParts;
  readonly #painter: TrafficPainter;
  readonly #roads: CanvasRenderingContext2D;
  readonly #drawn: Drawn;
  #colours: Colours;
  #size: Size = { width: 1, height: 1 };
  #ratio = 1;
  #view: View;
  #untouched = true;
  #playback: Playback;
  #wishes: Wishes = { queues: true, bySpeed: false, chosen: null };
  #frame = 0;
  #last_ms: number | null = null;
  #roadsStale = true;

  constructor(replay: Replay, parts: StageParts, drawn: Drawn) {
    const contextOf = (canvas: HTMLCanvasElement): CanvasRenderingContext2D => {
      const context = canvas.getContext("2d");
      if (context === null) throw new Error("this browser draws no canvas");
      return context;
    };
    this.#parts = parts;
    this.#drawn = drawn;
    this.#scene = sceneOf(replay);
    this.moments = new Moments(replay, this.#scene.paths);
    this.#roads = contextOf(parts.roads);
    this.#painter = new TrafficPainter(contextOf(parts.traffic), this.#scene, this.moments);
    this.#colours = coloursOf(parts.traffic);
    this.#view = fitted(this.#scene.bounds, this.#size);
    const length_s = Math.max(0, replay.frames - 1) * replay.header.frame_s;
    this.#playback = { at_s: 0, length_s, playing: false, pace: 1 };
    this.moments.show(0);
  }

  change(how: (playback: Playback) => Playback): void {
    this.#playback = how(this.#playback);
    this.#ask();
  }

  wish(wishes: Partial<Wishes>): void {
    this.#wishes = { ...this.#wishes, ...wishes };
    this.#ask();
  }

  /** Size of the picture on the page in CSS pixels. */
  resize(size: Size, ratio: number): void {
    this.#size = size;
    this.#ratio = ratio;
    for (const canvas of [this.#parts.roads, this.#parts.traffic]) {
      canvas.width = Math.round(size.width * ratio);
      canvas.height = Math.round(size.height * ratio);
    }
    if (this.#untouched) this.#view = fitted(this.#scene.bounds, size);
    this.#seeAnew();
  }

  recolour(): void {
    this.#colours = coloursOf(this.#parts.traffic);
    this.#seeAnew();
  }

  pan(right_px: number, down_px: number): void {
    this.#untouched = false;
    this.#view = moved(this.#view, right_px, down_px);
    this.#seeAnew();
  }

  /** About a pixel; the picture's middle unless said. */
  zoom(factor: number, px = this.#size.width / 2, py = this.#size.height / 2): void {
    this.#untouched = false;
    this.#view = zoomed(this.#view, this.#size, factor, px, py);
    this.#seeAnew();
  }

  fit(): void {
    this.#untouched = true;
    this.#view = fitted(this.#scene.bounds, this.#size);
    this.#seeAnew();
  }

  at(px = this.#size.width / 2, py = this.#size.height / 2): Picked | null {
    const [x, y] = groundAt(this.#view, this.#size, px, py);
    return picked(this.#scene, this.moments, x, y, this.#view.scale);
  }

  close(): void {
    cancelAnimationFrame(this.#frame);
  }

  #seeAnew(): void {
    this.#roadsStale = true;
    this.#ask();
  }

  #ask(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now_ms) => this.#draw(now_ms));
  }

  #draw(now_ms: number): void {
    this.#frame = 0;
    if (this.#playback.playing && this.#last_ms !== null) {
      // A page that was out of sight goes on where it stood.
      const passed_s = Math.min(mostPassed_s, (now_ms - this.#last_ms) / 1000);
      this.#playback = advanced(this.#playback, passed_s);
    }
    this.#last_ms = this.#playback.playing ? now_ms : null;
    this.moments.show(this.#playback.at_s);
    if (this.#roadsStale) drawRoads(this.#roads, this.#scene, this.#view, this.#size, this.#ratio, this.#colours);
    this.#roadsStale = false;
    this.#painter.draw(this.#view, this.#size, this.#ratio, this.#colours, this.#wishes);
    this.#drawn(this.#playback, this.moments, this.#view);
    if (this.#playback.playing) this.#ask();
  }
}
