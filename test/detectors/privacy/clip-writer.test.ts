import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ClipWriter, type ClipWriting } from "../../../detectors/privacy/clip-writer.ts";
import { erasePlanar } from "../../../detectors/privacy/planar-picture.ts";
import { makeNumberedFilm, numbersIn } from "../../support/numbered-film.ts";
import { missing } from "../../support/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-clip-writer-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const writing = (clip: string, out: string, more: Partial<ClipWriting> = {}): ClipWriting => ({
  clip,
  out: join(folder, out),
  burn: null,
  first_s: 0,
  redact: () => undefined,
  stop: new AbortController().signal,
  ...more,
});

/** Since the first picture. */
function timesIn(file: string): number[] {
  const of = ["-v", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0", file];
  const lines = execFileSync("ffprobe", of, { encoding: "utf8" }).trim().split("\n");
  const times = lines.map((line) => Number.parseFloat(line)).filter(Number.isFinite);
  return times.map((time) => time - (times[0] as number));
}

describe.skipIf(missing("ffmpeg"))("writing a redacted clip", () => {
  it("hands every picture through in order, each with its own time, however uneven, and says that time", async () => {
    const film = join(folder, "uneven.mp4");
    // A camera whose pictures come late now and then, coded with pictures that refer to later ones.
    const uneven = [
      "-vf",
      "settb=1/1000,setpts='(N+0.3*mod(N\\,2)+4*gte(N\\,20))/25/TB'",
      "-enc_time_base",
      "1:1000",
      "-fps_mode",
      "passthrough",
      "-bf",
      "2",
    ];
    makeNumberedFilm(film, 40, [...uneven, "-c:v", "libx264", "-preset", "veryfast", "-crf", "10"]);
    const heard: number[] = [];
    const order = writing(film, "uneven-out.mp4", { redact: (_, time_s) => heard.push(time_s) });
    expect(await new ClipWriter(order).run()).toEqual({ ok: true, value: 40 });
    expect(numbersIn(order.out)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    const [before, after] = [timesIn(film), timesIn(order.out)];
    expect(before[1]).toBeCloseTo(1.3 / 25, 2);
    expect(after).toHaveLength(40);
    for (const [i, time_s] of before.entries()) {
      expect(after[i]).toBeCloseTo(time_s, 4);
      expect(heard[i]).toBeCloseTo(time_s, 4);
    }
  });

  it("shows what was erased to nobody, burns in what it is told, and gives the same bytes again", async () => {
    const film = join(folder, "film.mp4");
    makeNumberedFilm(film, 12, ["-c:v", "libx264", "-preset", "veryfast"]);
    const redact: ClipWriting["redact"] = (picture) => erasePlanar(picture, [0, 0, picture.width, picture.height]);
    const burn = "drawbox=x=16:y=16:w=32:h=32:color=white:t=fill";
    const orders = ["a.mp4", "b.mp4"].map((out) => writing(film, out, { redact, burn }));
    for (const order of orders) expect((await new ClipWriter(order).run()).ok).toBe(true);
    const [first, second] = await Promise.all(orders.map(({ out }) => readFile(out)));
    expect(first?.equals(second as Buffer)).toBe(true);
    expect(new Set(numbersIn(join(folder, "a.mp4"))).size).toBeLessThan(12);
    const raw = execFileSync("ffmpeg", [
      "-v",
      "error",
      "-i",
      join(folder, "a.mp4"),
      "-frames:v",
      "1",
      "-f",
      "rawvideo",
      "-pix_fmt",
      "gray",
      "-",
    ]);
    expect(raw[32 * 256 + 32]).toBeGreaterThan(230);
  });

  it("pads pictures of odd sizes, which the codec cannot hold", async () => {
    const film = join(folder, "odd.mkv");
    makeNumberedFilm(film, 3, ["-vf", "scale=255:143", "-c:v", "ffv1"]);
    const order = writing(film, "odd.mp4");
    expect(await new ClipWriter(order).run()).toEqual({ ok: true, value: 3 });
  });

  it("says what is wrong with a clip, a place or a filter", async () => {
    const film = join(folder, "short.mp4");
    makeNumberedFilm(film, 3, ["-c:v", "libx264"]);
    const problems = async (order: ClipWriting): Promise<unknown> => {
      const written = await new ClipWriter(order).run();
      return written.ok ? [] : written.problems.map(({ code }) => code);
    };
    expect(await problems(writing(join(folder, "gone.mp4"), "x.mp4"))).toEqual(["VIDEO_MISSING"]);
    expect(await problems(writing(film, "no/such/folder.mp4"))).toEqual(["REDACTION_UNWRITABLE"]);
    expect(await problems(writing(film, "x.mp4", { burn: "nosuchfilter" }))).toEqual(["REDACTION_UNWRITABLE"]);
  });

  it("goes no further when it is stopped", async () => {
    const film = join(folder, "long.mp4");
    makeNumberedFilm(film, 200, ["-c:v", "libx264", "-preset", "veryfast"]);
    const stop = new AbortController();
    let heard = 0;
    const redact = (): void => {
      heard++;
      stop.abort();
    };
    await new ClipWriter(writing(film, "stopped.mp4", { stop: stop.signal, redact })).run();
    // Those of the bytes that were in hand.
    expect(heard).toBeLessThan(10);
  });
});
