/**
 * The seal on a whole database document that passed the gate, as `proved-plan.ts` is the seal on a plan: recognised by
 * identity, frozen to its last leaf, and good only for the device it was proved against.
 */
import { documentDigest } from "./digest.ts";
import { Seal } from "./seal.ts";

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

const seal = new Seal<ProvedDatabase>();

/** For the proof of documents alone; not exported from the folder's front door. `device`: what was read from it. */
export function sealDatabase<D>(controller: string, document: D, device: unknown): ProvedDatabase<D> {
  const content = { controller, document, digest: documentDigest(document), against: documentDigest(device) };
  return seal.putOn(content) as ProvedDatabase<D>;
}

/** True only for the very object the gate handed out. */
export const isProvedDatabase = (candidate: unknown): candidate is ProvedDatabase => seal.isOn(candidate);
