/** Videos and a stream with known faults, looked at by the real ffmpeg. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ProbeReport, probeVideo } from "../../detectors/index.ts";
import { need } from "../support/data-folder.ts";
import { temporaryFolder } from "../support/greenwave-service.ts";
import { junctionVideo } from "../support/junction-camera.ts";
import { missing } from "../support/peers.ts";
import { descendants } from "../support/processes.ts";
import { startRtspServer } from "../support/rtsp-server.ts";

const x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"];

const codes = ({ findings }: ProbeReport): readonly string[] => findings.map(({ code }) => code);

describe.skipIf(missing("ffmpeg"))("a probe of a film", () => {
  const folder = temporaryFolder();
  afterAll(() => folder.remove());

  /** A moving test card of `seconds`, coded as `coding` says. */
  function film(name: string, card: string, seconds: number, coding: readonly string[]): string {
    const file = join(folder.path, name);
    const input = ["-f", "lavfi", "-i", `testsrc2=${card}`, "-t", String(seconds)];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", ...input, ...coding, file]);
    return file;
  }
  const probed = async (source: string, duration_s = 10) => need(await probeVideo({ source, duration_s }));

  test("finds nothing in a good one, and tells what it is", async () => {
    const good = film("good.mp4", "size=1280x720:rate=15", 5, [...x264, "-bf", "0", "-g", "15"]);
    const report = await probed(good);
    expect(codes(report)).toEqual(["PROBE_FINE"]);
    expect(report).toMatchObject({
      kind: "file",
      video: {
        codec: "h264",
        width_px: 1280,
        height_px: 720,
        pixel_format: "yuv420p",
        nominal_rate_fps: 15,
        measured_rate_fps: 15,
        b_frames: { present: false, share: 0 },
        keyframes: { count: 5, gap_mean_s: 1, gap_max_s: 1 },
      },
      audio: [],
      arrival: null,
      clock: { drift_ms: null, ntp_offset_ms: null },
      damage: { total: 0 },
    });
    expect(report.sampled_s).toBeCloseTo(5, 1);
    expect(report.decoding?.cpu_s_per_video_s).toBeGreaterThan(0);
  });

  test("finds B-frames, far keyframes, a small picture and a slow rate", async () => {
    const coding = ["-c:v", "libx264", "-bf", "2", "-b_strategy", "0", "-g", "1000", "-sc_threshold", "0"];
    const poor = film("poor.mp4", "size=320x240:rate=4", 8, [...coding, "-pix_fmt", "yuv420p"]);
    const report = await probed(poor);
    expect(codes(report).toSorted()).toEqual([
      "PROBE_B_FRAMES",
      "PROBE_KEYFRAMES_FAR",
      "PROBE_RATE_LOW",
      "PROBE_SMALL",
    ]);
    expect(report.video.b_frames?.share).toBeCloseTo(2 / 3, 1);
    expect(report.video.measured_rate_fps).toBeCloseTo(4, 2);
  });

  test("looks no further than it was told", async () => {
    const long = film("long.mp4", "size=640x360:rate=10", 12, [...x264, "-bf", "0", "-g", "10"]);
    expect((await probed(long, 3)).sampled_s).toBeCloseTo(3, 0);
  });

  test("finds sound, and an uneven rate", async () => {
    const uneven = join(folder.path, "uneven.mp4");
    const sources = [
      "-f",
      "lavfi",
      "-i",
      "testsrc2=size=640x360:rate=20",
      "-f",
      "lavfi",
      "-i",
      "sine=sample_rate=8000",
    ];
    // Of each ten pictures the last four are left out.
    const select = ["-vf", "select=lt(mod(n\\,10)\\,6)", "-fps_mode", "vfr", "-t", "6"];
    const coding = [...x264, "-bf", "0", "-g", "20", "-c:a", "aac"];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", ...sources, ...select, ...coding, uneven]);
    const report = await probed(uneven);
    expect(codes(report)).toEqual(["PROBE_RATE_UNSTABLE", "PROBE_SOUND"]);
    expect(report.audio).toEqual([{ codec: "aac", sample_rate_hz: 8000 }]);
    expect(report.video.frame_interval_ms).toEqual({ median: 50, p95: 250, max: 250 });
  });

  test("counts damage that the decoder finds", async () => {
    const whole = film("whole.h264", "size=640x360:rate=10", 5, [...x264, "-bf", "0", "-g", "50"]);
    const broken = join(folder.path, "broken.mp4");
    const noise = ["-c", "copy", "-bsf:v", "noise=amount=2000"];
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-i", whole, ...noise, broken]);
    const report = await probed(broken);
    expect(report.damage.total).toBeGreaterThan(0);
    expect(codes(report)).toContain("PROBE_DAMAGED");
  });

  test("that is none ends as a count of it would", async () => {
    const sound = join(folder.path, "sound.wav");
    execFileSync("ffmpeg", ["-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", "sine", "-t", "1", sound]);
    const reason = async (source: string) => {
      const report = await probeVideo({ source, duration_s: 2 });
      return report.ok ? "a report" : report.problems.map(({ code }) => code).join();
    };
    expect(await reason(join(folder.path, "none.mp4"))).toBe("VIDEO_MISSING");
    expect(await reason(import.meta.filename)).toBe("VIDEO_UNREADABLE");
    expect(await reason(sound)).toBe("VIDEO_WITHOUT_PICTURE");
    expect(await reason("rtsp://name:word@127.0.0.1:1/camera")).toBe("STREAM_REFUSED");
  });
});

describe.skipIf(missing("ffmpeg", "RTSP server", "shared data"))("a probe of a camera", () => {
  let rtsp: Awaited<ReturnType<typeof startRtspServer>>;
  beforeAll(async () => {
    rtsp = await startRtspServer(junctionVideo);
  });
  afterAll(() => rtsp?.stop());

  test("tells its times and hides its password", async () => {
    const source = rtsp.url.replace("rtsp://", "rtsp://name:word@");
    const report = need(await probeVideo({ source, duration_s: 6 }));
    expect(JSON.stringify(report)).not.toContain("word");
    expect(report).toMatchObject({ kind: "live", video: { codec: "h264", width_px: 640 }, damage: { total: 0 } });
    expect(codes(report)).toContain("PROBE_B_FRAMES");
    expect(report.sampled_s).toBeGreaterThan(5);
    expect(report.video.measured_rate_fps).toBeCloseTo(30, 0);
    expect(report.arrival).not.toBeNull();
    // The stand-in camera and we look at the same clock.
    expect(Math.abs(report.clock.drift_ms ?? Number.NaN)).toBeLessThan(500);
  });

  test("can be interrupted, and leaves nothing running", async () => {
    const stop = new AbortController();
    const probing = probeVideo({ source: rtsp.url, duration_s: 60, stop: stop.signal });
    const ffmpegs = () => descendants(process.pid).filter(({ command }) => command.startsWith("ffmpeg"));
    await expect.poll(() => ffmpegs().length, { timeout: 20_000 }).toBe(1);
    stop.abort();
    const report = await probing;
    expect(report.ok ? [] : report.problems.map(({ code }) => code)).toEqual(["PROBE_STOPPED"]);
    expect(ffmpegs()).toEqual([]);
  });

  test("that has no such stream says so", async () => {
    const report = await probeVideo({ source: `${rtsp.url}-2`, duration_s: 2 });
    expect(report.ok ? [] : report.problems.map(({ code }) => code)).toEqual(["STREAM_NOT_FOUND"]);
  });
});
