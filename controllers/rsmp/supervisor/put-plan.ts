/**
 * A plan that passed the gate, put into an RSMP site: cycle, offset and bands of its time plan, each read back, then the plan by
 * command, confirmed by the site's own word. RSMP has no transaction, so that the plan that runs is never written to; when the
 * command itself is not confirmed, the site is told to choose for itself again.
 */

import type { ProvedPlan } from "../../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { isProved } from "../../gate/proved-plan.ts";
import { type CommandWords, sealCommand } from "../../gate/sealed-command.ts";
import type { ConnectedSite } from "./connected-site.ts";

export interface PlanOrder {
  readonly component: string;
  readonly plan: ProvedPlan;
  /** Seconds of each dynamic band for the plan's splits: which band lengthens what is the site's own affair. */
  readonly bands?: Readonly<Record<number, number>>;
  /** Minutes after which bands that are not set again lapse (M0023). Without it a lost centre would leave them. */
  readonly bandTimeout_min?: number;
  readonly reason: string;
  readonly now_ms: number;
}

/** A command is sent at once or not at all. */
const FRESH_MS = 30_000;

interface Step {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  /** Status that must say so afterwards: the item of a list, or the whole. */
  readonly readBack?: { readonly sCI: string; readonly n: string; readonly item: string };
}

/**
 * Steps of an order. RSMP adds the offset to the base counter, `c = (b + o) mod t`; a plan of ours says how long local zero lags, so
 * the one is the other's complement.
 */
function stepsOf({ plan: { plan }, bands, bandTimeout_min }: PlanOrder): readonly Step[] {
  const number = String(plan.pattern);
  const offset_s = (plan.cycle_s - plan.offset_s) % plan.cycle_s;
  const list = Object.entries(bands ?? {});
  const timeout = bandTimeout_min === undefined ? [] : [{ code: "M0023", values: { status: String(bandTimeout_min) } }];
  return [
    {
      code: "M0018",
      values: { plan: number, status: String(plan.cycle_s) },
      readBack: { sCI: "S0028", n: "status", item: `${number}-${plan.cycle_s}` },
    },
    {
      code: "M0015",
      values: { plan: number, status: String(offset_s) },
      readBack: { sCI: "S0024", n: "status", item: `${number}-${offset_s}` },
    },
    ...(list.length === 0 ? [] : timeout),
    ...list.map(([band, seconds]) => ({
      code: "M0014",
      values: { plan: number, status: `${band}-${seconds}` },
      readBack: { sCI: "S0023", n: "status", item: `${number}-${band}-${seconds}` },
    })),
    {
      code: "M0002",
      values: { status: "True", timeplan: number },
      readBack: { sCI: "S0014", n: "status", item: number },
    },
  ];
}

const words = (site: ConnectedSite, order: Omit<PlanOrder, "plan">, { code, values }: Step): CommandWords => ({
  site: site.id,
  component: order.component,
  code,
  values,
  reason: order.reason,
  expires_ms: order.now_ms + FRESH_MS,
});

/** Numbers of an item, so that `01-045` is `1-45`. */
const numbers = (item: string): string => item.split("-").map(Number).join("-");

async function readsBack(site: ConnectedSite, component: string, { readBack }: Step): Promise<Result<boolean>> {
  if (readBack === undefined) return ok(true);
  const told = await site.request(component, [readBack]);
  if (!told.ok) return told;
  const [value] = told.value;
  const items = typeof value?.s === "string" ? value.s.split(",").map(numbers) : [];
  return ok(value?.q === "recent" && items.includes(readBack.item));
}

async function isRunning(site: ConnectedSite, { component, plan }: PlanOrder): Promise<Result<boolean>> {
  const told = await site.request(component, [{ sCI: "S0014", n: "status" }]);
  return told.ok ? ok(Number(told.value[0]?.s) === plan.plan.pattern) : told;
}

/** Puts the plan into force, or says what went wrong. */
export async function putPlan(site: ConnectedSite, order: PlanOrder): Promise<Result<void>> {
  if (!isProved(order.plan)) return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: site.id }));
  const running = await isRunning(site, order);
  if (!running.ok) return running;
  if (running.value) {
    return failed(problem("PATTERN_IN_FORCE", { controller: site.id, pattern: order.plan.plan.pattern }));
  }
  for (const step of stepsOf(order)) {
    const done = await site.command(sealCommand(words(site, order, step)));
    const read = done.ok ? await readsBack(site, order.component, step) : done;
    if (read.ok && read.value) continue;
    if (step.code === "M0002") await releasePlan(site, order);
    const { code, values } = step;
    const what = JSON.stringify(values);
    return read.ok ? failed(problem("RSMP_READ_BACK_DIFFERS", { site: site.id, code, what })) : read;
  }
  return ok(undefined);
}

/** Hands the choice of plan back to the site. Needs no proof: it takes control from nobody but us. */
export async function releasePlan(site: ConnectedSite, order: Omit<PlanOrder, "plan">): Promise<Result<void>> {
  const step = { code: "M0002", values: { status: "False", timeplan: "1" } };
  const done = await site.command(sealCommand(words(site, order, step)));
  return done.ok ? ok(undefined) : done;
}
