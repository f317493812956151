/** Reasons as they are kept: a word that no language owns, then what was typed. Read back in the reader's language. */

export const rejectReasons = [
  "act_not_visible",
  "no_violation",
  "wrong_vehicle",
  "signal_unclear",
  "emergency_vehicle",
  "directed_by_police",
  "forced_by_traffic",
  "marking_unclear",
  "poor_picture",
  "other",
] as const;

export const unsureReasons = [
  "act_not_visible",
  "signal_unclear",
  "directed_by_police",
  "forced_by_traffic",
  "poor_picture",
  "other",
] as const;

const known: readonly string[] = rejectReasons;

export type ReasonCode = (typeof rejectReasons)[number];

const separator = ": ";

export const writtenReason = (code: ReasonCode | null, words: string): string =>
  [code, words.trim()].filter((part) => part !== null && part !== "").join(separator);

export function readReason(reason: string): { readonly code: ReasonCode | null; readonly words: string } {
  const [first = ""] = reason.split(separator, 1);
  if (!known.includes(first)) return { code: null, words: reason };
  return { code: first as ReasonCode, words: reason.slice(first.length + separator.length) };
}
