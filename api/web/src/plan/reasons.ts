/** Why a plan is as it is, in sentences, from what was written down when it was made. */
import { templates } from "../../../../core/problems/catalogue.ts";
import { type Problem, sentence } from "../../../../core/problems/problem.ts";
import type { IntersectionProposal, LaneReason, RetimeProposal } from "../../../../core/retime/proposal.ts";
import type { Format } from "../locales/format.ts";
import type { Language, MessageKey, Words } from "../locales/message.ts";

export interface Telling {
  readonly language: Language;
  readonly format: Format;
  t(key: MessageKey, words?: Words): string;
}

/** What retiming writes beside a plan: its part of the proposal. */
export interface PlanReasons extends Pick<RetimeProposal, "corridor" | "cycle_s" | "bands"> {
  readonly intersection: IntersectionProposal;
  readonly lanes: readonly LaneReason[];
}

const MOST = 12;

/** Reasons of another shape give the sentences found in them, or none. */
export function reasonLines(reasons: unknown, telling: Telling): readonly string[] {
  return (isPlanReasons(reasons) ? retimingLines(reasons, telling) : plainLines(reasons, telling)).slice(0, MOST);
}

function isPlanReasons(value: unknown): value is PlanReasons {
  if (typeof value !== "object" || value === null) return false;
  const { cycle_s, intersection, lanes } = value as Partial<Record<keyof PlanReasons, unknown>>;
  return (
    typeof cycle_s === "number" && typeof intersection === "object" && intersection !== null && Array.isArray(lanes)
  );
}

function retimingLines({ bands, cycle_s, intersection, lanes }: PlanReasons, telling: Telling): readonly string[] {
  const { t, format } = telling;
  const { critical_flow_ratio, lost_time_s, oversaturated } = intersection;
  return [
    t("plan.reason.ratio", { ratio: format.ratio(critical_flow_ratio), lost: format.seconds(lost_time_s) }),
    ...(oversaturated ? [t("plan.reason.oversaturated")] : []),
    ...(bands === null || bands === undefined
      ? []
      : [
          t("plan.reason.bands", {
            cycle: format.seconds(cycle_s),
            outbound: format.seconds(bands.outbound_s),
            inbound: format.seconds(bands.inbound_s),
          }),
        ]),
    ...(lanes.length === 0 ? [] : [t("plan.reason.demand", { origins: format.list(originsOf(lanes, telling)) })]),
  ];
}

const origins = ["measured", "last_valid", "history", "simulated", "assumed"] as const;

function originsOf(lanes: readonly LaneReason[], { t, format }: Telling): readonly string[] {
  const told = lanes.map(({ origin, simulated }) => (simulated ? "simulated" : origin));
  return origins.flatMap((origin) => {
    const count = told.filter((each) => each === origin).length;
    return count === 0 ? [] : [t(`plan.origin.${origin}`, { count: format.whole(count) })];
  });
}

/** Strings, problems of our catalogue, `{ en, vi }` pairs, lists of any of them, and where an order came from. */
export function plainLines(value: unknown, telling: Telling): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((item) => plainLines(item, telling));
  if (typeof value !== "object" || value === null) return [];
  if (isProblem(value)) return [sentence(value, telling.language)];
  const { from, [telling.language]: translated } = value as Readonly<Record<string, unknown>>;
  if (typeof translated === "string") return [translated];
  return typeof from === "string" ? [telling.t("plan.reason.from", { from })] : [];
}

function isProblem(value: object): value is Problem {
  const { code, words } = value as Partial<Record<keyof Problem, unknown>>;
  return typeof code === "string" && Object.hasOwn(templates, code) && typeof words === "object" && words !== null;
}
