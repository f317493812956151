/**
 * A camera watched for long: memory is flat. An hour as a campaign (`GREENWAVE_SOAK_S` says otherwise); half a minute in the
 * normal suite, which only shows that the campaign works.
 */
import { afterEach, describe, expect, it } from "vitest";
import { CameraHost, type HostSample } from "../support/camera-host.ts";
import { eventually } from "../support/greenwave-service.ts";
import { junctionCamera, junctionVideo } from "../support/junction-camera.ts";
import { fitRobustLine, type RobustFit } from "../support/line-fit.ts";
import { missing } from "../support/peers.ts";
import { startRtspServer } from "../support/rtsp-server.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const length_s = Number(process.env["GREENWAVE_SOAK_S"] ?? (full ? 3600 : 25));
const every_ms = full ? 5000 : 2000;
/** Until heaps and caches have found their size: of an hour, the last two thirds are judged. */
const warmUp_share = 1 / 3;
/** The promise, in kB. */
const most_kb_per_hour = 1024;
const hour_ms = 3_600_000;
/**
 * Neighbouring samples are alike: a heap grows until it is swept. Means of a minute are nearly independent of each other,
 * as the interval of a slope wants it.
 */
const together_ms = full ? 60_000 : 4000;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

type Part = keyof HostSample["memory_kb"];
type Point = readonly [at_ms: number, kb: number];

/** One mean for each stretch of time. */
function thinned(points: readonly Point[]): readonly Point[] {
  const groups = new Map<number, Point[]>();
  for (const point of points) {
    const group = Math.floor(point[0] / together_ms);
    groups.set(group, [...(groups.get(group) ?? []), point]);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
  return [...groups.values()].map((group) => [mean(group.map(([x]) => x)), mean(group.map(([, y]) => y))]);
}

function slope_kb_per_hour(points: readonly Point[]): RobustFit {
  return fitRobustLine(thinned(points).map(([at_ms, kb]) => [at_ms / hour_ms, kb]));
}

describe.skipIf(missing("ffmpeg", "RTSP server", "shared data"))("a camera watched for long", () => {
  it(`uses no more memory after ${length_s} s than before`, { timeout: length_s * 1000 + 180_000 }, async () => {
    const rtsp = await startRtspServer(junctionVideo);
    closers.push(() => rtsp.stop());
    const seen = { live: false };
    const host = new CameraHost([{ camera: junctionCamera(), source: rtsp.url }], ({ phase, frames_per_s }) => {
      seen.live = phase === "live" && frames_per_s > 0;
    });
    closers.push(() => host.kill());
    const live = (): Promise<boolean> => Promise.resolve(seen.live);
    await eventually("a live camera", live, (is) => is, 60_000);

    const samples: { at_ms: number; sample: HostSample }[] = [];
    const began_ms = Date.now();
    while (Date.now() - began_ms < length_s * 1000) {
      await pause(every_ms);
      samples.push({ at_ms: Date.now() - began_ms, sample: host.sample() });
    }
    const [first, last] = [samples[0]?.sample, samples.at(-1)?.sample];
    process.stderr.write(`first ${JSON.stringify(first)}\nlast  ${JSON.stringify(last)}\n`);
    expect(seen.live).toBe(true);
    expect(last).toMatchObject({ cameras: 1, ffmpegs: 1, others: [], zombies: 0, handles: first?.handles });

    const settled = samples.filter(({ at_ms }) => at_ms > length_s * 1000 * warmUp_share);
    for (const part of ["main", "cameras", "ffmpeg"] satisfies Part[]) {
      const line = slope_kb_per_hour(settled.map(({ at_ms, sample }) => [at_ms, sample.memory_kb[part]]));
      const [slope, from, to] = [line.slope, line.from, line.to].map(Math.round);
      process.stderr.write(`${part}: ${slope} kB an hour (${from} to ${to}) in the last two thirds of ${length_s} s\n`);
      if (full) expect.soft(line.slope, `kB an hour of ${part}`).toBeLessThan(most_kb_per_hour);
    }
    expect(await host.close()).toBe(0);
  });
});
