/**
 * The seal on a plan that passed the gate. A `ProvedPlan` is recognised by identity: this file remembers every one it
 * made, so an object with the same fields (a literal, a clone, a JSON round trip) is not one, and the deep freeze
 * keeps the one from changing after the proof.
 */
import type { DeviceTiming, ProvedPlan } from "../../core/ports/signal-controller.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { documentDigest, planDigest } from "./digest.ts";
import { frozenCopy } from "./frozen-copy.ts";

/** As the list of a `Seal`; each proof with the digest of the device timing that it was made against. */
const proofs = new WeakMap<ProvedPlan, string>();

/** What a proof depends on in the device: everything but the pattern about to be written. */
export function timingDigest(timing: DeviceTiming, pattern: number): string {
  return documentDigest({ ...timing, patterns: timing.patterns.filter((other) => other.pattern !== pattern) });
}

/** For `prove` alone; not exported from the folder's front door. */
export function seal(plan: Plan, timing: DeviceTiming): ProvedPlan {
  const copy = frozenCopy(plan);
  const proved = Object.freeze({ plan: copy, digest: planDigest(copy) }) as ProvedPlan;
  proofs.set(proved, timingDigest(timing, plan.pattern));
  return proved;
}

/** True only for the very object the gate handed out. */
export function isProved(candidate: unknown): candidate is ProvedPlan {
  return typeof candidate === "object" && candidate !== null && proofs.has(candidate as ProvedPlan);
}

/** What only the controller can tell about a plan before it opens its mouth to the device. */
export function refusalOf(controller: string, intersection: string, plan: ProvedPlan): Problem | null {
  if (!isProved(plan)) return problem("PLAN_NOT_PROVED", { controller });
  const meant = plan.plan.intersection;
  return meant === intersection ? null : problem("CONTROLLER_ELSEWHERE", { controller, intersection, plan: meant });
}

/** Digest of the device timing the plan was proved against; null for anything that is not a proof. */
export function provedAgainst(candidate: unknown): string | null {
  return isProved(candidate) ? (proofs.get(candidate) ?? null) : null;
}
