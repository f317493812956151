/**
 * A plan in the words of an RSMP site: cycle, offset and bands of one of its time plans, each read back, and the choice of the plan.
 * RSMP has no transaction, so that the plan that runs is never written to.
 */
import type { ProvedPlan, ReadBack } from "../../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { isProved } from "../../gate/proved-plan.ts";
import { sealCommand } from "../../gate/sealed-command.ts";
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

/** Of a list such as `01-045,02-060` the last number of the item that begins like this; null where there is none. */
export function numberIn(text: unknown, ...item: readonly number[]): number | null {
  if (typeof text !== "string" || text === "") return null;
  const items = text.split(",").map((each) => each.split("-").map(Number));
  return items.find((each) => each.length === item.length + 1 && item.every((n, i) => n === each[i]))?.at(-1) ?? null;
}

const tell = (
  site: ConnectedSite,
  { component, now_ms, reason }: SiteOrder,
  { code, values }: Pick<Step, "code" | "values">,
) => site.command(sealCommand({ site: site.id, component, code, values, reason, expires_ms: now_ms + FRESH_MS }));

type Row = ReadBack["values"][number];

/** Fails where the site holds another value than was sent, or says none. */
async function readBack(site: ConnectedSite, component: string, step: Step): Promise<Result<Row>> {
  const { sCI, item, sent } = step.readBack;
  const told = await site.request(component, [{ sCI, n: "status" }]);
  if (!told.ok) return told;
  const [value] = told.value;
  const read = value?.q === "recent" ? numberIn(value.s, ...item) : null;
  if (read === sent) return ok({ oid: sCI, name: [sCI, ...item].join("."), sent, read });
  const { code, values } = step;
  return failed(problem("RSMP_READ_BACK_DIFFERS", { site: site.id, code, what: JSON.stringify(values) }));
}

/** Everything of the plan but the choice of it, each value read back before the next is sent. */
export async function writePlan(site: ConnectedSite, order: PlanOrder): Promise<Result<ReadBack>> {
  if (!isProved(order.proved)) return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: site.id }));
  return eachStep(stepsOf(order), async (step) => {
    const done = await tell(site, order, step);
    return done.ok ? readBack(site, order.component, step) : done;
  });
}

/** The same values asked for, and nothing sent; fails where one of them differs. */
export const comparePlan = (site: ConnectedSite, order: PlanOrder): Promise<Result<ReadBack>> =>
  eachStep(stepsOf(order), (step) => readBack(site, order.component, step));

/** One after the other, up to the first that fails. */
async function eachStep(steps: readonly Step[], work: (step: Step) => Promise<Result<Row>>): Promise<Result<ReadBack>> {
  const rows: Row[] = [];
  for (const step of steps) {
    const row = await work(step);
    if (!row.ok) return row;
    rows.push(row.value);
  }
  return ok({ values: rows, equal: true });
}

/** The plan by command; null leaves the choice to the site again. */
export async function choosePlan(site: ConnectedSite, order: SiteOrder, number: number | null): Promise<Result<void>> {
  const values = { status: number === null ? "False" : "True", timeplan: String(number ?? 1) };
  const done = await tell(site, order, { code: "M0002", values });
  return done.ok ? ok(undefined) : done;
}

/** The bands set again, as they are: the site's time-out begins anew. */
export async function tendBands(site: ConnectedSite, order: PlanOrder): Promise<Result<void>> {
  if (!isProved(order.proved)) return failed(problem("RSMP_COMMAND_NOT_SEALED", { site: site.id }));
  for (const step of stepsOf(order).filter(({ code }) => code === "M0014")) {
    const done = await tell(site, order, step);
    if (!done.ok) return done;
  }
  return ok(undefined);
}
