import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { NutDemuxer, NutError } from "../../../detectors/decode/nut-demuxer.ts";
import type { NutVideo } from "../../../detectors/decode/nut-headers.ts";
import { missing } from "../../support/peers.ts";

const [width, height] = [64, 36];

/** Pictures left of 300: none for 8 seconds, and of the others every third is missing. */
const shown = Array.from({ length: 300 }, (_, n) => n).filter((n) => n % 3 !== 0 && (n < 15 || n > 255));

function unevenNut(): Uint8Array {
  const source = `testsrc2=size=${width}x${height}:rate=30:duration=10`;
  const uneven = ["-vf", "select='mod(n,3)*not(between(n,15,255))'", "-fps_mode", "passthrough", "-copyts"];
  const output = ["-c:v", "rawvideo", "-pix_fmt", "rgb24", "-write_index", "0", "-f", "nut", "-"];
  return execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, ...uneven, ...output], {
    maxBuffer: 1 << 24,
  });
}

interface Seen {
  readonly pts_s: number;
  readonly digest: string;
}

class Receiver {
  readonly seen: Seen[] = [];
  size: readonly [number, number] = [0, 0];
  /** How many frames may be taken before `take` says no, once. */
  patience = Number.POSITIVE_INFINITY;
  #buffer = new Uint8Array(0);
  #tick_s = 0;

  stream({ width: w, height: h, tick }: NutVideo): void {
    this.size = [w, h];
    this.#tick_s = tick.num / tick.den;
    this.#buffer = new Uint8Array(w * h * 3);
  }

  take(): Uint8Array | null {
    if (this.patience === 0) return null;
    this.patience -= 1;
    return this.#buffer;
  }

  packet(ticks: number): void {
    this.seen.push({ pts_s: ticks * this.#tick_s, digest: createHash("sha1").update(this.#buffer).digest("hex") });
  }
}

/** NUT's form of a number: seven bits a byte, the highest first. */
const varying = (value: number): readonly number[] =>
  value < 128 ? [value] : [...varying(value >> 7).map((byte) => byte | 128), value & 127];

function readWhole(bytes: Uint8Array): Receiver {
  const receiver = new Receiver();
  expect(new NutDemuxer(receiver).push(bytes)).toBe(bytes.length);
  return receiver;
}

describe.skipIf(missing("ffmpeg"))("frames out of a NUT stream", () => {
  const bytes = missing("ffmpeg") ? new Uint8Array(0) : unevenNut();

  test("have the picture's size and their own uneven times", () => {
    const { size, seen } = readWhole(bytes);
    expect(size).toEqual([width, height]);
    expect(seen.map(({ pts_s }) => Math.round(pts_s * 30))).toEqual(shown);
  });

  test("have the pixels that ffmpeg writes without a container", () => {
    const whole = readWhole(bytes);
    const raw = execFileSync(
      "ffmpeg",
      ["-v", "error", "-f", "nut", "-i", "-", "-fps_mode", "passthrough", "-f", "rawvideo", "-"],
      {
        input: bytes,
        maxBuffer: 1 << 24,
      },
    );
    const size = width * height * 3;
    const digests = whole.seen.map((_, n) =>
      createHash("sha1")
        .update(raw.subarray(n * size, (n + 1) * size))
        .digest("hex"),
    );
    expect(whole.seen.map(({ digest }) => digest)).toEqual(digests);
  });

  test("do not depend on where the stream is cut into chunks", () => {
    const whole = readWhole(bytes).seen;
    const cuts = fc.array(fc.integer({ min: 0, max: bytes.length }), { maxLength: 60 });
    fc.assert(
      fc.property(cuts, (at) => {
        const receiver = new Receiver();
        const demuxer = new NutDemuxer(receiver);
        const edges = [0, ...at.toSorted((a, b) => a - b), bytes.length];
        for (let i = 1; i < edges.length; i += 1) demuxer.push(bytes.subarray(edges[i - 1], edges[i]));
        expect(receiver.seen).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  test("come byte by byte through the headers as well", () => {
    const receiver = new Receiver();
    const demuxer = new NutDemuxer(receiver);
    for (let at = 0; at < 1000; at += 1) demuxer.push(bytes.subarray(at, at + 1));
    demuxer.push(bytes.subarray(1000));
    expect(receiver.seen).toEqual(readWhole(bytes).seen);
  });

  test("wait when the receiver has no buffer, and lose nothing", () => {
    const whole = readWhole(bytes).seen;
    const receiver = new Receiver();
    const demuxer = new NutDemuxer(receiver);
    let rest = bytes;
    for (let turn = 0; rest.length > 0 && turn < 100; turn += 1) {
      receiver.patience = 2;
      rest = rest.subarray(demuxer.push(rest));
    }
    expect(rest).toHaveLength(0);
    expect(receiver.seen).toEqual(whole);
  });

  test("are taken out of a stream whose codec has a name as long as the buffer has room", () => {
    const header = Buffer.from(bytes).indexOf("NS\x11\x40", 0, "latin1");
    const name = Buffer.alloc(250_000, "x");
    const body = [0, 0, ...varying(name.length), ...name, 0, 0, 0, 0, 0, 0, ...varying(width), ...varying(height)];
    const packet = [...bytes.subarray(header, header + 8), ...varying(body.length), 0, 0, 0, 0, ...body];
    const receiver = new Receiver();
    new NutDemuxer(receiver).push(Uint8Array.from([...bytes.subarray(0, header), ...packet]));
    expect(receiver.size).toEqual([width, height]);
  });

  test("are refused when the stream is something else", () => {
    expect(() => readWhole(new TextEncoder().encode("not a container at all, only text"))).toThrow(NutError);
  });
});
