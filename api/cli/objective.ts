/** `--objective`: what plans are chosen for. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { CorridorObjective } from "../../core/retime/proposal.ts";
import type { VerbArguments } from "./verb.ts";

export function objectiveOf(args: VerbArguments, usual: CorridorObjective): Result<CorridorObjective> {
  const found = args.text("objective") ?? usual;
  if (found === "delay" || found === "band") return ok(found);
  return failed(problem("RETIME_OBJECTIVE", { found }));
}
