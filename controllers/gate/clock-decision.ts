/** The seal on setting a device's clock: it moves every offset, so it needs a reason and grows old like every command. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { Seal } from "./seal.ts";

declare const proof: unique symbol;

export interface ClockWords {
  readonly controller: string;
  /** Why, for the ledger. */
  readonly reason: string;
  readonly made_ms: number;
  readonly expires_ms: number;
}

export interface ClockDecision {
  readonly words: ClockWords;
  readonly [proof]: true;
}

/** The start of a second has to be waited for, and three attempts may be needed. */
const LONGEST_MS = 60_000;

const seal = new Seal<ClockDecision>();

/** The drift was read a moment ago; the decision says how far the device is off and that somebody wants it mended. */
export function decideClock(words: ClockWords): Result<ClockDecision> {
  const lasts_ms = words.expires_ms - words.made_ms;
  const wrong =
    words.reason === "" ? "it has no reason" : `it lasts ${lasts_ms} ms; from 1 to ${LONGEST_MS} are possible`;
  if (words.reason === "" || lasts_ms <= 0 || lasts_ms > LONGEST_MS) {
    return failed(problem("DECISION_REFUSED", { intersection: words.controller, reason: wrong }));
  }
  return ok(seal.putOn({ words }));
}

/** True for one that `decideClock` handed out for this controller, and that is not too old. */
export const mayStillSet = (decision: ClockDecision, controller: string, now_ms: number): boolean =>
  seal.isOn(decision) &&
  decision.words.controller === controller &&
  now_ms >= decision.words.made_ms &&
  now_ms < decision.words.expires_ms;
