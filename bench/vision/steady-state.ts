/** The product itself, looking at so many cameras over RTSP: what a camera costs, and how long an event takes. */
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { loadSite } from "../../api/site/load.ts";
import type { DetectionFeed, DetectionSink } from "../../core/ports/detection-feed.ts";
import { type Camera, createCameraFeed } from "../../detectors/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { type SoftwareCamera, startCamera } from "./cameras.ts";
import type { Film } from "./film.ts";
import { Lateness } from "./lateness.ts";
import { cpu_s, machineBusy_s, memory_mb, tree } from "./process-figures.ts";
import { percentile } from "./statistics.ts";

export interface SteadyState {
  readonly cameras: number;
  /** Share of all cores that worked, the servers' work included. */
  readonly load: number;
  readonly looks_per_s: number;
  readonly cpu_s_per_camera_minute: number;
  /** Of the largest, when all was measured. */
  readonly memory_mb_per_camera: number;
  /** From a decoded picture's arrival to the event that it led to, in the main process. */
  readonly event_ms: { readonly p50: number; readonly p99: number };
  /** The same without what inference takes on a core of its own. */
  readonly added_p99_ms: number;
  /** How much later than at best one more camera's pictures come out of the decoder: they wait for a processor there too. */
  readonly late_p99_ms: number;
  readonly events: number;
  readonly crossings: number;
  /** What feeds say that is not well. */
  readonly messages: readonly string[];
}

export interface SteadyStateOptions {
  readonly root: string;
  readonly film: Film;
  readonly cameras: number;
  readonly frames_per_s: number;
  /** What inference alone takes. */
  readonly look_ms: number;
  readonly warmUp_s: number;
  readonly measure_s: number;
}

class Listening implements DetectionSink {
  readonly latencies_ms: number[] = [];
  crossings = 0;
  wanted = false;

  view({ at_ms }: { readonly at_ms: number }): void {
    if (this.wanted) this.latencies_ms.push(systemClock.nowMs() - at_ms);
  }
  crossing(): void {
    if (this.wanted) this.crossings += 1;
  }
  status(): void {}
  detectorEvent(): void {}
  movement(): void {}
  sightings(): void {}
  async flowInterval(): Promise<void> {}
  async movementInterval(): Promise<void> {}
}

/** Camera processes are the bench's children that run our entry file; a camera's ffmpeg is below it. */
const cameraProcesses = (): readonly number[] =>
  tree(process.pid)
    .filter(({ parent, command }) => parent === process.pid && command.includes("camera.child"))
    .map(({ pid }) => pid);

async function feedsOf(options: SteadyStateOptions, servers: readonly SoftwareCamera[], sink: DetectionSink) {
  const site = await loadSite(join(options.root, "docs", "sample-site.yaml"));
  if (!site.ok) throw new Error("the sample site does not load");
  const { cameras, intersections } = site.value.site;
  const [camera, intersection] = [cameras[0], intersections[0]];
  if (camera === undefined || intersection === undefined) throw new Error("the sample site has no camera");
  const line = { id: "stop-line", lane: "ntp-eb-1", from: [0.16, 0.69], to: [0.69, 0.69], direction: "both" } as const;
  return servers.map(({ url }, i) => {
    const lines: Camera["lines"] = [{ ...line, from: [...line.from], to: [...line.to] }];
    const own: Camera = { ...camera, id: `camera-${i + 1}`, lines, frames_per_s: options.frames_per_s };
    return createCameraFeed({ camera: own, intersection, source: url, sink, clock: systemClock });
  });
}

const framesOf = (feeds: readonly DetectionFeed[]): number =>
  feeds.reduce((sum, feed) => sum + feed.status().frames, 0);

async function measure(
  feeds: readonly DetectionFeed[],
  sink: Listening,
  { cameras, look_ms, measure_s, warmUp_s }: SteadyStateOptions,
  url: string,
  cores: number,
): Promise<SteadyState> {
  await sleep(warmUp_s * 1000);
  const processes = cameraProcesses();
  const total_s = (): number => processes.reduce((sum, pid) => sum + cpu_s(pid), 0);
  const began = { at_ms: performance.now(), cpu_s: total_s(), busy_s: machineBusy_s(), frames: framesOf(feeds) };
  const lateness = new Lateness(url);
  sink.wanted = true;
  // Nothing else happens here meanwhile: whoever reads the memory of ten processes hears events late.
  await sleep(measure_s * 1000);
  sink.wanted = false;
  const passed_s = (performance.now() - began.at_ms) / 1000;
  const lateness_ms = await lateness.stop();
  const sorted = sink.latencies_ms.toSorted((a, b) => a - b);
  return {
    cameras,
    load: (machineBusy_s() - began.busy_s) / (passed_s * cores),
    looks_per_s: (framesOf(feeds) - began.frames) / passed_s / cameras,
    cpu_s_per_camera_minute: (((total_s() - began.cpu_s) / passed_s) * 60) / cameras,
    memory_mb_per_camera: Math.max(...processes.map(memory_mb)),
    event_ms: { p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) },
    added_p99_ms: Math.max(0, percentile(sorted, 0.99) - look_ms),
    late_p99_ms: percentile(
      lateness_ms.toSorted((a, b) => a - b),
      0.99,
    ),
    events: sorted.length,
    crossings: sink.crossings,
    messages: feeds.flatMap((feed) => feed.status().message ?? []),
  };
}

export async function steadyState(options: SteadyStateOptions, cores: number): Promise<SteadyState> {
  const servers: SoftwareCamera[] = [];
  const sink = new Listening();
  let feeds: readonly DetectionFeed[] = [];
  try {
    for (let i = 0; i < options.cameras; i += 1) servers.push(await startCamera(options.root, options.film.round));
    feeds = await feedsOf(options, servers, sink);
    const stop = new AbortController();
    await Promise.all(feeds.map((feed) => feed.start(stop.signal)));
    return await measure(feeds, sink, options, servers[0]?.url ?? "", cores);
  } finally {
    await Promise.all(feeds.map((feed) => feed.close("measured")));
    await Promise.all(servers.map((server) => server.stop()));
  }
}
