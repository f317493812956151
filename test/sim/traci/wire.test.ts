import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteNames } from "../../../sim/traci/byte-names.ts";
import { MessageReader, MessageWriter, tags } from "../../../sim/traci/wire.ts";

describe("TraCI on the wire", () => {
  it("writes a state as SUMO reads it, to the byte", () => {
    const writer = new MessageWriter();
    writer.begin(0xc2).ubyte(0x20).string("J0").ubyte(tags.string).string("Gr").end();
    expect(writer.message().toString("hex")).toBe("0000001800000000" + "14c220000000024a300c000000024772");
  });

  it("reads what it wrote, whatever the values and however long", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(255), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.double(), fc.string())),
        fc.string({ maxLength: 9000 }),
        (commands, long) => {
          const writer = new MessageWriter();
          for (const [command, whole, real, text] of commands) {
            writer.begin(command).int(whole).double(real).string(text).string(long).end();
          }
          const bytes = writer.message();
          expect(bytes.readInt32BE(0)).toBe(bytes.length);
          const reader = new MessageReader(bytes.subarray(4));
          for (const [command, whole, real, text] of commands) {
            expect(reader.header()).toBe(command);
            expect([reader.int(), reader.double(), reader.string(), reader.string()]).toEqual([
              whole,
              real,
              text,
              long,
            ]);
          }
          expect(reader.at).toBe(bytes.length - 4);
        },
      ),
    );
  });

  it("says so when an answer ends too early, wherever it is cut", () => {
    const writer = new MessageWriter();
    writer.begin(0xd2).int(7).double(1).string("lane").end();
    const whole = writer.message().subarray(4);
    for (let cut = 0; cut < whole.length; cut += 1) {
      const reader = new MessageReader(whole.subarray(0, cut));
      expect(() => [reader.header(), reader.int(), reader.double(), reader.string()]).toThrow("ends too early");
    }
  });

  it("reads short headers too", () => {
    const reader = new MessageReader(Buffer.from([7, 0x02, 0, 0, 0, 0, 0]));
    expect([reader.header(), reader.ubyte(), reader.int()]).toEqual([0x02, 0, 0]);
  });
});

describe("names known by their bytes", () => {
  it("keep the place that they got first, among thousands", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 3000 }), (all) => {
        const names = new ByteNames(all);
        expect(names.names).toEqual(all);
        for (const [place, name] of all.entries()) {
          const bytes = Buffer.from(`x${name}x`);
          expect(names.find(bytes, 1, bytes.length - 1)).toBe(place);
        }
        const other = Buffer.from("\u0000 not among them \u0000");
        expect(names.find(other, 0, other.length)).toBe(-1);
      }),
      { numRuns: 20 },
    );
  });
});
