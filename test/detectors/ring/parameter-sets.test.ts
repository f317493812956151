import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BitReader, rawPayload } from "../../../detectors/ring/bit-reader.ts";
import { joined, parameterSetsIn } from "../../../detectors/ring/parameter-sets.ts";
import { readSequenceH264 } from "../../../detectors/ring/sequence-h264.ts";
import { readSequenceH265 } from "../../../detectors/ring/sequence-h265.ts";
import { eachUnit, frameByLengths, lengthFramedSize } from "../../../detectors/ring/units.ts";
import { headOfFilm, parameterSets } from "../../support/coded-pictures.ts";
import { missing } from "../../support/peers.ts";

const unit = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  // Coding never leaves three bytes that look like a start code inside a unit, nor a zero at its end.
  .filter((bytes) => bytes.at(-1) !== 0 && !Buffer.from(bytes).includes(Buffer.from([0, 0])));

describe("the units of a packet", () => {
  test("are framed by their lengths, byte for byte", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(unit, fc.boolean()), { maxLength: 8 }), (units) => {
        const packet = Buffer.concat(
          units.flatMap(([bytes, long]) => [Buffer.alloc(long ? 3 : 2), Buffer.from([1]), bytes]),
        );
        const framed = new Uint8Array(lengthFramedSize(packet));
        expect(frameByLengths(packet, framed)).toBe(framed.length);
        const view = Buffer.from(framed);
        let at = 0;
        for (const [bytes] of units) {
          expect(view.readUInt32BE(at)).toBe(bytes.length);
          expect([...view.subarray(at + 4, at + 4 + bytes.length)]).toEqual([...bytes]);
          at += 4 + bytes.length;
        }
        expect(at).toBe(framed.length);
      }),
    );
  });

  test("are not looked at further than wanted", () => {
    let seen = 0;
    eachUnit(parameterSets["640x360"], () => {
      seen += 1;
      return false;
    });
    expect(seen).toBe(1);
  });
});

describe("exponential Golomb numbers", () => {
  test("are read as ITU-T H.264 9.1 writes them", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 20 }), { maxLength: 20 }), (numbers) => {
        const code = (number: number): string => {
          const binary = (number + 1).toString(2);
          return "0".repeat(binary.length - 1) + binary;
        };
        const bits = numbers.map(code).join("");
        const bytes = (bits.match(/.{1,8}/g) ?? []).map((eight) => Number.parseInt(eight.padEnd(8, "0"), 2));
        const reader = new BitReader(Uint8Array.from(bytes));
        expect(numbers.map(() => reader.ue())).toEqual(numbers);
        expect(reader.short).toBe(false);
      }),
    );
  });

  test("of a set that is cut short are said to be so", () => {
    const reader = new BitReader(Uint8Array.of(0));
    reader.ue();
    expect(reader.short).toBe(true);
  });

  test("are read behind emulation prevention", () => {
    expect([...rawPayload(Uint8Array.of(1, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3))]).toEqual([1, 0, 0, 1, 0, 0, 0, 0]);
  });
});

describe.skipIf(missing("ffmpeg"))("the size in parameter sets", () => {
  test.each([
    ["640x360", ["-c:v", "libx264", "-profile:v", "baseline"], 8, 1],
    ["1920x1080", ["-c:v", "libx264", "-profile:v", "high"], 8, 1],
    ["1920x1080", ["-c:v", "libx264", "-flags", "+ildct", "-x264-params", "interlaced=1"], 8, 1],
    ["638x362", ["-c:v", "libx264", "-pix_fmt", "yuv444p"], 8, 3],
    ["640x360", ["-c:v", "libx264", "-pix_fmt", "yuv422p10le"], 10, 2],
    ["640x360", ["-c:v", "libx264", "-x264-params", "cqm=jvt"], 8, 1],
  ] as const)("of H.264, %s with %j", (size, coding, lumaDepth, chromaFormat) => {
    const sets = parameterSetsIn("h264", headOfFilm(size, coding, "h264"));
    const [width, height] = size.split("x").map(Number);
    expect(readSequenceH264(sets?.sps[0] as Uint8Array)).toEqual({
      width,
      height,
      chromaFormat,
      lumaDepth,
      chromaDepth: lumaDepth,
    });
    expect(sets?.pps).toHaveLength(1);
  });

  test.each([
    ["1920x1080", [], 8, 1],
    ["638x362", ["-pix_fmt", "yuv444p"], 8, 3],
    ["640x360", ["-pix_fmt", "yuv420p10le"], 10, 1],
  ] as const)("of H.265, %s with %j", (size, coding, lumaDepth, chromaFormat) => {
    const options = ["-c:v", "libx265", "-x265-params", "log-level=error", ...coding];
    const sets = parameterSetsIn("h265", headOfFilm(size, options, "hevc"));
    const [width, height] = size.split("x").map(Number);
    const sequence = readSequenceH265(sets?.sps[0] as Uint8Array);
    expect(sequence).toMatchObject({ width, height, chromaFormat, lumaDepth, chromaDepth: lumaDepth, subLayers: 0 });
    expect(sets?.vps).toHaveLength(1);
  });

  test("is none when they are cut short", () => {
    const sps = parameterSetsIn("h264", parameterSets["640x360"])?.sps[0] as Uint8Array;
    expect(readSequenceH264(sps.subarray(0, 8))).toBeNull();
    expect(readSequenceH265(Uint8Array.of(66, 1, 1))).toBeNull();
  });

  test("are compared as they are kept", () => {
    const sets = parameterSets["640x360"];
    const found = parameterSetsIn("h264", sets);
    expect(found === null ? null : [...joined(found)]).toEqual([...sets]);
    expect(parameterSetsIn("h264", new Uint8Array(20))).toBeNull();
  });
});
