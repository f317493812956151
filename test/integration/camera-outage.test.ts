import { describe, expect, test } from "vitest";
import { createCameraFeed } from "../../detectors/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { crossroads } from "../support/crossroads.ts";
import { eventually } from "../support/greenwave-service.ts";
import { junctionCamera, junctionRound, junctionVideo, recordingSink } from "../support/junction-camera.ts";
import { missing } from "../support/peers.ts";
import { startRtspServer } from "../support/rtsp-server.ts";

const outage_ms = 20_000;
/** Pictures that were on their way when the server died. */
const underWay_ms = 2000;

describe.skipIf(missing("ffmpeg", "RTSP server", "shared data"))(
  "a camera whose RTSP server is away for 20 seconds",
  () => {
    test("comes back by itself, with the gap recorded and nothing counted twice", async () => {
      const rtsp = await startRtspServer(junctionVideo);
      const sink = recordingSink();
      const camera = junctionCamera();
      const feed = createCameraFeed({ camera, intersection: crossroads, source: rtsp.url, sink, clock: systemClock });
      try {
        await feed.start(new AbortController().signal);
        const counted = () => Promise.resolve(sink.intervals.filter(({ total }) => total > 0).length);
        await eventually("counting", counted, (intervals) => intervals > 0, 60_000);
        expect(feed.status()).toMatchObject({ phase: "live", message: null, gaps: [] });

        await rtsp.stop();
        const stopped_ms = Date.now();
        await systemClock.sleep(outage_ms);
        expect(feed.status().phase).not.toBe("live");
        expect(feed.status().message).toMatch(/camera/);
        expect(feed.status().gaps).toMatchObject([{ to_ms: null }]);
        expect(await feed.still()).toBeNull();

        const restarted_ms = Date.now();
        await rtsp.restart();
        await eventually(
          "coming back",
          () => Promise.resolve(feed.status()),
          ({ phase }) => phase === "live",
          60_000,
        );
        const [gap, ...others] = feed.status().gaps;
        expect(others).toEqual([]);
        expect(gap?.from_ms).toBeLessThanOrEqual(stopped_ms + underWay_ms);
        expect(gap?.to_ms).toBeGreaterThanOrEqual(restarted_ms);
        const backAgain = (start_ms: number) => start_ms >= (gap?.to_ms ?? Number.POSITIVE_INFINITY);
        const countedAgain = () =>
          Promise.resolve(sink.intervals.some(({ start_ms, total }) => backAgain(start_ms) && total > 0));
        await eventually("counting again", countedAgain, (again) => again, 60_000);
        await feed.close("the test is over");

        const { crossings, intervals } = sink;
        const inGap = ({ at_ms }: { readonly at_ms: number }) =>
          at_ms > (gap?.from_ms ?? 0) && at_ms < (gap?.to_ms ?? 0);
        expect(crossings.filter((each) => inGap(each) && each.at_ms > stopped_ms + underWay_ms)).toEqual([]);
        expect(new Set(crossings.map(({ track, direction }) => `${track} ${direction}`)).size).toBe(crossings.length);
        expect(intervals.reduce((sum, { total }) => sum + total, 0)).toBe(crossings.filter(({ lane }) => lane).length);
        expect(new Set(intervals.map(({ start_ms }) => start_ms)).size).toBe(intervals.length);
        const watched_ms = (intervals.at(-1)?.start_ms ?? 0) + 10_000 - (intervals[0]?.start_ms ?? 0) - outage_ms;
        const rounds = Math.ceil(watched_ms / 1000 / junctionRound.length_s) + 1;
        expect(crossings.length).toBeLessThanOrEqual(rounds * (junctionRound.crossings + 1));

        const silent = intervals.filter(
          ({ start_ms }) => start_ms < restarted_ms && start_ms + 10_000 > stopped_ms + underWay_ms,
        );
        expect(silent.length).toBeGreaterThanOrEqual(2);
        expect(silent.map(({ quality }) => quality)).not.toContain("valid");
        expect(silent.reduce((sum, { gap_s }) => sum + gap_s, 0)).toBeGreaterThanOrEqual(
          (outage_ms - underWay_ms) / 1000,
        );
      } finally {
        await feed.close("the test is over");
        await rtsp.stop();
      }
    });
  },
);
