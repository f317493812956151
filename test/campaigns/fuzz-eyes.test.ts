/**
 * Everything that reaches the eyes from outside, broken in every way chance finds: files that people write, the stream
 * that ffmpeg hands over, ffmpeg itself, what cameras say on the network. Whatever comes, the main process goes on and the
 * signals with it. Ten minutes as a campaign, twenty seconds in the normal suite; the seed of a failure is in its message.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { loadLines, loadSite } from "../../api/site/load.ts";
import { listed, type Result } from "../../core/problems/problem.ts";
import { FramePool } from "../../detectors/decode/frame-pool.ts";
import { NutDemuxer, NutError } from "../../detectors/decode/nut-demuxer.ts";
import { VideoDecoder } from "../../detectors/decode/video-decoder.ts";
import { FrameClock } from "../../detectors/source/frame-clock.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { fakeFfmpeg, ffmpegMoods } from "../support/fake-ffmpeg.ts";
import { FuzzedStreet } from "../support/fuzzed-street.ts";
import { temporaryFolder } from "../support/greenwave-service.ts";
import { hostileFiles } from "../support/hostile-files.ts";
import { damaged, mistyped } from "../support/mutations.ts";
import { missing } from "../support/peers.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
/** Ten minutes, or a third of one. */
const whole_ms = Number(process.env["GREENWAVE_FUZZ_S"] ?? (full ? 600 : 20)) * 1000;
const share_ms = { texts: 0.15, demuxing: 0.15, decoding: 0.2, street: 0.5 } as const;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folderFor(): string {
  const folder = temporaryFolder();
  closers.push(() => folder.remove());
  return folder.path;
}

/** Calls `once` with a fresh seed until the time is over; a failure says which seed it was. Resolves with the count. */
async function until(part: keyof typeof share_ms, once: (chance: Seeded) => unknown): Promise<number> {
  const end_ms = Date.now() + whole_ms * share_ms[part];
  let count = 0;
  for (; Date.now() < end_ms; count += 1) {
    try {
      await once(new Seeded(SEED + count));
    } catch (cause) {
      throw new Error(`GREENWAVE_SEED=${SEED + count} of ${part}: ${String(cause)}`, { cause });
    }
  }
  process.stderr.write(`${part}: ${count} from seed ${SEED}\n`);
  return count;
}

const fixture = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

function expectAnswer(what: string, answer: Result<unknown>): void {
  if (answer.ok) return;
  expect(answer.problems.length, what).toBeGreaterThan(0);
  for (const language of ["en", "vi"] as const) {
    const said = listed(answer.problems, language);
    expect(said.trim(), what).not.toBe("");
    expect(said, what).not.toMatch(/\bat \S+ \(.*:\d+:\d+\)|\[object Object\]|undefined/);
  }
}

describe("files that people write", () => {
  const texts = [fixture("docs/sample-site.yaml"), fixture("test/fixtures/first-light.yaml"), linesText()];
  const timeout = whole_ms + 60_000;

  it("are accepted or refused in a sentence, whatever is in them", { timeout }, async () => {
    const file = join(folderFor(), "file.yaml");
    const count = await until("texts", async (chance) => {
      const text = mistyped(chance.pick(texts), chance);
      writeFileSync(file, chance.next() < 0.2 ? damaged(Buffer.from(text), chance) : text);
      expectAnswer("lines", await loadLines(file));
      expectAnswer("site", await loadSite(file));
    });
    expect(count).toBeGreaterThan(20);
  });

  it.each(Object.entries(hostileFiles))("are refused in a sentence: %s", { timeout: 60_000 }, async (name, content) => {
    const file = join(folderFor(), "file.yaml");
    writeFileSync(file, content);
    const [lines, site] = [await loadLines(file), await loadSite(file)];
    expect(site.ok).toBe(false);
    if (name !== "many lines") expect(lines.ok).toBe(false);
    expectAnswer(name, lines);
    expectAnswer(name, site);
  });
});

function linesText(): string {
  const line = (n: number): string => `  - { id: line-${n}, from: [0.${n}, 0.2], to: [0.${n}, 0.9] }`;
  return `# Counting lines\nlines:\n${[1, 2, 3, 4].map(line).join("\n")}\n`;
}

const size = { width: 32, height: 18 } as const;

/** A short stream as our ffmpeg writes it. */
function nutStream(): Buffer {
  const card = ["-f", "lavfi", "-i", `testsrc2=size=${size.width}x${size.height}:rate=10:duration=2`];
  const raw = ["-copyts", "-fps_mode", "passthrough", "-c:v", "rawvideo", "-pix_fmt", "rgb24"];
  const nut = ["-f", "nut", "-fflags", "+bitexact", "-write_index", "0", "-"];
  return execFileSync("ffmpeg", ["-v", "error", ...card, ...raw, ...nut], { maxBuffer: 1 << 24 });
}

/** Damage mostly among the headers: of pixels every value is as good as another. */
function damagedStream(stream: Buffer, chance: Seeded): Buffer {
  const packet = size.width * size.height * 3;
  const at = chance.next() < 0.6 ? 0 : chance.below(20) * packet;
  const span = chance.next() < 0.6 ? 400 : 2 * packet;
  return Buffer.concat([
    stream.subarray(0, at),
    damaged(stream.subarray(at, at + span), chance),
    stream.subarray(at + span),
  ]);
}

describe.skipIf(missing("ffmpeg"))("the stream that ffmpeg hands over", () => {
  const stream = missing("ffmpeg") ? Buffer.alloc(0) : nutStream();
  const timeout = whole_ms + 60_000;

  it("is read or refused, in chunks of any size", { timeout }, async () => {
    const count = await until("demuxing", (chance) => demux(damagedStream(stream, chance), chance));
    expect(count).toBeGreaterThan(100);
  });

  it("comes to an end that is told, when ffmpeg is another program", { timeout }, async () => {
    const folder = folderFor();
    const fake = fakeFfmpeg(folder, "/usr/bin/false", "no-such-source");
    const before = process.env["PATH"];
    process.env["PATH"] = fake.path;
    closers.push(() => {
      process.env["PATH"] = before;
    });
    const count = await until("decoding", async (chance) => {
      const mood = chance.pick(ffmpegMoods.filter((each) => each !== "real"));
      const words = damaged(Buffer.from("[rtsp @ 0x1] [error] 401 Unauthorized\nrtsp://u:secret@h/: failed\n"), chance);
      fake.be(mood, chance.next() < 0.2 ? Buffer.alloc(0) : damagedStream(stream, chance), words);
      await decode(chance);
    });
    expect(count).toBeGreaterThan(5);
  });
});

function demux(bytes: Buffer, chance: Seeded): void {
  const pool = new FramePool("newest");
  const clock = new FrameClock();
  const demuxer = new NutDemuxer({
    stream: ({ width, height }) => pool.allocate(width, height, 0),
    take: () => pool.take(),
    packet: (ticks) => {
      pool.filled(ticks, 0, false);
      const frame = pool.next();
      if (frame === null) return;
      if (clock.judge(frame.pts_s) !== "old") expect(frame.pts_s).toSatisfy(Number.isFinite);
      pool.giveBack(frame);
    },
  });
  try {
    for (let at = 0; at < bytes.length; ) {
      const chunk = bytes.subarray(at, at + 1 + chance.below(5000));
      at += demuxer.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof NutError)) throw error;
  }
}

/** Reads pictures for a moment, then closes: both come to their end. */
async function decode(chance: Seeded): Promise<void> {
  const source = "rtsp://name:secret@127.0.0.1:9/camera";
  const decoder = new VideoDecoder({ source, paced: true, socket_timeout_s: 5 }, "newest", systemClock);
  const enough = setTimeout(() => void decoder.close(), chance.between(50, 400));
  for (;;) {
    const next = await decoder.next();
    if ("problem" in next) {
      expect(JSON.stringify(next.problem)).not.toContain("secret");
      break;
    }
    decoder.giveBack(next);
  }
  clearTimeout(enough);
  await decoder.close();
}

describe.skipIf(missing("ffmpeg", "RTSP server"))("a street whose camera goes mad", () => {
  it("keeps its signals, its other camera and its service", { timeout: whole_ms + 180_000 }, async () => {
    const chance = new Seeded(SEED);
    process.stderr.write(`GREENWAVE_SEED=${SEED} of street\n`);
    const street = await FuzzedStreet.open(folderFor(), chance);
    closers.push(() => street.close());
    const ordeals = await street.endure(whole_ms * share_ms.street);
    process.stderr.write(`street: ${JSON.stringify(ordeals)}\n`);
    expect(street.complaints).toEqual([]);
    await street.expectRecovery();
  });
});
