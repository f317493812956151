/** What a rule says of a track: a proposal for a reviewer, or why it will not judge. Never both, never twice. */
import type { Problem } from "../problems/problem.ts";

export const ruleNames = [
  "red_light",
  "stop_line",
  "lane_line",
  "lane_class",
  "wrong_way",
  "stopping",
  "section_speed",
] as const;

export type RuleName = (typeof ruleNames)[number];

export interface Violation {
  readonly rule: RuleName;
  /** Counts up with every change of what the rule means. */
  readonly version: number;
  readonly track: number;
  /** The act: for a crossing the moment at which the front was on the line. */
  readonly at_ms: number;
  /** How wrong that may be by what the rule itself knows, ms: it happened out of sight, or slowly. Places and clocks have errors of their own. */
  readonly error_ms?: number;
  /** What was measured, each with its unit in its name. */
  readonly measured: Readonly<Record<string, number>>;
}

export interface Refusal {
  readonly rule: RuleName;
  readonly track: number;
  readonly at_ms: number;
  readonly reason: Problem;
}

export type Ruling = { readonly violation: Violation } | { readonly refusal: Refusal };
