/** A benchmark has nobody to tell what is wrong: it ends there. */
import { ProblemError, type Result } from "../../core/problems/problem.ts";

export function needed<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new ProblemError(result.problems);
}
