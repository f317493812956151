import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Problem } from "../../../core/problems/problem.ts";
import type { VideoRequest } from "../../../detectors/decode/ffmpeg-arguments.ts";
import type { FramePolicy } from "../../../detectors/decode/frame-pool.ts";
import type { StillTap } from "../../../detectors/decode/still-pipe.ts";
import { VideoDecoder } from "../../../detectors/decode/video-decoder.ts";
import { systemClock } from "../../../detectors/system-clock.ts";
import { missing } from "../../support/peers.ts";
import { descendants } from "../../support/processes.ts";

const folder = mkdtempSync(join(tmpdir(), "greenwave-decode-"));
const inFolder = (name: string): string => join(folder, name);
const ffmpeg = (...args: readonly string[]): void => void execFileSync("ffmpeg", ["-v", "error", "-y", ...args]);

type Wanted = Partial<VideoRequest>;

function decode(source: string, policy: FramePolicy = "every", wanted: Wanted = {}, still?: StillTap): VideoDecoder {
  return new VideoDecoder({ source, paced: false, socket_timeout_s: 5, ...wanted }, policy, systemClock, { still });
}

/** Times of all pictures, their size, and how it ended. */
async function readAll(source: string, wanted: Wanted = {}, still?: StillTap) {
  const decoder = decode(source, "every", wanted, still);
  const times: number[] = [];
  let size = [0, 0];
  let end: Problem | null | undefined;
  while (end === undefined) {
    const next = await decoder.next();
    if ("rgb" in next) {
      times.push(next.pts_s);
      size = [next.width, next.height];
      decoder.giveBack(next);
    } else end = next.problem;
  }
  await decoder.close();
  return { times, size, code: end?.code ?? null };
}

describe.skipIf(missing("ffmpeg"))("a video, decoded", () => {
  beforeAll(() => {
    const bars = ["-f", "lavfi", "-i", "testsrc2=size=160x90:rate=25:duration=4"];
    const uneven = ["-vf", "select='lt(n,10)+gt(n,60)*mod(n,2)'", "-fps_mode", "vfr"];
    ffmpeg(...bars, ...uneven, "-c:v", "libx264", "-bf", "2", inFolder("uneven.mp4"));
    ffmpeg(
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=1920x1080:rate=25:duration=0.2",
      "-c:v",
      "libx264",
      inFolder("wide.mp4"),
    );
    ffmpeg(...bars, "-c:v", "libx264", inFolder("even.mp4"));
    ffmpeg("-i", inFolder("wide.mp4"), "-vf", "transpose", "-c:v", "libx264", inFolder("tall.mp4"));
    ffmpeg("-f", "lavfi", "-i", "sine=duration=1", inFolder("sound.wav"));
    writeFileSync(inFolder("text.mp4"), "this is no video");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("gives every picture with its own time, however unevenly they come", async () => {
    const { times, size, code } = await readAll(inFolder("uneven.mp4"));
    const shown = Array.from({ length: 100 }, (_, n) => n).filter((n) => n < 10 || (n > 60 && n % 2 === 1));
    expect(times.map((t) => Math.round(t * 25))).toEqual(shown);
    expect(size).toEqual([160, 90]);
    expect(code).toBeNull();
  });

  test("comes no wider than detection can use, in its own proportions", async () => {
    expect((await readAll(inFolder("wide.mp4"))).size).toEqual([1280, 720]);
  });

  test("comes as small as its detector's input, tall or wide", async () => {
    expect((await readAll(inFolder("wide.mp4"), { long_side_px: 416 })).size).toEqual([416, 234]);
    expect((await readAll(inFolder("tall.mp4"), { long_side_px: 416 })).size).toEqual([234, 416]);
    expect((await readAll(inFolder("uneven.mp4"), { long_side_px: 416 })).size).toEqual([160, 90]);
  });

  test("comes in as many pictures a second as are wanted, with their own times", async () => {
    const { times } = await readAll(inFolder("even.mp4"), { frames_per_s: 10 });
    // Of 25 a second, the first in each tenth: 0, 0.12, 0.2, 0.32, 0.4 …
    expect(times.slice(0, 5).map((t) => Math.round(t * 25))).toEqual([0, 3, 5, 8, 10]);
    expect(times).toHaveLength(40);
  });

  test("gives small pictures for people beside, one a second", async () => {
    const stills: Uint8Array[] = [];
    const { times } = await readAll(inFolder("even.mp4"), { long_side_px: 64 }, (jpeg) => void stills.push(jpeg));
    expect(times).toHaveLength(100);
    expect(stills).toHaveLength(4);
    for (const jpeg of stills) {
      expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
      expect([...jpeg.subarray(-2)]).toEqual([0xff, 0xd9]);
    }
  });

  test.each([
    ["that does not exist", "absent.mp4", "VIDEO_MISSING"],
    ["that is none", "text.mp4", "VIDEO_UNREADABLE"],
    ["without a picture", "sound.wav", "VIDEO_WITHOUT_PICTURE"],
  ])("a file %s is named as such", async (_, name, code) => {
    expect(await readAll(inFolder(name))).toMatchObject({ times: [], code });
  });

  test("a camera that refuses is named as such", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    expect(await readAll(`rtsp://127.0.0.1:${port}/1`)).toMatchObject({ times: [], code: "STREAM_REFUSED" });
  });

  test("leaves no ffmpeg behind when it is closed before the end, with a picture still out", async () => {
    const decoder = decode(inFolder("uneven.mp4"));
    expect("rgb" in (await decoder.next())).toBe(true);
    await decoder.close();
    expect(descendants(process.pid).filter(({ command }) => command.startsWith("ffmpeg"))).toEqual([]);
    expect(await decoder.next()).toEqual({ problem: null });
  });
});

test("without ffmpeg, the problem says what to install", async () => {
  const path = process.env["PATH"];
  process.env["PATH"] = folder;
  try {
    expect((await readAll(inFolder("uneven.mp4"))).code).toBe("FFMPEG_MISSING");
  } finally {
    process.env["PATH"] = path;
  }
});
