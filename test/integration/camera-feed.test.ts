import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { DetectionFeed } from "../../core/ports/detection-feed.ts";
import { countVideo, createCameraFeed } from "../../detectors/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { crossroads } from "../support/crossroads.ts";
import { eventually, temporaryFolder } from "../support/greenwave-service.ts";
import { junctionCamera, junctionVideo, recordingSink } from "../support/junction-camera.ts";
import { missing } from "../support/peers.ts";
import { descendants, isRunning } from "../support/processes.ts";
import { startRtspServer } from "../support/rtsp-server.ts";

const never = new AbortController().signal;

const feedOf = (source: string, sink = recordingSink()): DetectionFeed =>
  createCameraFeed({ camera: junctionCamera(), intersection: crossroads, source, sink, clock: systemClock });

const liveAgain = (feed: DetectionFeed, frames = 0) =>
  eventually(
    "a live picture",
    () => Promise.resolve(feed.status()),
    (status) => status.phase === "live" && status.frames > frames,
    60_000,
  );

const visionProcesses = (pid = process.pid) => {
  const all = descendants(pid);
  const of = (name: RegExp) => all.filter(({ command }) => name.test(command)).map((each) => each.pid);
  return { camera: of(/camera\.child\.js/), ffmpeg: of(/^ffmpeg /) };
};

const allGone = (pids: readonly number[]) =>
  eventually(
    "their end",
    () => Promise.resolve(pids.filter(isRunning)),
    (left) => left.length === 0,
    30_000,
  );

describe.skipIf(missing("ffmpeg", "RTSP server", "shared data"))("a camera over RTSP", () => {
  test("gives flow intervals, detector events, boxes and a small picture, and leaves nothing behind", async () => {
    const rtsp = await startRtspServer(junctionVideo);
    const sink = recordingSink();
    const feed = feedOf(rtsp.url, sink);
    try {
      expect(await feed.still()).toBeNull();
      await feed.start(never);
      await liveAgain(feed);
      const full = () => Promise.resolve(sink.intervals.filter(({ quality }) => quality !== "missing"));
      // On a busy machine a whole window can pass with every vehicle between two looked-at pictures: traffic goes on.
      const counted = (told: typeof sink.intervals) => told.length >= 2 && told.slice(1).some(({ total }) => total > 0);
      const intervals = await eventually("two intervals, and vehicles after the first", full, counted, 60_000);
      for (const interval of intervals) {
        expect(interval.start_ms % 10_000).toBe(0);
        expect(interval).toMatchObject({ lane: "n-through", feed: "camera-junction", origin: "camera", length_s: 10 });
      }
      expect(intervals[0]?.quality).toBe("partial");
      expect(sink.events[0]).toMatchObject({ intersection: crossroads.id, channel: 2, on: true, origin: "camera" });
      const boxes = sink.views.flatMap(({ tracks }) => tracks.map(({ box }) => box));
      expect(boxes.length).toBeGreaterThan(0);
      expect(boxes.flat().every((side) => side >= 0 && side <= 1)).toBe(true);
      const still = await feed.still();
      expect([...(still ?? []).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);
      const { camera, ffmpeg } = visionProcesses();
      expect([camera.length, ffmpeg.length]).toEqual([1, 1]);

      await feed.close("the test is over");
      await feed.close("again");
      expect([...camera, ...ffmpeg].filter(isRunning)).toEqual([]);
      expect(visionProcesses()).toEqual({ camera: [], ffmpeg: [] });
      expect(feed.status().phase).toBe("stopped");
      expect(sink.statuses.at(-1)?.phase).toBe("stopped");
      expect(sink.events.filter(({ on }) => on)).toHaveLength(sink.events.filter(({ on }) => !on).length);
    } finally {
      await feed.close("the test is over");
      await rtsp.stop();
    }
  });

  test("whose process is killed goes on in a new one, with the gap recorded and no window told twice", async () => {
    const sink = recordingSink();
    const feed = feedOf(junctionVideo, sink);
    try {
      await feed.start(never);
      const before = await liveAgain(feed);
      const [camera] = visionProcesses().camera;
      const { ffmpeg } = visionProcesses();
      process.kill(camera ?? 0, "SIGKILL");
      const dead = () => Promise.resolve(sink.statuses.find(({ phase }) => phase === "backing_off"));
      const status = await eventually("a report of the death", dead, (report) => report !== undefined, 10_000);
      expect(status?.message).toMatch(/vision process of camera-junction stopped \(signal SIGKILL\)/);
      const after = await liveAgain(feed, before.frames);
      expect(after.gaps).toHaveLength(1);
      expect(after.gaps[0]?.to_ms).toBeGreaterThan(after.gaps[0]?.from_ms ?? 0);
      await allGone(ffmpeg);
      await eventually(
        "an interval seen whole",
        () => Promise.resolve(sink.intervals.at(-1)),
        (interval) => (interval?.start_ms ?? 0) > (after.gaps[0]?.to_ms ?? 0),
        60_000,
      );
      await feed.close("the test is over");
      expect(new Set(sink.intervals.map(({ start_ms }) => start_ms)).size).toBe(sink.intervals.length);
      const cut = sink.intervals.find(({ start_ms }) => start_ms + 10_000 > (after.gaps[0]?.from_ms ?? 0));
      expect(cut?.quality).not.toBe("valid");
    } finally {
      await feed.close("the test is over");
    }
  });

  test("that falls silent without closing its connection is stalled, and live again when it speaks", async () => {
    const rtsp = await startRtspServer(junctionVideo);
    const sink = recordingSink();
    const feed = feedOf(rtsp.url, sink);
    try {
      await feed.start(never);
      const before = await liveAgain(feed);
      rtsp.freeze();
      const stalled = () => Promise.resolve(sink.statuses.find(({ phase }) => phase === "stalled"));
      const status = await eventually("a stall", stalled, (report) => report !== undefined, 30_000);
      expect(status?.message).toMatch(/^No new picture from rtsp:\/\/127\.0\.0\.1:\d+\/camera for 4 s/);
      const silent = () => Promise.resolve(sink.statuses.find(({ message }) => /does not answer/.test(message ?? "")));
      await eventually("a try without an answer", silent, (report) => report !== undefined, 60_000);
      rtsp.thaw();
      const after = await liveAgain(feed, before.frames);
      expect(after.gaps).toHaveLength(1);
    } finally {
      await feed.close("the test is over");
      await rtsp.stop();
    }
  });

  test("that is closed while it is still being opened leaves nothing behind", async () => {
    const feed = feedOf("rtsp://127.0.0.1:9/camera");
    await feed.start(never);
    expect(visionProcesses().camera).toHaveLength(1);
    await feed.close("the test is over");
    expect(visionProcesses()).toEqual({ camera: [], ffmpeg: [] });
    expect(feed.status().phase).toBe("stopped");
  });

  test("leaves nothing behind when the service itself is killed", async () => {
    const front = pathToFileURL(join(process.cwd(), "dist/detectors/index.js")).href;
    const options = JSON.stringify({ camera: junctionCamera(), intersection: crossroads, source: junctionVideo });
    const program = `
      import { createCameraFeed } from ${JSON.stringify(front)};
      const clock = { nowMs: Date.now, sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
      const status = ({ phase }) => phase === "live" && console.log("live");
      const nothing = () => {};
      const sink = { status, flowInterval: async () => {}, detectorEvent: nothing, crossing: nothing, view: nothing };
      await createCameraFeed({ ...${options}, sink, clock }).start(new AbortController().signal);`;
    const service = spawn(process.execPath, ["--input-type=module", "-e", program], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(service.stdout, "data");
    const { camera, ffmpeg } = visionProcesses(service.pid);
    expect([camera.length, ffmpeg.length]).toEqual([1, 1]);
    service.kill("SIGKILL");
    await allGone([...camera, ...ffmpeg]);
  });
});

describe.skipIf(missing("ffmpeg", "shared data"))("a video file as a camera", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let feed: DetectionFeed | null = null;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(async () => {
    await feed?.close("the test is over");
    folder.remove();
  });

  test("plays over and over, and no vehicle crosses at the seam", async () => {
    // At the seam every vehicle seems to jump back by three seconds of driving, many of them over the line.
    const seconds = 3;
    const clip = join(folder.path, "clip.mp4");
    execFileSync("ffmpeg", ["-v", "error", "-i", junctionVideo, "-t", String(seconds), "-c:v", "libx264", clip]);
    const line = { id: "stop-line", from: junctionCamera().lines[0]?.from, to: junctionCamera().lines[0]?.to };
    const played = await countVideo({
      source: clip,
      lines: [line as Parameters<typeof countVideo>[0]["lines"][number]],
    });
    if (!played.ok) throw new Error(JSON.stringify(played.problems));
    const aRound = played.value.lines["stop-line"]?.total ?? 0;
    expect(aRound).toBeGreaterThan(0);

    const sink = recordingSink();
    feed = feedOf(clip, sink);
    await feed.start(never);
    const { since_ms } = await liveAgain(feed);
    const rounds = 6;
    await systemClock.sleep(rounds * seconds * 1000);
    expect(feed.status()).toMatchObject({ phase: "live", since_ms, gaps: [] });
    expect(sink.crossings.filter(({ direction }) => direction === "backward")).toEqual([]);
    const laterRounds = sink.crossings.filter(({ at_ms }) => at_ms > since_ms + (rounds / 2) * seconds * 1000);
    expect(laterRounds.length).toBeGreaterThan(0);
    expect(sink.crossings.length).toBeLessThanOrEqual((rounds + 1) * (aRound + 1));
  });

  test("that is not there says so, and is live by itself once it is", async () => {
    const file = join(folder.path, "later.mp4");
    feed = feedOf(file);
    await feed.start(never);
    const current = feed;
    const status = () => Promise.resolve(current.status());
    const refused = await eventually("a refusal", status, ({ phase }) => phase === "refused", 30_000);
    expect(refused.message).toMatch(/There is no video file .*later\.mp4/);
    execFileSync("ffmpeg", ["-v", "error", "-i", junctionVideo, "-t", "3", "-c", "copy", `${file}.part.mp4`]);
    renameSync(`${file}.part.mp4`, file);
    expect(existsSync(file)).toBe(true);
    await liveAgain(feed);
  });

  test("is watched on while storage refuses, and its intervals are stored once each when it takes them again", async () => {
    let refusals = 0;
    const sink = recordingSink(async () => {
      refusals += 1;
      if (refusals <= 3) throw new Error("the disk is full");
    });
    feed = feedOf(junctionVideo, sink);
    await feed.start(never);
    const current = feed;
    const message = () => Promise.resolve(current.status().message);
    const told = await eventually("the trouble in words", message, (text) => /disk is full/.test(text ?? ""), 60_000);
    expect(told).toMatch(/1 flow intervals of camera camera-junction could not be stored yet/);
    await eventually(
      "storing",
      () => Promise.resolve(sink.intervals.length),
      (stored) => stored > 0,
      30_000,
    );
    expect(current.status()).toMatchObject({ phase: "live", message: null });
  });
});
