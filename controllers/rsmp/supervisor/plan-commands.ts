/**
 * A plan in the words of an RSMP site: cycle, offset and bands of one of its time plans, each read back, and the choice of the plan.
 * RSMP has no transaction, so that the plan that runs is never written to.
 */
import type { ProvedPlan, ReadBack } from "../../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { isProved } from "../../gate/proved-plan.ts";
import { type CommandWords, sealCommand } from "../../gate/sealed-command.ts";
import type { ConnectedSite } from "./connected-site.ts";
import type { Bands } from "./stage-splits.ts";

export interface SiteOrder {
  readonly component: string;
  readonly reason: string;
  readonly now_ms: number;
}

export interface PlanOrder extends SiteOrder {
  readonly proved: ProvedPlan;
  /** Of every band of the plan: which one lengthens what is the site's own affair. */
  readonly bands: Bands;
  /** Minutes after which bands that are not set again lapse (M0023): without it a lost centre would leave them. */
  readonly bandTimeout_min: number;
}

/** A command is sent at once or not at all. */
const FRESH_MS = 30_000;

interface Step {
  readonly code: string;
  readonly values: Readonly<Record<string, string>>;
  /** Status that must say so afterwards: the last number of the item that begins like this. */
  readonly readBack: { readonly sCI: string; readonly item: readonly number[]; readonly sent: number };
}

/** RSMP adds the offset to the base counter, `c = (b + o) mod t`; a plan of ours says how long local zero lags. */
export const complement_s = ({ cycle_s, offset_s }: Pick<Plan, "cycle_s" | "offset_s">): number =>
  (cycle_s - (offset_s % cycle_s)) % cycle_s;

function stepsOf({ proved: { plan }, bands, bandTimeout_min }: PlanOrder): readonly Step[] {
  const number = plan.pattern;
  const step = (code: string, sCI: string, sent: number): Step => ({
    code,
    values: { plan: String(number), status: String(sent) },
    readBack: { sCI, item: [number], sent },
  });
  const list = Object.entries(bands).map(([band, seconds]) => ({
    code: "M0014",
    values: { plan: String(number), status: `${band}-${seconds}` },
    readBack: { sCI: "S0023", item: [number, Number(band)], sent: seconds },
  }));
  const timeout: Step = {
    code: "M0023",
    values: { status: String(bandTimeout_min) },
    readBack: { sCI: "S0034", item: [], sent: bandTimeout_min },
  };
  return [
    step("M0018", "S0028", plan.cycle_s),
    step("M0015", "S0024", complement_s(plan)),
    ...(list.length === 0 ? [] : [timeout, ...list]),
  ];
}

const words = (
  site: ConnectedSite,
  order: SiteOrder,
  { code, values }: Pick<Step, "code" | "values">,
): CommandWords => ({
  site: site.id,
  component: order.component,
  code,
  values,
  reason: order.reason,
  expires_ms: order.now_ms + FRESH_MS,
});

/** `01-045,02-060` as lists of numbers. */
export const itemsOf = (text: unknown): readonly (readonly number[])[] =>
  typeof text === "string" && text !== "" ? text.split(",").map((item) => item.split("-").map(Number)) : [];

async function held(site: ConnectedSite, component: string, { readBack }: Step): Promise<Result<number | null>> {
  const told = await site.request(component, [{ sCI: readBack.sCI, n: "status" }]);
  if (!told.ok) return told;
  const [value] = told.value;
  if (value?.q !== "recent") return ok(null);
  const { item } = readBack;
  const found = itemsOf(value.s).find((each) => each.length === item.length + 1 && item.every((n, i) => n === each[i]));
  return ok(found?.at(-1) ?? null);
}

type Row = ReadBack["values"][number];

const rowOf = ({ readBack }: Step, read: number): Row => {
  const { sCI, item, sent } = readBack;
  return { oid: sCI, name: [sCI, ...item].join("."), sent, read };
};

const differs = (site: ConnectedSite, { code, values }: Step) =>
  failed(problem("RSMP_READ_BACK_DIFFERS", { site: site.id, code, what: JSON.stringify(values) }));

/** Everything of the plan but the choice of it, each value read back before the next is sent. */
export async function writePlan(site: ConnectedSite, order: PlanOrder): Promise<Result<ReadBack>> {
  if (!isProved(order.proved)) return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: site.id }));
  const rows: Row[] = [];
  for (const step of stepsOf(order)) {
    const done = await site.command(sealCommand(words(site, order, step)));
    if (!done.ok) return done;
    const read = await held(site, order.component, step);
    if (!read.ok) return read;
    if (read.value !== step.readBack.sent) return differs(site, step);
    rows.push(rowOf(step, read.value));
  }
  return ok({ values: rows, equal: true });
}

/** The same values asked for, and nothing sent; fails where one of them differs. */
export async function comparePlan(site: ConnectedSite, order: PlanOrder): Promise<Result<ReadBack>> {
  const rows: Row[] = [];
  for (const step of stepsOf(order)) {
    const read = await held(site, order.component, step);
    if (!read.ok) return read;
    if (read.value !== step.readBack.sent) return differs(site, step);
    rows.push(rowOf(step, read.value));
  }
  return ok({ values: rows, equal: true });
}

/** The plan by command; null leaves the choice to the site again. */
export async function choosePlan(site: ConnectedSite, order: SiteOrder, number: number | null): Promise<Result<void>> {
  const values = { status: number === null ? "False" : "True", timeplan: String(number ?? 1) };
  const done = await site.command(sealCommand(words(site, order, { code: "M0002", values })));
  return done.ok ? ok(undefined) : done;
}

/** The bands set again, as they are: the site's time-out begins anew. */
export async function tendBands(site: ConnectedSite, order: PlanOrder): Promise<Result<void>> {
  if (!isProved(order.proved)) return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: site.id }));
  for (const step of stepsOf(order).filter(({ code }) => code === "M0014")) {
    const done = await site.command(sealCommand(words(site, order, step)));
    if (!done.ok) return done;
  }
  return ok(undefined);
}
