import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { merklePath, merkleRoot, rootByPath } from "../../../core/evidence/merkle-tree.ts";

const hash = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");
const leaves = fc.array(fc.string(), { minLength: 1, maxLength: 40 });

describe("a Merkle tree over the entries of a day", () => {
  test("every leaf is under the root by its path", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), (all, pick) => {
        const index = pick % all.length;
        const path = merklePath(all, index, hash);
        expect(rootByPath(all[index] as string, path, hash)).toBe(merkleRoot(all, hash));
      }),
    );
  });

  test("another leaf is not under it by that path", () => {
    fc.assert(
      fc.property(leaves, fc.nat(), fc.string(), (all, pick, other) => {
        const index = pick % all.length;
        fc.pre(other !== all[index]);
        expect(rootByPath(other, merklePath(all, index, hash), hash)).not.toBe(merkleRoot(all, hash));
      }),
    );
  });

  test("the order, the number and each leaf are in the root", () => {
    const root = merkleRoot(["a", "b", "c"], hash);
    for (const other of [
      ["b", "a", "c"],
      ["a", "b"],
      ["a", "b", "c", "c"],
      ["a", "b", "d"],
    ]) {
      expect(merkleRoot(other, hash)).not.toBe(root);
    }
  });

  test("a node cannot pass for a leaf", () => {
    const [left, right] = [merkleRoot(["a"], hash), merkleRoot(["b"], hash)];
    expect(merkleRoot([`${left} ${right}`], hash)).not.toBe(merkleRoot(["a", "b"], hash));
  });

  test("the path grows with the logarithm of the number of leaves", () => {
    const many = Array.from({ length: 1000 }, (_, index) => String(index));
    expect(merklePath(many, 0, hash).length).toBe(10);
    expect(() => merklePath(many, 1000, hash)).toThrow(RangeError);
  });
});
