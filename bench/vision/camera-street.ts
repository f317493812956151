/** Cameras over RTSP and the product's feeds that watch them; one more reader of the first only notes how late its pictures are. */
import { join } from "node:path";
import { loadSite } from "../../api/site/load.ts";
import type { DetectionFeed, DetectionSink } from "../../core/ports/detection-feed.ts";
import { type Camera, createCameraFeed } from "../../detectors/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { type SoftwareCamera, startCamera } from "./cameras.ts";
import type { Film } from "./film.ts";
import { Lateness } from "./lateness.ts";

interface StreetOptions {
  readonly root: string;
  readonly film: Film;
  readonly frames_per_s: number;
}

const line = { id: "stop-line", lane: "ntp-eb-1", from: [0.16, 0.69], to: [0.69, 0.69], direction: "both" } as const;

export class CameraStreet {
  readonly #options: StreetOptions;
  readonly #sink: DetectionSink;
  readonly #servers: SoftwareCamera[] = [];
  readonly #feeds: DetectionFeed[] = [];
  readonly #stop = new AbortController();
  #lateness: Lateness | null = null;

  constructor(options: StreetOptions, sink: DetectionSink) {
    this.#options = options;
    this.#sink = sink;
  }

  get cameras(): number {
    return this.#feeds.length;
  }

  /** Pictures looked at so far. */
  get frames(): number {
    return this.#feeds.reduce((sum, feed) => sum + feed.status().frames, 0);
  }

  /** What feeds say that is not well. */
  get messages(): readonly string[] {
    return this.#feeds.flatMap((feed) => feed.status().message ?? []);
  }

  /** Rejects where GStreamer's RTSP server is not installed. */
  async add(): Promise<void> {
    const { root, film, frames_per_s } = this.#options;
    const server = await startCamera(root, film.round);
    this.#servers.push(server);
    const site = await loadSite(join(root, "docs", "sample-site.yaml"));
    if (!site.ok) throw new Error("the sample site does not load");
    const [camera, intersection] = [site.value.site.cameras[0], site.value.site.intersections[0]];
    if (camera === undefined || intersection === undefined) throw new Error("the sample site has no camera");
    const lines: Camera["lines"] = [{ ...line, from: [...line.from], to: [...line.to] }];
    const own: Camera = { ...camera, id: `camera-${this.cameras + 1}`, lines, frames_per_s };
    const options = { camera: own, intersection, source: server.url, sink: this.#sink, clock: systemClock };
    const feed = createCameraFeed(options);
    this.#feeds.push(feed);
    this.#lateness ??= new Lateness(server.url);
    await feed.start(this.#stop.signal);
  }

  /** Only what comes from now on counts. */
  beginLateness(): void {
    this.#lateness?.begin();
  }

  async endLateness(): Promise<readonly number[]> {
    const lateness = this.#lateness;
    this.#lateness = null;
    return (await lateness?.stop()) ?? [];
  }

  async close(): Promise<void> {
    await this.endLateness();
    await Promise.all(this.#feeds.map((feed) => feed.close("measured")));
    await Promise.all(this.#servers.map((server) => server.stop()));
  }
}
