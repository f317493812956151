/**
 * The seal on a whole database document that passed the gate, as `proved-plan.ts` is the seal on a plan: recognised by
 * identity, frozen to its last leaf, and good only for the device it was proved against.
 */
import { documentDigest } from "./digest.ts";
import { frozenCopy } from "./frozen-copy.ts";

declare const proof: unique symbol;

/** Only `controllers/gate` can make one; a manager refuses to write anything else. */
export interface ProvedDatabase<D = unknown> {
  readonly controller: string;
  readonly document: D;
  readonly digest: string;
  /** Digest of what was read from the device when it was proved: another reading, and the proof is void. */
  readonly against: string;
  readonly [proof]: true;
}

/** Every one that was made. A capability list, like the one of plans. */
const made = new WeakSet<object>();

/** For the proof of documents alone; not exported from the folder's front door. `device`: what was read from it. */
export function sealDatabase<D>(controller: string, document: D, device: unknown): ProvedDatabase<D> {
  const copy = frozenCopy(document);
  const against = documentDigest(device);
  const sealed = Object.freeze({ controller, document: copy, digest: documentDigest(copy), against });
  made.add(sealed);
  return sealed as ProvedDatabase<D>;
}

/** True only for the very object the gate handed out. */
export const isProvedDatabase = (candidate: unknown): candidate is ProvedDatabase =>
  typeof candidate === "object" && candidate !== null && made.has(candidate);
