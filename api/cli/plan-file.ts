/** A file of plans, as `retime` writes it and `push` and `simulate` read it. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { failed, ok, type Problem, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import { type Plan, planSchema } from "../../core/signal/plan.ts";

/** One plan, several, or what `retime --json` printed. Checked strictly by the gate; here only taken apart. */
const planFile = z.union([
  z.array(z.unknown()).min(1),
  z.looseObject({ plans: z.array(z.unknown()).min(1) }).transform(({ plans }) => plans),
  z.looseObject({ intersection: z.string() }).transform((plan) => [plan]),
]);

async function readJson(file: string): Promise<Result<unknown>> {
  try {
    return ok(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    const reason = reasonOf(error);
    const broken = error instanceof SyntaxError;
    return failed(broken ? problem("FILE_NOT_JSON", { file, reason }) : problem("FILE_UNREADABLE", { file, reason }));
  }
}

export async function readPlans(file: string): Promise<Result<readonly Plan[]>> {
  const document = await readJson(file);
  if (!document.ok) return document;
  const read = planFile.safeParse(document.value);
  if (!read.success) return failed(problem("NO_PLAN_IN_FILE", { file }));
  const plans: Plan[] = [];
  const problems: Problem[] = [];
  for (const [i, one] of read.data.entries()) {
    const plan = planSchema.safeParse(one);
    if (plan.success) plans.push(plan.data);
    else {
      const reasons = plan.error.issues.map(({ path, message }) => `${path.join(".") || "plan"}: ${message}`);
      problems.push(problem("NOT_A_PLAN", { file, number: i + 1, reason: reasons.join("; ") }));
    }
  }
  return problems.length > 0 ? failed(...problems) : ok(plans);
}
