import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  againstRecordedTail,
  type ChainTail,
  chainEntry,
  emptyChain,
  verifyChain,
} from "../../../core/evidence/ledger-chain.ts";
import type { LedgerEntry } from "../../../core/ports/storage.ts";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

function chainOf(bodies: readonly unknown[], from: ChainTail = emptyChain): LedgerEntry[] {
  let tail = from;
  return bodies.map((body, i) => {
    const entry = chainEntry(tail, "plan_activated", body, 1_000 + i, sha256);
    tail = entry;
    return entry;
  });
}

const bodies = fc.array(fc.jsonValue({ stringUnit: "binary" }), { minLength: 3, maxLength: 12 });
/** A chain and a place in it. */
const chainAndPlace = bodies.chain((list) => fc.tuple(fc.constant(chainOf(list)), fc.nat(list.length - 1)));

const another: { readonly [K in keyof LedgerEntry]: (entry: LedgerEntry) => LedgerEntry[K] } = {
  seq: (entry) => entry.seq + 1,
  at_ms: (entry) => entry.at_ms + 1,
  kind: (entry) => `${entry.kind}.`,
  body: (entry) => ({ was: entry.body }),
  previous: (entry) => sha256(entry.previous),
  hash: (entry) => sha256(entry.hash),
};

describe("the ledger chain", () => {
  it("starts after 64 zeros and numbers from 1", () => {
    const [first, second] = chainOf([{ a: 1 }, { a: 2 }]);
    expect(first).toMatchObject({ seq: 1, previous: "0".repeat(64) });
    expect(second).toMatchObject({ seq: 2, previous: first?.hash });
  });

  it("hashes the canonical form, so that anyone can check it with sha256sum", () => {
    const [entry] = chainOf([{ b: 1, a: [true] }]);
    const text = `{"at_ms":1000,"body":{"a":[true],"b":1},"kind":"plan_activated","previous":"${"0".repeat(64)}","seq":1}`;
    expect(entry?.hash).toBe(sha256(text));
  });

  it("holds as it was made, read whole or in pages", () => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        const whole = verifyChain(chain, sha256);
        expect(whole).toMatchObject({ entries: chain.length, broken_at: null, fault: null });
        const firstPage = verifyChain(chain.slice(0, place), sha256);
        expect(verifyChain(chain.slice(place), sha256, firstPage.tail)).toMatchObject({
          entries: chain.length - place,
          broken_at: null,
          tail: whole.tail,
        });
      }),
    );
  });

  it.each(Object.keys(another) as (keyof LedgerEntry)[])("names the entry whose %s was altered", (field) => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        const altered = chain.map((entry, i) => (i === place ? { ...entry, [field]: another[field](entry) } : entry));
        const fault = field === "seq" ? "wrong_sequence" : field === "previous" ? "wrong_previous" : "wrong_hash";
        expect(verifyChain(altered, sha256)).toMatchObject({ entries: place, broken_at: place + 1, fault });
      }),
    );
  });

  it("names the successor of an entry that was altered and hashed again", () => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        fc.pre(place < chain.length - 1);
        const { seq, hash } = chain[place - 1] ?? emptyChain;
        const forged = chainEntry({ seq, hash }, "forged", null, 0, sha256);
        const altered = chain.map((entry, i) => (i === place ? forged : entry));
        expect(verifyChain(altered, sha256)).toMatchObject({ broken_at: place + 2, fault: "wrong_previous" });
      }),
    );
  });

  it("names the place of an entry that was removed", () => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        fc.pre(place < chain.length - 1);
        expect(verifyChain(chain.toSpliced(place, 1), sha256)).toMatchObject({
          entries: place,
          broken_at: place + 1,
          fault: "wrong_sequence",
        });
      }),
    );
  });

  it("names the place of an entry that was put in between, were it well made", () => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        const before = chain[place] ?? emptyChain;
        const forged = chainEntry(before, "forged", null, 0, sha256);
        fc.pre(place < chain.length - 1);
        expect(verifyChain(chain.toSpliced(place + 1, 0, forged), sha256)).toMatchObject({
          entries: place + 2,
          broken_at: place + 3,
          fault: "wrong_sequence",
        });
      }),
    );
  });

  it("names the first place of two entries that changed places", () => {
    fc.assert(
      fc.property(chainAndPlace, fc.nat(), ([chain, place], other) => {
        const to = other % chain.length;
        fc.pre(to !== place);
        const moved = chain.with(place, chain[to] as LedgerEntry).with(to, chain[place] as LedgerEntry);
        expect(verifyChain(moved, sha256)).toMatchObject({
          broken_at: Math.min(place, to) + 1,
          fault: "wrong_sequence",
        });
      }),
    );
  });

  it("shows entries cut from its end, and entries added to it, once held against the recorded tail", () => {
    fc.assert(
      fc.property(chainAndPlace, ([chain, place]) => {
        const whole = verifyChain(chain, sha256);
        const cut = verifyChain(chain.slice(0, place), sha256);
        expect(cut.broken_at).toBeNull();
        expect(againstRecordedTail(whole, whole.tail)).toEqual(whole);
        expect(againstRecordedTail(cut, whole.tail)).toMatchObject({ broken_at: place + 1, fault: "wrong_tail" });
        expect(againstRecordedTail(whole, cut.tail)).toMatchObject({ broken_at: place + 1, fault: "wrong_tail" });
      }),
    );
  });

  it("shows a last entry that was replaced by a well made one", () => {
    const chain = chainOf([1, 2, 3]);
    const tail = verifyChain(chain, sha256).tail;
    const replaced = chain.with(2, chainEntry(chain[1] as LedgerEntry, "forged", 9, 0, sha256));
    expect(againstRecordedTail(verifyChain(replaced, sha256), tail)).toMatchObject({
      broken_at: 3,
      fault: "wrong_tail",
    });
  });
});
