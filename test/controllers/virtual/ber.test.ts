import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BerReader,
  ber,
  berInteger,
  berOctets,
  berOid,
  MalformedError,
  TAG,
} from "../../../controllers/virtual/agent/snmp/ber.ts";
import {
  readCommunityMessage,
  writeCommunityMessage,
} from "../../../controllers/virtual/agent/snmp/community-message.ts";
import { PDU, type Varbind } from "../../../controllers/virtual/agent/snmp/pdu.ts";

const identifier = fc
  .tuple(fc.nat(2), fc.nat(39), fc.array(fc.nat(0xffffffff), { maxLength: 30 }))
  .map(([first, second, rest]) => [first, second, ...rest].join("."));
const octets = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const varbind: fc.Arbitrary<Varbind> = fc.oneof(
  fc.record({ oid: identifier, tag: fc.constant(TAG.integer), value: fc.integer() }),
  fc.record({
    oid: identifier,
    tag: fc.constantFrom(TAG.counter, TAG.gauge, TAG.timeTicks),
    value: fc.nat(0xffffffff),
  }),
  fc.record({ oid: identifier, tag: fc.constantFrom(TAG.octets, TAG.opaque), value: octets }),
  fc.record({ oid: identifier, tag: fc.constant(TAG.oid), value: identifier }),
  fc.record({
    oid: identifier,
    tag: fc.constantFrom(TAG.null, TAG.noSuchObject, TAG.endOfMibView),
    value: fc.constant(null),
  }),
);

describe("BER", () => {
  test("reads back every message that it writes", () => {
    const message = fc.record({
      version: fc.constantFrom(0 as const, 1 as const),
      community: fc.string({ unit: "binary-ascii", maxLength: 40 }),
      pdu: fc.record({
        type: fc.constantFrom(...Object.values(PDU)),
        requestId: fc.integer(),
        first: fc.integer(),
        second: fc.integer(),
        varbinds: fc.array(varbind, { maxLength: 12 }),
      }),
    });
    fc.assert(
      fc.property(message, (given) => {
        expect(readCommunityMessage(writeCommunityMessage(given))).toEqual(given);
      }),
    );
  });

  test("writes an integer in as few octets as hold it (X.690 8.3.2)", () => {
    const octetsOf = (value: number, tag?: number) => [...berInteger(value, tag)].slice(1);
    expect(octetsOf(0)).toEqual([1, 0]);
    expect(octetsOf(127)).toEqual([1, 0x7f]);
    expect(octetsOf(128)).toEqual([2, 0, 0x80]);
    expect(octetsOf(-128)).toEqual([1, 0x80]);
    expect(octetsOf(-129)).toEqual([2, 0xff, 0x7f]);
    expect(octetsOf(-2147483648)).toEqual([4, 0x80, 0, 0, 0]);
    expect(octetsOf(4294967294, TAG.counter)).toEqual([5, 0, 0xff, 0xff, 0xff, 0xfe]);
  });

  test("writes the 32 bits of a bit field as an INTEGER that every manager takes", () => {
    expect([...berInteger(4294967294)]).toEqual([TAG.integer, 1, 0xfe]);
  });

  test.each([
    ["nothing", []],
    ["a tag alone", [0x02]],
    ["a length past the end", [0x02, 5, 1]],
    ["an endless length", [0x02, 0x80, 1, 0, 0]],
    ["a length of five octets", [0x02, 0x85, 0, 0, 0, 0, 1, 7]],
    ["an integer without octets", [0x02, 0]],
    ["an integer of six octets", [0x02, 6, 0, 0, 0, 0, 0, 1]],
    ["another tag", [0x04, 1, 7]],
  ])("does not take %s for an integer", (_what, bytes) => {
    expect(() => new BerReader(Buffer.from(bytes)).integer()).toThrow(MalformedError);
  });

  test.each([
    ["without octets", [0x06, 0]],
    ["that stops inside a part", [0x06, 2, 0x2b, 0x86]],
    ["with a part of more than 32 bits", [0x06, 6, 0x2b, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ])("does not take an identifier %s", (_what, bytes) => {
    expect(() => new BerReader(Buffer.from(bytes)).oid()).toThrow(MalformedError);
  });

  test("does not take an identifier of more than 128 parts", () => {
    expect(() => new BerReader(berOid(`1.3${".1".repeat(130)}`)).oid()).toThrow(MalformedError);
  });

  test("never reads past what encloses a value", () => {
    const inner = ber(TAG.sequence, Buffer.from([TAG.octets, 4, 1, 2]));
    const both = Buffer.concat([inner, berOctets(Buffer.from([9, 9, 9, 9]))]);
    expect(() => new BerReader(both).enter(TAG.sequence).raw(TAG.octets)).toThrow(MalformedError);
  });
});
