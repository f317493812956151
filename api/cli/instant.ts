/** An option that is a point in time. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { VerbArguments } from "./verb.ts";

/** Without a zone nobody knows which hour is meant. */
const dated = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970; absent is undefined. */
export function instantOption(args: VerbArguments, option: string): Result<number | undefined> {
  const text = args.text(option);
  if (text === undefined) return ok(undefined);
  const at_ms = /^\d{12,14}$/.test(text) ? Number(text) : dated.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isFinite(at_ms)) return ok(at_ms);
  return failed(problem("BAD_INSTANT", { option: `--${option}`, got: text }));
}
