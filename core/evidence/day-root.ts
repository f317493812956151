/**
 * The root of a day: one signed document for everything that was written into the chains on that day, which can be
 * published and cannot be changed afterwards without all later ones changing too. It says where each chain stood, so
 * that a chain that is rewritten as a whole, or put back to an older state, disagrees with it.
 */
import { z } from "zod";
import type { Hasher } from "../ports/hasher.ts";
import type { LedgerFault } from "../ports/storage.ts";
import { canonicalJson } from "./canonical-json.ts";
import { merklePath, merkleRoot, type PathStep } from "./merkle-tree.ts";
import { signatureSchema } from "./package/manifest.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const seq = z.number().int().min(1);
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

const faults = [
  "wrong_sequence",
  "wrong_previous",
  "wrong_hash",
  "wrong_tail",
] as const satisfies readonly LedgerFault[];

/** What one chain gained on a day. `hash` is that of entry `to_seq`. */
const growthSchema = z.strictObject({ chain: z.string().min(1), from_seq: seq, to_seq: seq, hash: sha256 });

export const dayRootSchema = z.strictObject({
  version: z.literal(1),
  site: z.string().min(1),
  day: daySchema,
  timezone: z.string().min(1),
  closed_at_ms: z.number().int(),
  /** Merkle root over all entries of the day: chain after chain as in `chains`, then `cases`, each in its own order. */
  merkle_root: sha256,
  entries: z.number().int().min(0),
  /** `ledger` and `audit`, where they gained anything. */
  chains: z.array(growthSchema),
  /** The log of each case that gained anything, under a mark that only whoever has the log can make. */
  cases: z.array(
    growthSchema.extend({
      /** The newest package that the whole log knows of. */
      sealed: z.strictObject({ edition: z.number().int().min(1), manifest_sha256: sha256 }).nullable(),
    }),
  ),
  /** Chains that did not follow from where they stood the day before. */
  faults: z.array(z.strictObject({ chain: z.string().min(1), entry: seq, fault: z.enum(faults) })),
  /** Digest of the day before; null for the first. */
  previous: sha256.nullable(),
});

export type DayRoot = Readonly<z.infer<typeof dayRootSchema>>;

/** The file `<day>.json`, as canonical JSON. What is signed is the canonical JSON of `root`. */
export const signedDayRootSchema = z.strictObject({
  root: dayRootSchema,
  signatures: signatureSchema.shape.signatures,
});

export type SignedDayRoot = Readonly<z.infer<typeof signedDayRootSchema>>;

/** That an entry is under the root of a day, without the other entries of that day. */
export const inclusionSchema = z.strictObject({
  version: z.literal(1),
  day: daySchema,
  chain: z.string().min(1),
  seq,
  hash: sha256,
  path: z.array(z.strictObject({ side: z.enum(["left", "right"]), hash: sha256 })),
});

export type Inclusion = Readonly<z.infer<typeof inclusionSchema>>;

/** The number that stands for a day: it is what is published, time-stamped, and named by the day after. */
export const digestOf = (root: DayRoot, hash: Hasher): string => hash(canonicalJson(root));

/** Says nothing about the case to whoever has not seen its log. `firstHash`: of the log's first entry. */
export const caseMark = (caseId: string, firstHash: string, hash: Hasher): string =>
  hash(`case ${caseId} ${firstHash}`);

/** An entry as it stands in the tree. */
export interface Leaf {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
}

export const leafText = ({ chain, seq: number, hash }: Leaf): string => `${chain} ${number} ${hash}`;

export const rootOfLeaves = (leaves: readonly Leaf[], hash: Hasher): string => merkleRoot(leaves.map(leafText), hash);

/** Null when the entry is not among the leaves. `leaves`: all of the day, in the order of its root. */
export function inclusionOf(
  day: string,
  leaves: readonly Leaf[],
  chain: string,
  number: number,
  hash: Hasher,
): Inclusion | null {
  const index = leaves.findIndex((leaf) => leaf.chain === chain && leaf.seq === number);
  const leaf = leaves[index];
  if (leaf === undefined) return null;
  const path: readonly PathStep[] = merklePath(leaves.map(leafText), index, hash);
  return { version: 1, day, chain, seq: number, hash: leaf.hash, path: [...path] };
}
