/** What zod finds wrong with a value, in our words: its own are English only and do not say what to do. */
import type { z } from "zod";
import { type ProblemCode, templates } from "../problems/catalogue.ts";
import type { ProblemWords } from "../problems/problem.ts";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

export interface Finding {
  readonly code: ProblemCode;
  readonly words: ProblemWords;
}

const LONGEST_SHOWN = 40;

/** A value as it may be repeated in a sentence. */
function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object" && value !== null) return "{…}";
  const text = JSON.stringify(value) ?? "";
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}

const typeCodes: Readonly<Record<string, ProblemCode>> = {
  string: "NOT_TEXT",
  number: "NOT_NUMBER",
  int: "NOT_WHOLE",
  array: "NOT_LIST",
  tuple: "NOT_LIST",
  object: "NOT_SECTION",
  record: "NOT_SECTION",
};

const isProblemCode = (message: string): message is ProblemCode => Object.hasOwn(templates, message);

function wrongType(expected: string, value: unknown): Finding {
  // Asked for a whole number, zod says so of 1.5 and of "fast" alike.
  const code = expected === "int" && typeof value !== "number" ? "NOT_NUMBER" : typeCodes[expected];
  if (code === undefined) return { code: "BAD_VALUE", words: { reason: expected } };
  return { code, words: { got: shown(value) } };
}

type Bound = Extract<Issue, { code: "too_small" | "too_big" }>;

function outOfBounds(issue: Bound, value: unknown): Finding {
  const small = issue.code === "too_small";
  const limit = Number(small ? issue.minimum : issue.maximum);
  if (Array.isArray(value)) return { code: small ? "TOO_FEW" : "TOO_MANY", words: { limit, got: value.length } };
  if (typeof value === "string") {
    return small && limit === 1 ? { code: "TEXT_EMPTY", words: {} } : { code: "TEXT_LENGTH", words: { limit } };
  }
  const within = small ? "NUMBER_TOO_SMALL" : "NUMBER_TOO_BIG";
  const beyond = small ? "NUMBER_NOT_ABOVE" : "NUMBER_NOT_BELOW";
  return { code: issue.inclusive === false ? beyond : within, words: { limit, got: shown(value) } };
}

function notAChoice(values: readonly unknown[], value: unknown): Finding {
  const words = { choices: values.map(shown).join(", "), got: shown(value) };
  const guess =
    typeof value === "string"
      ? nearest(
          value,
          values.filter((each) => typeof each === "string"),
        )
      : null;
  if (guess === null) return { code: "NOT_A_CHOICE", words };
  return { code: "NOT_A_CHOICE_NEAR", words: { ...words, guess: shown(guess) } };
}

/**
 * Says what is wrong with `value`, which `issue` is about. A schema names the problem itself by giving a code of
 * the catalogue as the message of its check: `.regex(pattern, "BAD_ID")`.
 */
export function findingOf(issue: Issue, value: unknown): Finding {
  if (value === null) return { code: "EMPTY_VALUE", words: {} };
  if (isProblemCode(issue.message)) return { code: issue.message, words: { got: shown(value) } };
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, value);
    case "too_small":
    case "too_big":
      return outOfBounds(issue, value);
    case "invalid_value":
      return notAChoice(issue.values, value);
    case "invalid_union":
      return notAChoice((issue as { options?: readonly unknown[] }).options ?? [], value);
    case "not_multiple_of":
      return { code: "NUMBER_STEP", words: { step: issue.divisor, got: shown(value) } };
    case "invalid_format":
      return { code: "BAD_FORM", words: { got: shown(value), pattern: issue.pattern ?? issue.format } };
    default:
      return { code: "BAD_VALUE", words: { reason: issue.code.replaceAll("_", " ") } };
  }
}
