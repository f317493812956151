/**
 * Shows one picture of a clip exactly, or lets it run. A `<video>` tells with `requestVideoFrameCallback` which picture
 * is on the screen; steps that come while it is still looking for one are added up and made together.
 */
import { frameAt, frameCount, middleOf_s, within } from "./frames.ts";

export interface Showing {
  /** Of the picture on the screen. */
  readonly frame: number;
  readonly frames: number;
  readonly media_s: number;
  readonly running: "paused" | "forward" | "backward";
  readonly rate: number;
}

const fastest = 4;
const slow = 0.25;

export class ClipPlayer {
  readonly #video: HTMLVideoElement;
  readonly #frames_per_s: number;
  readonly #tell: (showing: Showing) => void;
  readonly #closing = new AbortController();
  #frame = 0;
  #media_s = 0;
  /** Where to once the picture that is being looked for has come. */
  #wanted: number | null = null;
  #backward = false;
  #backwardTimer: ReturnType<typeof setTimeout> | undefined;
  #callback = 0;

  constructor(video: HTMLVideoElement, frames_per_s: number, tell: (showing: Showing) => void) {
    this.#video = video;
    this.#frames_per_s = frames_per_s;
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
    const { duration } = this.#video;
    return Number.isFinite(duration) ? frameCount(duration, this.#frames_per_s) : 1;
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
    this.toFrame(frameAt(media_s, this.#frames_per_s));
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

  /** Now the clip's length is known, and what was wanted before can be looked for. */
  #known(): void {
    this.#say();
    if (this.#wanted !== null) this.#seek(this.#wanted);
  }

  #seek(frame: number): void {
    const isKnown = this.#video.readyState >= HTMLMediaElement.HAVE_METADATA;
    this.#wanted = isKnown ? within(frame, this.frames) : frame;
    if (isKnown && !this.#video.seeking) this.#video.currentTime = middleOf_s(this.#wanted, this.#frames_per_s);
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
    else this.#backwardTimer = setTimeout(() => this.#seek(this.#frame - 1), 1000 / this.#frames_per_s);
  }

  /** The browser's own word on which picture is on the screen, for as long as there is a clip. */
  #follow(): void {
    this.#callback = this.#video.requestVideoFrameCallback((_now, { mediaTime }) => {
      // Half a picture later, so that a time which is rounded down does not name the picture before.
      this.#shown(mediaTime + 0.5 / this.#frames_per_s);
      this.#follow();
    });
  }

  #shown(media_s: number): void {
    this.#frame = within(frameAt(media_s, this.#frames_per_s), this.frames);
    this.#media_s = this.#frame / this.#frames_per_s;
    this.#say();
  }

  #running(): Showing["running"] {
    if (this.#backward) return "backward";
    return this.#video.paused ? "paused" : "forward";
  }

  #say(): void {
    const running = this.#running();
    const rate = running === "forward" ? this.#video.playbackRate : 1;
    this.#tell({ frame: this.#frame, frames: this.frames, media_s: this.#media_s, running, rate });
  }
}
