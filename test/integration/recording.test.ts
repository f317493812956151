/** Recording as it will be needed: an event of the decoded stream is found again in a clip, to the picture. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCameraFeed } from "../../detectors/index.ts";
import type { ClipPicture } from "../../detectors/ring/cut-clip.ts";
import { openRing, pictureAt } from "../../detectors/ring/open-ring.ts";
import { Recorder } from "../../detectors/ring/recorder.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { crossroads } from "../support/crossroads.ts";
import { need } from "../support/data-folder.ts";
import { eventually, temporaryFolder } from "../support/greenwave-service.ts";
import { junctionCamera, junctionVideo, recordingSink } from "../support/junction-camera.ts";
import { makeNumberedFilm, numbersIn } from "../support/numbered-film.ts";
import { missing } from "../support/peers.ts";
import { recordPictures, ringIn, type SeenPicture, watchAndRecord } from "../support/recorded-stream.ts";
import { type RtspServer, startRtspServer } from "../support/rtsp-server.ts";

const folder = temporaryFolder();
const file = (name: string): string => join(folder.path, name);

/** [codec, ffmpeg's options, B-frames]: a keyframe every second. */
const films = {
  "H.264 with B-frames": ["libx264", "-g", "25", "-bf", "2", "-x264-params", "scenecut=0"],
  "H.264 without B-frames": ["libx264", "-g", "25", "-bf", "0", "-tune", "zerolatency"],
  "H.265 with open groups": ["libx265", "-x265-params", "keyint=25:min-keyint=25:open-gop=1:log-level=error"],
} as const;

interface Probe {
  readonly streams: readonly { readonly codec_name: string; readonly nb_read_packets: string }[];
}

function probed(path: string): Probe {
  const what = ["-count_packets", "-show_entries", "stream=codec_name,nb_read_packets", "-of", "json"];
  return JSON.parse(execFileSync("ffprobe", ["-v", "error", ...what, path], { encoding: "utf8" })) as Probe;
}

/** How far the clip's pictures are from those seen live at the same stream time, in pictures; each distance once. */
function misses(seen: readonly SeenPicture[], clip: string, pictures: readonly ClipPicture[]): readonly number[] {
  const numbers = numbersIn(clip);
  expect(numbers).toHaveLength(pictures.length);
  const times = pictures.filter(({ session_ms }) => session_ms === seen[0]?.session_ms).map(({ pts_s }) => pts_s);
  const within = seen.filter(({ pts_s }) => pts_s >= Math.min(...times) && pts_s <= Math.max(...times));
  expect(within.length).toBeGreaterThan(25);
  return [
    ...new Set(
      within.map(({ session_ms, pts_s, number }) => (numbers[pictureAt(pictures, session_ms, pts_s)] ?? -1) - number),
    ),
  ];
}

describe.skipIf(missing("ffmpeg", "RTSP server"))("a camera's recording", () => {
  afterAll(() => folder.remove());

  describe.each(Object.entries(films))("of %s", (name, coding) => {
    let rtsp: RtspServer;
    let seen: readonly SeenPicture[];
    const ring = ringIn(file(name));
    beforeAll(async () => {
      makeNumberedFilm(file("film.mp4"), 250, ["-c:v", ...coding]);
      rtsp = await startRtspServer(file("film.mp4"));
      seen = await recordPictures(rtsp.url, ring, 150);
    });
    afterAll(() => rtsp.stop());

    test("gives a clip in which every picture is the one that was decoded at its time", async () => {
      const event = seen[90] as SeenPicture;
      const span = { from_ms: event.arrival_ms - 1500, to_ms: event.arrival_ms + 1000 };
      const out = file(`${name}.mp4`);
      const clip = need(await openRing(file(name)).cut({ camera: "north", ...span, out }));
      expect(clip).toMatchObject({ complete: true, gaps: [] });
      const [only] = clip.files;
      expect(clip.files).toHaveLength(1);
      expect(misses(seen, out, only?.pictures ?? [])).toEqual([0]);
      expect(only?.from_ms).toBeLessThanOrEqual(span.from_ms);
      // The last picture before the end of the span may be a little older.
      expect(only?.to_ms).toBeGreaterThanOrEqual(span.to_ms - 100);
      expect(probed(out).streams).toEqual([
        { codec_name: name.startsWith("H.265") ? "hevc" : "h264", nb_read_packets: String(only?.pictures.length) },
      ]);
    });

    test("gives the same bytes again, and holds nothing but what the camera sent", async () => {
      const [first, last] = [seen[40] as SeenPicture, seen[90] as SeenPicture];
      const span = { camera: "north", from_ms: first.arrival_ms, to_ms: last.arrival_ms };
      const cut = async (out: string) => need(await openRing(file(name)).cut({ ...span, out: file(out) })).files[0];
      expect((await cut("once.mp4"))?.sha256).toBe((await cut("twice.mp4"))?.sha256);
      const hashes = (path: string) =>
        execFileSync("ffmpeg", ["-v", "error", "-i", path, "-map", "0:v", "-f", "framemd5", "-"], { encoding: "utf8" })
          .split("\n")
          .filter((line) => /^\d/.test(line))
          .map((line) => line.split(",").at(-1)?.trim());
      const sent = new Set(hashes(file("film.mp4")));
      expect(hashes(file("once.mp4")).filter((hash) => !sent.has(hash))).toEqual([]);
    });
  });

  test.each([
    ["H.264 behind lengths", "film.mp4", ["-c:v", "libx264", "-g", "25", "-bf", "2"], "h264"],
    ["H.265 behind lengths", "film-hevc.mp4", ["-c:v", "libx265", "-x265-params", "keyint=25:log-level=error"], "hevc"],
    ["JPEG pictures", "film.avi", ["-c:v", "mjpeg", "-q:v", "3"], "mjpeg"],
  ])("of a file of %s gives its clips too", async (name, film, coding, codec) => {
    makeNumberedFilm(file(film), 100, coding);
    const seen = await recordPictures(file(film), ringIn(file(name)), 80);
    const [first, last] = [seen[10] as SeenPicture, seen[70] as SeenPicture];
    const span = { camera: "north", from_ms: first.arrival_ms, to_ms: last.arrival_ms };
    const clip = need(await openRing(file(name)).cut({ ...span, out: file("file.mp4") }));
    expect(clip).toMatchObject({ complete: true, files: [{ damage: 0 }] });
    expect(misses(seen, file("file.mp4"), clip.files[0]?.pictures ?? [])).toEqual([0]);
    expect(probed(file("file.mp4")).streams).toMatchObject([{ codec_name: codec }]);
  });

  test("finds the pictures of a camera that is looked at seldom", async () => {
    makeNumberedFilm(file("seldom.mp4"), 100, ["-c:v", "libx264", "-g", "25", "-bf", "2"]);
    const recorder = new Recorder(ringIn(file("seldom")), systemClock);
    const wanted = { frames_per_s: 10, decoder_threads: 1 };
    const seen = await watchAndRecord(file("seldom.mp4"), recorder, ({ length }) => length >= 35, wanted);
    await recorder.close();
    const [first, last] = [seen[0] as SeenPicture, seen.at(-1) as SeenPicture];
    const span = { camera: "north", from_ms: first.arrival_ms, to_ms: last.arrival_ms };
    const clip = need(await openRing(file("seldom")).cut({ ...span, out: file("seldom-clip.mp4") }));
    expect(misses(seen, file("seldom-clip.mp4"), clip.files[0]?.pictures ?? [])).toEqual([0]);
  });

  test.skipIf(missing("shared data"))(
    "shows the crossing of a vehicle at the time that the crossing tells",
    async () => {
      const rtsp = await startRtspServer(junctionVideo);
      const sink = recordingSink();
      const options = {
        camera: junctionCamera(),
        intersection: crossroads,
        source: rtsp.url,
        sink,
        clock: systemClock,
      };
      const feed = createCameraFeed({ ...options, ring: ringIn(file("junction")) });
      try {
        await feed.start(new AbortController().signal);
        const newest = () => Promise.resolve(sink.crossings.at(-1));
        const crossing = await eventually("a crossing", newest, (found) => found !== undefined, 60_000);
        const { session_ms, pts_s } = crossing?.stream ?? { session_ms: 0, pts_s: 0 };
        const at_ms = crossing?.at_ms ?? 0;
        const span = { camera: "north", from_ms: at_ms - 5000, to_ms: at_ms + 1000 };
        const ring = openRing(file("junction"));
        const recorded = () => ring.recording("north");
        await eventually(
          "its picture",
          recorded,
          (all) => all.ok && (all.value.spans.at(-1)?.to_ms ?? 0) > span.to_ms,
          30_000,
        );
        const [clip] = need(await ring.cut({ ...span, out: file("crossing.mp4") })).files;
        const picture = clip?.pictures[pictureAt(clip.pictures, session_ms, pts_s)];
        expect(Math.abs((picture?.pts_s ?? Number.NaN) - pts_s)).toBeLessThanOrEqual(1 / 60 + 1e-6);
        expect(Math.abs((picture?.arrival_ms ?? Number.NaN) - at_ms)).toBeLessThan(3000);
      } finally {
        await feed.close("the test is over");
        await rtsp.stop();
      }
    },
  );

  test("of a camera that is set to another size within the session goes on, in another file", async () => {
    const coding = ["-c:v", "libx264", "-g", "25", "-bf", "0"];
    makeNumberedFilm(file("small.mp4"), 250, coding);
    makeNumberedFilm(file("large.mp4"), 250, ["-vf", "scale=512:288", ...coding]);
    const rtsp = await startRtspServer(file("small.mp4"));
    const recorder = new Recorder(ringIn(file("sizes")), systemClock);
    try {
      const before = await watchAndRecord(rtsp.url, recorder, (seen) => {
        if (seen.length === 40) void rtsp.order(`switch ${file("large.mp4")}`);
        // The pictures end where their size changes.
        return false;
      });
      const after = await watchAndRecord(rtsp.url, recorder, ({ length }) => length >= 40);
      await recorder.close();
      expect(recorder.streamStatus()).toMatchObject({ width_px: 512, height_px: 288, changes: 1 });
      const { spans } = need(await openRing(file("sizes")).recording("north"));
      expect([...new Set(spans.map(({ width_px }) => width_px))]).toEqual([256, 512]);
      const span = { from_ms: (before[5] as SeenPicture).arrival_ms, to_ms: (after[30] as SeenPicture).arrival_ms };
      const clip = need(await openRing(file("sizes")).cut({ camera: "north", ...span, out: file("sizes.mp4") }));
      expect(clip.files.map(({ file: path, width_px }) => [path, width_px])).toEqual([
        [file("sizes.mp4"), 256],
        [file("sizes-2.mp4"), 512],
      ]);
      expect(misses(before.slice(3), file("sizes.mp4"), clip.files[0]?.pictures ?? [])).toEqual([0]);
    } finally {
      await recorder.close();
      await rtsp.stop();
    }
  });

  test("tells an outage, and a clip across it keeps the time between", async () => {
    makeNumberedFilm(file("film.mp4"), 250, ["-c:v", "libx264", "-g", "25", "-bf", "2"]);
    const rtsp = await startRtspServer(file("film.mp4"));
    const ring = ringIn(file("outage"));
    const recorder = new Recorder(ring, systemClock);
    const pictures = (count: number) => (seen: readonly SeenPicture[]) => seen.length >= count;
    try {
      const before = await watchAndRecord(rtsp.url, recorder, pictures(60));
      await rtsp.restart();
      const after = await watchAndRecord(rtsp.url, recorder, pictures(60));
      await recorder.close();
      const recording = need(await openRing(file("outage")).recording("north"));
      expect(recording.spans).toHaveLength(2);
      expect(recording.gaps).toMatchObject([
        { from_ms: recording.spans[0]?.to_ms, to_ms: recording.spans[1]?.from_ms, why: "session" },
      ]);
      const span = { from_ms: (before[28] as SeenPicture).arrival_ms, to_ms: (after[30] as SeenPicture).arrival_ms };
      const clip = need(await openRing(file("outage")).cut({ camera: "north", ...span, out: file("outage.mp4") }));
      expect(clip).toMatchObject({ complete: false, gaps: recording.gaps });
      const shown = clip.files[0]?.pictures ?? [];
      // The first pictures of a session have times that ffmpeg guessed.
      for (const seen of [before, after]) expect(misses(seen.slice(5), file("outage.mp4"), shown)).toEqual([0]);
      const jump = shown.findIndex(({ session_ms }, n) => n > 0 && session_ms !== shown[n - 1]?.session_ms);
      const [last, first] = [shown[jump - 1], shown[jump]] as [ClipPicture, ClipPicture];
      expect(first.clip_s - last.clip_s).toBeCloseTo((first.arrival_ms - last.arrival_ms) / 1000, 0);
    } finally {
      await recorder.close();
      await rtsp.stop();
    }
  });
});
