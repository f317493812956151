/** Frames on the wire: however the bytes are cut, whatever is in them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FrameReader, frameLimits, frameOf } from "../../../controllers/rsmp/protocol/framing.ts";
import { instantOf, timestampOf } from "../../../controllers/rsmp/protocol/timestamp.ts";
import { coreVersion, highestCommon, sxlVersion } from "../../../controllers/rsmp/protocol/versions.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

describe("frames", () => {
  it("come out as they went in, however they were cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.dictionary(fc.string(), fc.string({ unit: "grapheme" })), { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (messages, cuts) => {
          const whole = bytes(messages.map(frameOf).join(""));
          const reader = new FrameReader();
          const got: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            if (at >= whole.length) break;
            got.push(...reader.feed(whole.subarray(at, at + cut), 0));
            at += cut;
          }
          expect(got.map((frame) => JSON.parse(frame) as unknown)).toEqual(messages);
          expect(reader.held).toBe(0);
        },
      ),
    );
  });

  it("of nothing, leading and doubled form feeds, are none", () => {
    expect(new FrameReader().feed(bytes("\f\f{}\f\f \n\f{}\f"), 0)).toEqual(["{}", "{}"]);
  });

  it("end by one form feed alone, even of a message with form feeds in it", () => {
    const text = frameOf({ rea: "a\fb" });
    expect(text.indexOf("\f")).toBe(text.length - 1);
  });

  it("of more than a mebibyte are given up, and nothing of them is kept", () => {
    const reader = new FrameReader();
    const piece = Buffer.alloc(65_536, 0x20);
    for (let i = 0; i < 20; i++) reader.feed(piece, 0);
    expect(reader.fault).toBe("too large");
    expect(reader.held).toBe(0);
    expect(reader.feed(bytes("{}\f"), 0)).toEqual([]);
  });

  it("of exactly a mebibyte are taken", () => {
    const reader = new FrameReader();
    const padding = " ".repeat(frameLimits.bytes - 2);
    expect(reader.feed(bytes(`{${padding}}\f`), 0)).toHaveLength(1);
  });

  it("that never end are given up after their time, others not", () => {
    const reader = new FrameReader({ bytes: 100, ms: 1000 });
    reader.feed(bytes("{}\f{"), 0);
    expect(reader.overdue(1000)).toBe(false);
    expect(reader.overdue(1001)).toBe(true);
    const idle = new FrameReader({ bytes: 100, ms: 1000 });
    idle.feed(bytes("{}\f"), 0);
    expect(idle.overdue(1_000_000)).toBe(false);
  });

  it("that are not UTF-8 are given up", () => {
    const reader = new FrameReader();
    expect(reader.feed(Buffer.from([0x22, 0xff, 0x22, 0x0c]), 0)).toEqual([]);
    expect(reader.fault).toBe("not UTF-8");
  });
});

describe("timestamps", () => {
  it("come back as the instant they were made of", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (ms) => instantOf(timestampOf(ms)) === ms));
  });

  it.each(["2026-02-31T00:00:00.000Z", "2026-01-01T00:00:00Z", "2026-01-01 00:00:00.000Z", ""])(
    "%j is none",
    (text) => {
      expect(instantOf(text)).toBeNull();
    },
  );
});

describe("versions", () => {
  it("are the same with and without a zero at the end", () => {
    expect(coreVersion("3.2")).toBe("3.2.0");
    expect(coreVersion("3.1.4")).toBeNull();
    expect(coreVersion("x")).toBeNull();
    expect(sxlVersion("1.2")).toBe("1.2.1");
    expect(sxlVersion("1.0.13")).toBeNull();
  });

  it("agree on the newest that both have, in the peer's spelling", () => {
    expect(highestCommon(["3.1.5", "3.2.0"], ["3.2", "3.1.5", "9.9"])).toEqual({ version: "3.2.0", spelling: "3.2" });
    expect(highestCommon(["3.1.5"], ["3.1.1"])).toBeNull();
  });
});
