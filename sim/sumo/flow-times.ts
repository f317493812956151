/** When the vehicles of a `flow` depart: evenly, or by chance. */
import { type ChanceOfFlow, mostVehicles } from "../demand/demand.ts";
import type { XmlElement } from "./xml.ts";

export type FlowTimes =
  | { readonly kind: "even"; readonly begin_s: number; readonly period_s: number; readonly count: number }
  | {
      readonly kind: "chance";
      readonly begin_s: number;
      readonly end_s: number;
      readonly most: number;
      readonly chance: ChanceOfFlow;
    };

export interface Span {
  readonly begin_s: number;
  readonly end_s: number;
}

const exponential = /^exp\((?<rate>[^)]*)\)$/;

function chanceOf(element: XmlElement): ChanceOfFlow | null {
  const rate = exponential.exec(element.optional("period") ?? "")?.groups?.["rate"];
  if (rate !== undefined) {
    const per_s = Number(rate);
    if (per_s > 0 && Number.isFinite(per_s)) return { kind: "poisson", per_s };
    throw element.wrong("SCENARIO_FLOW_RATE", { flow: element.text("id") }, "period");
  }
  if (element.optional("probability") === undefined) return null;
  const each_s = element.number("probability");
  if (!(each_s >= 0 && each_s <= 1)) {
    throw element.wrong("SCENARIO_FLOW_PROBABILITY", { flow: element.text("id"), value: each_s }, "probability");
  }
  return { kind: "bernoulli", each_s };
}

/** Seconds from one to the next; NaN where only a number is said. */
function periodOf(element: XmlElement): number {
  for (const rate of ["vehsPerHour", "personsPerHour", "perHour"]) {
    if (element.optional(rate) !== undefined) return 3600 / element.number(rate);
  }
  return element.number("period", Number.NaN);
}

/** `span`: of the simulation; what the flow has where it says neither `begin` nor `end`. */
export function flowTimes(element: XmlElement, span: Span): FlowTimes {
  const id = element.text("id");
  const begin_s = element.time_s("begin", span.begin_s);
  const end_s = element.time_s("end", span.end_s);
  if (end_s < begin_s) throw element.wrong("SCENARIO_FLOW_BACKWARDS", { flow: id, begin_s, end_s }, "end");
  const number = element.number("number", Number.POSITIVE_INFINITY);
  if (number < 0) throw element.wrong("SCENARIO_FLOW_RATE", { flow: id }, "number");
  const chance = chanceOf(element);
  if (chance !== null) {
    const length_s = Math.min(end_s, span.end_s) - begin_s;
    if ((chance.kind === "poisson" ? chance.per_s : chance.each_s) * length_s > mostVehicles) {
      throw element.wrong("SCENARIO_FLOW_ENDLESS", { flow: id });
    }
    return {
      kind: "chance",
      begin_s,
      end_s: Math.min(end_s, span.end_s),
      most: Math.min(number, mostVehicles),
      chance,
    };
  }
  const said_s = periodOf(element);
  const period_s = Number.isNaN(said_s) ? (end_s - begin_s) / number : said_s;
  if (!(period_s > 0) && !(period_s === 0 && Number.isFinite(number))) {
    throw element.wrong("SCENARIO_FLOW_RATE", { flow: id });
  }
  // Nobody who departs behind the end of the simulation has to be made.
  const fit = period_s > 0 ? Math.ceil((Math.min(end_s, span.end_s) - begin_s) / period_s) : Number.POSITIVE_INFINITY;
  const count = Math.max(0, Math.floor(Math.min(number, fit)));
  if (count > mostVehicles) throw element.wrong("SCENARIO_FLOW_ENDLESS", { flow: id });
  return { kind: "even", begin_s, period_s, count };
}
