/**
 * The seal on a command to an RSMP site: it is sent only while it is fresh. What is sealed carries no security code: the supervisor
 * adds it when it sends, from where secrets are kept.
 */
import { Seal } from "./seal.ts";

declare const proof: unique symbol;

export interface CommandWords {
  readonly site: string;
  readonly component: string;
  readonly code: string;
  /** By name, without security codes. */
  readonly values: Readonly<Record<string, string | boolean>>;
  /** Why, for the ledger. */
  readonly reason: string;
  /** From when on it may not be sent any more: milliseconds since 1970. */
  readonly expires_ms: number;
}

export interface SealedCommand {
  readonly words: CommandWords;
  readonly [proof]: true;
}

const seal = new Seal<SealedCommand>();

/** For what puts proved plans into a site and takes them out; not exported from the folder's front door. */
export const sealCommand = (words: CommandWords): SealedCommand => seal.putOn({ words });

/** True only for the very object that was sealed, and only until it expires. */
export const mayBeSent = (candidate: unknown, now_ms: number): candidate is SealedCommand =>
  seal.isOn(candidate) && now_ms < candidate.words.expires_ms;
