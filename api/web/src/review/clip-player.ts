/**
 * Shows one picture of a clip exactly, or lets it run. A `<video>` tells with `requestVideoFrameCallback` which picture
 * is on the screen; steps that come while it is still looking for one are added up and made together.
 */
import { frameAt, middleOf_s, within } from "./frames.ts";

export interface Showing {
  /** Number of the picture on the screen. */
  readonly frame: number;
  readonly running: "paused" | "forward" | "backward";
  readonly rate: number;
}

const fastest = 4;
const slow = 0.25;

export class ClipPlayer {
  readonly #video: HTMLVideoElement;
  /** When each picture begins. */
  readonly #times_s: readonly number[];
  readonly #tell: (showing: Showing) => void;
  readonly #closing = new AbortController();
  #frame = 0;
  /** Where to once the picture that is being looked for has come. */
  #wanted: number | null = null;
  #backward = false;
  #backwardTimer: ReturnType<typeof setTimeout> | undefined;
  #callback = 0;

  constructor(video: HTMLVideoElement, times_s: readonly number[], tell: (showing: Showing) => void) {
    this.#video = video;
    this.#times_s = times_s;
    this.#tell = tell;
    const { signal } = this.#closing;
    for (const name of ["play", "pause", "ended", "ratechange"]) {
      video.addEventListener(name, () => this.#say(), { signal });
    }
    video.addEventListener("loadedmetadata", () => this.#known(), { signal });
    video.addEventListener("seeked", () => this.#found(), { signal });
    this.#follow();
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#backwardTimer);
    this.#video.cancelVideoFrameCallback(this.#callback);
    this.#video.pause();
  }

  get frames(): number {
    return this.#times_s.length;
  }

  step(by: number): void {
    this.#halt();
    this.#seek((this.#wanted ?? this.#frame) + by);
  }

  toFrame(frame: number): void {
    this.#halt();
    this.#seek(frame);
  }

  toMoment(media_s: number): void {
    this.toFrame(frameAt(this.#times_s, media_s));
  }

  pause(): void {
    this.#halt();
    this.#say();
  }

  playOrPause(): void {
    if (this.#running() === "paused") this.#run(1);
    else this.pause();
  }

  /** Each time faster, up to four times. */
  forward(): void {
    this.#run(this.#running() === "forward" ? Math.min(fastest, this.#video.playbackRate * 2) : 1);
  }

  slowly(): void {
    this.#run(slow);
  }

  backward(): void {
    this.#halt();
    this.#backward = true;
    this.#seek(this.#frame - 1);
  }

  #run(rate: number): void {
    this.#halt();
    if (this.#frame >= this.frames - 1) this.#video.currentTime = 0;
    this.#video.playbackRate = rate;
    // What is stopped again before it began is no failure; a clip that cannot be played says so by its error event.
    this.#video.play().catch(() => this.#say());
  }

  #halt(): void {
    this.#backward = false;
    clearTimeout(this.#backwardTimer);
    this.#video.pause();
  }

  /** Now what was wanted before can be looked for. */
  #known(): void {
    if (this.#wanted !== null) this.#seek(this.#wanted);
  }

  #seek(frame: number): void {
    this.#wanted = within(frame, this.frames);
    const isKnown = this.#video.readyState >= HTMLMediaElement.HAVE_METADATA;
    if (isKnown && !this.#video.seeking) this.#video.currentTime = middleOf_s(this.#times_s, this.#wanted);
  }

  #found(): void {
    this.#shown(this.#video.currentTime);
    if (this.#wanted !== null && this.#wanted !== this.#frame) {
      this.#seek(this.#wanted);
      return;
    }
    this.#wanted = null;
    if (!this.#backward) return;
    if (this.#frame === 0) this.pause();
    else this.#backwardTimer = setTimeout(() => this.#seek(this.#frame - 1), this.#pause_ms());
  }

  /** How long the picture on the screen stands in its own time. */
  #pause_ms(): number {
    const [start_s = 0, end_s = start_s] = this.#times_s.slice(this.#frame, this.#frame + 2);
    return (end_s - start_s) * 1000;
  }

  /** The browser's own word on which picture is on the screen, for as long as there is a clip. */
  #follow(): void {
    this.#callback = this.#video.requestVideoFrameCallback((_now, { mediaTime }) => {
      this.#shown(mediaTime);
      this.#follow();
    });
  }

  #shown(media_s: number): void {
    this.#frame = frameAt(this.#times_s, media_s);
    this.#say();
  }

  #running(): Showing["running"] {
    if (this.#backward) return "backward";
    return this.#video.paused ? "paused" : "forward";
  }

  #say(): void {
    const running = this.#running();
    const rate = running === "forward" ? this.#video.playbackRate : 1;
    this.#tell({ frame: this.#frame, running, rate });
  }
}
