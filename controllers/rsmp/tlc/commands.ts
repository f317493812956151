/** What each command does. Its arguments were looked at against the list before; what is left to refuse is told in words. */
import type { CommandCode } from "../sxl/tlc-commands.ts";
import { readBlocks } from "./lines.ts";
import { readItems, SHORTEST_CYCLE_S } from "./plan-table.ts";
import type { Position } from "./signals.ts";
import type { Tlc } from "./tlc.ts";

/** Arguments of one command by name. */
export class CommandValues {
  readonly #values: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>) {
    this.#values = values;
  }

  text(name: string): string {
    return String(this.#values.get(name) ?? "");
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  number(name: string): number {
    return Number(this.#values.get(name) ?? 0);
  }

  yes(name: string): boolean {
    return this.#values.get(name) === "True" || this.#values.get(name) === true;
  }
}

/** Null when done, or why not. What was refused changed nothing. */
type Handler = (tlc: Tlc, values: CommandValues, component: string) => string | null;

function setLine(tlc: Tlc, changes: readonly (readonly [number, boolean])[]): string | null {
  const stranger = changes.find(([input]) => !tlc.inputs.has(input));
  if (stranger !== undefined) return `There is no input ${stranger[0]}; there are ${tlc.inputs.count}`;
  for (const [input, on] of changes) tlc.inputs.set(input, on);
  tlc.raiseProgrammed();
  return null;
}

function order(tlc: Tlc, groups: readonly number[], which: "started" | "stopped", on: boolean): void {
  for (const group of groups) {
    if (on) tlc[which].add(group);
    else tlc[which].delete(group);
  }
}

const groupIndex = (tlc: Tlc, id: string): number => tlc.groups.findIndex((group) => group.id === id);

const noPlan = (tlc: Tlc, number: number): string =>
  `There is no time plan ${number}; there are ${tlc.plans.numbers.join(", ")}`;

function configured(tlc: Tlc): null {
  tlc.configured_ms = tlc.clock.now_ms();
  return null;
}

const position: Handler = (tlc, values) => {
  tlc.takePosition(values.text("status") as Position, values.number("timeout"), "forced");
  return null;
};

const choosePlan: Handler = (tlc, values) => {
  const number = values.number("timeplan");
  if (values.yes("status") && !tlc.plans.numbers.includes(number)) return noPlan(tlc, number);
  tlc.plans.choose(values.yes("status") ? number : null);
  return null;
};

const situation: Handler = (tlc, values) => {
  const number = values.yes("status") ? values.number("traficsituation") : 1;
  if (number > tlc.settings.trafficSituations) {
    return `There is no traffic situation ${number}; there are ${tlc.settings.trafficSituations}`;
  }
  tlc.situation = { number, source: values.yes("status") ? "forced" : "calendar_clock" };
  return null;
};

const emergency: Handler = (tlc, values) => {
  const route = values.number("emergencyroute");
  if (route > tlc.settings.emergencyRoutes) {
    return `There is no emergency route ${route}; there are ${tlc.settings.emergencyRoutes}`;
  }
  if (values.yes("status")) tlc.emergencyRoutes.add(route);
  else tlc.emergencyRoutes.delete(route);
  tlc.lastEmergencyRoute = values.yes("status") ? route : ([...tlc.emergencyRoutes].at(-1) ?? 0);
  return null;
};

const bands: Handler = (tlc, values) => {
  const plan = tlc.plans.find(values.number("plan"), tlc.clock.now_ms());
  if (plan === undefined) return noPlan(tlc, values.number("plan"));
  const items = readItems(values.text("status"), 2);
  if (items === null) return "Dynamic bands must be written as dd-ee,dd-ee";
  const stranger = items.find(([band = 0, seconds = 0]) => band < 1 || band > 10 || seconds > 99);
  if (stranger !== undefined) return "Dynamic bands go from 1 to 10, with 0 to 99 seconds each";
  tlc.plans.setBands(plan, items, tlc.now_ms());
  return configured(tlc);
};

const cycleTime: Handler = (tlc, values) => {
  const plan = tlc.plans.find(values.number("plan"), tlc.clock.now_ms());
  if (plan === undefined) return noPlan(tlc, values.number("plan"));
  const cycle_s = values.number("status");
  if (cycle_s < SHORTEST_CYCLE_S) return `The minimum greens need a cycle of ${SHORTEST_CYCLE_S} s or more`;
  plan.cycle_s = cycle_s;
  return configured(tlc);
};

const offset: Handler = (tlc, values) => {
  const plan = tlc.plans.find(values.number("plan"), tlc.clock.now_ms());
  if (plan === undefined) return noPlan(tlc, values.number("plan"));
  plan.offset_s = values.number("status");
  return configured(tlc);
};

const week: Handler = (tlc, values) => {
  const items = readItems(values.text("status"), 2);
  if (items === null || items.some(([day = 0]) => day > 6)) return "A week table must be written as d-t,d-t";
  tlc.plans.week = values.text("status");
  return configured(tlc);
};

const days: Handler = (tlc, values) => {
  const items = readItems(values.text("status"), 4);
  const wrong = items?.some(
    ([table = 0, , hour = 0, minute = 0]) => table < 1 || table > 12 || hour > 23 || minute > 59,
  );
  if (items === null || wrong) return "A time table must be written as t-o-h-m,t-o-h-m with tables 1 to 12";
  tlc.plans.days = values.text("status");
  return configured(tlc);
};

const force: Handler = (tlc, values) => {
  const input = values.number("input");
  if (!tlc.inputs.has(input)) return `There is no input ${input}; there are ${tlc.inputs.count}`;
  if (values.yes("status")) tlc.inputs.force(input, values.yes("inputValue"));
  else tlc.inputs.release(input);
  tlc.raiseProgrammed();
  return null;
};

const forceOutput: Handler = (tlc, values) => {
  const output = values.number("output");
  if (!tlc.outputs.has(output)) return `There is no output ${output}; there are ${tlc.outputs.count}`;
  if (values.yes("status")) tlc.outputs.force(output, values.yes("outputValue"));
  else tlc.outputs.release(output);
  return null;
};

const series: Handler = (tlc, values) => {
  const blocks = readBlocks(values.text("status"));
  if (blocks === null) return "A series must be written as offset,set,unset;offset,set,unset";
  const named = [...blocks.on, ...blocks.off];
  const stranger = named.find((number) => number < 1 || number > tlc.groups.length);
  if (stranger !== undefined) return `There is no signal group ${stranger}; there are ${tlc.groups.length}`;
  order(
    tlc,
    blocks.on.map((number) => number - 1),
    "started",
    true,
  );
  order(
    tlc,
    blocks.on.map((number) => number - 1),
    "stopped",
    false,
  );
  order(
    tlc,
    blocks.off.map((number) => number - 1),
    "stopped",
    true,
  );
  return null;
};

const inputSeries: Handler = (tlc, values) => {
  const blocks = readBlocks(values.text("status"));
  if (blocks === null) return "A series must be written as offset,set,unset;offset,set,unset";
  return setLine(tlc, [...blocks.on.map((n) => [n, true] as const), ...blocks.off.map((n) => [n, false] as const)]);
};

const sensitivity: Handler = (tlc, values) => {
  const items = readItems(values.text("status"), 2);
  if (items === null) return "Sensitivities must be written as dd-ss,dd-ss";
  for (const [detector = 0, level = 0] of items) tlc.detectors.sensitivity.set(detector, level);
  return configured(tlc);
};

const priority: Handler = (tlc, values) => {
  const [id, now_ms, clock_ms] = [values.text("requestId"), tlc.now_ms(), tlc.clock.now_ms()];
  if (values.text("type") === "cancel") return tlc.priorities.cancel(id, now_ms, clock_ms);
  if (values.text("type") === "update") {
    return tlc.priorities.update(id, values.has("eta") ? values.number("eta") : null);
  }
  const group = values.text("signalGroupId");
  if (values.has("signalGroupId") && groupIndex(tlc, group) < 0)
    return `There is no signal group ${group.slice(0, 40)}`;
  const stage = values.has("signalGroupId") ? tlc.stageOf(group) : 0;
  return tlc.priorities.request(id, stage, values.number("eta"), now_ms, clock_ms);
};

const securityCode: Handler = (tlc, values) => {
  const level = values.text("status") === "Level1" ? 1 : 2;
  const next = values.text("newSecurityCode");
  if (next === "") return "A security code must not be empty";
  return tlc.codes.change(level, values.text("oldSecurityCode"), next) ? null : "Incorrect security code";
};

const setClock: Handler = (tlc, values) => {
  const [year, month, day] = [values.number("year"), values.number("month"), values.number("day")];
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  at.setUTCHours(values.number("hour"), values.number("minute"), values.number("second"), 0);
  if (year < 1970 || at.getUTCMonth() !== month - 1) return "There is no such date";
  tlc.clock.set(at.getTime());
  return null;
};

export const commandHandlers: Readonly<Record<CommandCode, Handler>> = {
  M0001: position,
  M0002: choosePlan,
  M0003: situation,
  M0004: (tlc, values) => {
    if (!values.yes("status")) return "A restart must be ordered with status True";
    tlc.restart();
    return null;
  },
  M0005: emergency,
  M0006: (tlc, values) => setLine(tlc, [[values.number("input"), values.yes("status")]]),
  M0007: (tlc, values) => {
    tlc.fixedTime = values.yes("status");
    tlc.fixedTimeSource = "forced";
    return null;
  },
  M0008: (tlc, values, component) => {
    if (!values.yes("status")) tlc.detectors.release(component);
    else tlc.detectors.force(component, values.yes("mode"), tlc.now_ms(), values.number("duration"));
    return null;
  },
  M0010: (tlc, values, component) => {
    order(tlc, [groupIndex(tlc, component)], "started", values.yes("status"));
    return null;
  },
  M0011: (tlc, values, component) => {
    order(tlc, [groupIndex(tlc, component)], "stopped", values.yes("status"));
    return null;
  },
  M0012: series,
  M0013: inputSeries,
  M0014: bands,
  M0015: offset,
  M0016: week,
  M0017: days,
  M0018: cycleTime,
  M0019: force,
  M0020: forceOutput,
  M0021: sensitivity,
  M0022: priority,
  M0023: (tlc, values) => {
    tlc.plans.bandTimeout_min = values.number("status");
    return null;
  },
  M0024: (tlc, values) => {
    if (!values.yes("status")) return "Alarms are cleared with status true";
    tlc.alarms.clearAll();
    tlc.raiseProgrammed();
    return null;
  },
  M0103: securityCode,
  M0104: setClock,
};
