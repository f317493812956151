/** Each intersection must be one that can be run safely: core/signal decides, this only says where in the file. */
import { type Problem, problem } from "../../core/problems/problem.ts";
import { validateIntersection } from "../../core/signal/validate/intersection.ts";
import type { Draft } from "./draft.ts";

export function checkSignals(draft: Draft): readonly Problem[] {
  return draft.intersections.flatMap(({ path, value }) =>
    validateIntersection(value).map(({ code, words, at }) =>
      problem(code, words, { path: at?.path === undefined ? path : `${path}.${at.path}` }),
    ),
  );
}
