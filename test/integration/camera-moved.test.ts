/** What the watch over a camera's picture says of real streets, and what a feed does about it. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { createCameraFeed } from "../../detectors/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { PictureWatch } from "../../detectors/watch/picture-watch.ts";
import { crossroads } from "../support/crossroads.ts";
import { eventually, temporaryFolder } from "../support/greenwave-service.ts";
import { junctionCamera, junctionVideo, recordingSink } from "../support/junction-camera.ts";
import { missing, sharedFolder } from "../support/peers.ts";

async function judgements(watch: PictureWatch, file: string, from_s: number): Promise<ReadonlySet<string | null>> {
  const said = new Set<string | null>();
  const decoder = new VideoDecoder({ source: file, paced: false, socket_timeout_s: 10 }, "every", systemClock);
  for (;;) {
    const next = await decoder.next();
    if ("problem" in next) break;
    said.add(watch.look({ ...next, arrival_ms: (from_s + next.pts_s) * 1000 }));
    decoder.giveBack(next);
  }
  await decoder.close();
  return said;
}

describe.skipIf(missing("ffmpeg", "shared data"))("real streets", () => {
  test.each(["junction-a", "multilane-highangle", "topdown-carpark"])(
    "such as %s are never taken for moved, dark or frozen",
    async (name) => {
      const watch = new PictureWatch();
      for (let round = 0; round < 4; round += 1) {
        const said = await judgements(watch, `${sharedFolder}data/vision/videos/${name}.mp4`, round * 60);
        expect(said).toEqual(new Set([null]));
      }
    },
  );
});

describe.skipIf(missing("ffmpeg", "shared data"))("a camera that is pushed aside", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  test("says so and counts nothing, until it is turned back", async () => {
    // Rounds of the film: three as it stands, then two seen 50 of 540 pixels further to the right.
    const view = (x: number) => `crop=540:304:${x}:28`;
    const film = join(folder.path, "moved.mp4");
    const rounds = (count: number) => ["-stream_loop", String(count - 1), "-i", junctionVideo];
    const graph = `[0:v]${view(0)}[a];[1:v]${view(50)}[b];[a][b]concat=n=2`;
    const coding = ["-c:v", "libx264", "-preset", "ultrafast"];
    const args = [...rounds(3), ...rounds(2), "-filter_complex", graph, ...coding, film];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", ...args]);

    const sink = recordingSink();
    const clock = systemClock;
    const feed = createCameraFeed({ camera: junctionCamera(), intersection: crossroads, source: film, sink, clock });
    const message = (): Promise<string | null> => Promise.resolve(feed.status().message);
    try {
      await feed.start(new AbortController().signal);
      await eventually(
        "counting",
        () => Promise.resolve(sink.crossings.length),
        (count) => count > 0,
        60_000,
      );
      await eventually("being moved", message, (text) => text?.includes("was moved") === true, 60_000);
      const moved_ms = Date.now();
      expect(feed.status().phase).toBe("live");
      await eventually("being turned back", message, (text) => text === null, 60_000);
      const back_ms = Date.now();
      const whileMoved = sink.crossings.filter(({ at_ms }) => at_ms > moved_ms && at_ms < back_ms - 2000);
      expect(whileMoved).toEqual([]);
      await feed.close("the test is over");
      const within = sink.intervals.filter(({ start_ms }) => start_ms < back_ms && start_ms + 10_000 > moved_ms);
      expect(within.length).toBeGreaterThan(0);
      expect(within.map(({ quality }) => quality)).not.toContain("valid");
    } finally {
      await feed.close("the test is over");
    }
  }, 200_000);
});
