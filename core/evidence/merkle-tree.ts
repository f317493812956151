/**
 * A Merkle tree over the ledger entries of one day: one hash stands for them all, and a short path shows that one of
 * them is under it, without the others. The shape of the tree and the separation of leaves from nodes are those of
 * RFC 6962, section 2.1 (the left part is the largest power of two below the number of leaves); hashes are of text here.
 */
import type { Hasher } from "../ports/hasher.ts";

/** One step from a leaf to the root: the hash beside it, and on which side that stands. */
export interface PathStep {
  readonly side: "left" | "right";
  readonly hash: string;
}

const leafHash = (leaf: string, hash: Hasher): string => hash(`leaf ${leaf}`);
const nodeHash = (left: string, right: string, hash: Hasher): string => hash(`node ${left} ${right}`);

/** The largest power of two below `count`, for `count` of 2 and more. */
function leftSize(count: number): number {
  let size = 1;
  while (size * 2 < count) size *= 2;
  return size;
}

/** `leaves`: one text each, such as the hash of a ledger entry. The root of no leaves is the hash of the empty text. */
export function merkleRoot(leaves: readonly string[], hash: Hasher): string {
  if (leaves.length === 0) return hash("");
  if (leaves.length === 1) return leafHash(leaves[0] as string, hash);
  const split = leftSize(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, split), hash), merkleRoot(leaves.slice(split), hash), hash);
}

/** From the leaf at `index` upwards. Throws `RangeError` for an index outside `leaves`. */
export function merklePath(leaves: readonly string[], index: number, hash: Hasher): readonly PathStep[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`leaf ${index} of ${leaves.length}`);
  }
  if (leaves.length === 1) return [];
  const split = leftSize(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...merklePath(left, index, hash), { side: "right", hash: merkleRoot(right, hash) }]
    : [...merklePath(right, index - split, hash), { side: "left", hash: merkleRoot(left, hash) }];
}

/** The root that `leaf` has by `path`; the leaf is under a root exactly when this is that root. */
export function rootByPath(leaf: string, path: readonly PathStep[], hash: Hasher): string {
  return path.reduce(
    (below, step) => (step.side === "left" ? nodeHash(step.hash, below, hash) : nodeHash(below, step.hash, hash)),
    leafHash(leaf, hash),
  );
}
