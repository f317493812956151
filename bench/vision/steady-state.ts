/** The product itself, looking at so many cameras over RTSP: what a camera costs, and how long an event takes. */
import { setTimeout as sleep } from "node:timers/promises";
import type { DetectionSink } from "../../core/ports/detection-feed.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { CameraStreet } from "./camera-street.ts";
import type { Film } from "./film.ts";
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
  /** Null: as many as make the load. */
  readonly cameras: number | null;
  /** Share of the machine that shall be at work. */
  readonly load: number;
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

/** Until a camera that was just added has loaded its network, and how long one then looks at the machine. */
const [settling_s, looking_s] = [6, 4] as const;

async function busyShare(cores: number): Promise<number> {
  const [at_ms, busy_s] = [performance.now(), machineBusy_s()];
  await sleep(looking_s * 1000);
  return ((machineBusy_s() - busy_s) * 1000) / ((performance.now() - at_ms) * cores);
}

/** Adds cameras until one more would be too many: it takes what those before took, their servers and the reader included. */
async function fill(street: CameraStreet, load: number, cores: number): Promise<void> {
  const before = await busyShare(cores);
  for (;;) {
    await street.add();
    await sleep(settling_s * 1000);
    const busy = await busyShare(cores);
    if (busy + (busy - before) / street.cameras > load) return;
  }
}

async function measure(
  street: CameraStreet,
  sink: Listening,
  { look_ms, measure_s, warmUp_s }: SteadyStateOptions,
  cores: number,
): Promise<SteadyState> {
  await sleep(warmUp_s * 1000);
  const { cameras } = street;
  const processes = cameraProcesses();
  const total_s = (): number => processes.reduce((sum, pid) => sum + cpu_s(pid), 0);
  const began = { at_ms: performance.now(), cpu_s: total_s(), busy_s: machineBusy_s(), frames: street.frames };
  street.beginLateness();
  sink.wanted = true;
  // Nothing else happens here meanwhile: whoever reads the memory of ten processes hears events late.
  await sleep(measure_s * 1000);
  sink.wanted = false;
  const passed_s = (performance.now() - began.at_ms) / 1000;
  const lateness_ms = await street.endLateness();
  const sorted = sink.latencies_ms.toSorted((a, b) => a - b);
  return {
    cameras,
    load: (machineBusy_s() - began.busy_s) / (passed_s * cores),
    looks_per_s: (street.frames - began.frames) / passed_s / cameras,
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
    messages: street.messages,
  };
}

export async function steadyState(options: SteadyStateOptions, cores: number): Promise<SteadyState> {
  const sink = new Listening();
  const street = new CameraStreet(options, sink);
  try {
    if (options.cameras === null) await fill(street, options.load, cores);
    else for (let i = 0; i < options.cameras; i += 1) await street.add();
    return await measure(street, sink, options, cores);
  } finally {
    await street.close();
  }
}
