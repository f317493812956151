/** What each status says. `null` is a value that the site does not know at the moment. */
import { createHash } from "node:crypto";
import { timestampOf } from "../protocol/timestamp.ts";
import { atLeast } from "../protocol/versions.ts";
import type { StatusCode } from "../sxl/tlc-statuses.ts";
import { SHORTEST_STAGE_S } from "./signals.ts";
import type { Tlc } from "./tlc.ts";

type Told = string | readonly object[] | null;
type Handler = (tlc: Tlc, name: string, component: string) => Told;

const yes = (on: boolean): string => (on ? "True" : "False");
const two = (number: number): string => String(number).padStart(2, "0");

/** All intersections of the controller at once. */
const ALL = "0";

const mode =
  (status: (tlc: Tlc) => string, source: (tlc: Tlc) => string): Handler =>
  (tlc, name) => {
    if (name === "intersection") return ALL;
    return name === "source" ? source(tlc) : status(tlc);
  };

const atStartup = (): string => "startup";
const never = mode(() => "False", atStartup);

const only =
  (tell: (tlc: Tlc) => Told): Handler =>
  (tlc) =>
    tell(tlc);

const operator: Handler = (tlc, name) => {
  if (atLeast(tlc.settings.sxl, "1.1.0")) return "0";
  return name === "status" ? "logout" : "nobody";
};

const lamps: Handler = (tlc, name) => {
  switch (name) {
    case "signalgroupstatus":
      return tlc.signals.states;
    case "cyclecounter":
      return String(tlc.counters.cycle_s);
    case "basecyclecounter":
      return String(tlc.counters.base_s);
    case "millisecond":
      return String(tlc.changedAt_ms);
    default:
      return "0";
  }
};

const controlMode = ({ signals }: Tlc): string => {
  if (signals.starting) return "startup";
  return signals.position === "NormalControl" ? "control" : "standby";
};

const coordination = ({ signals }: Tlc): string => (signals.local === null ? "off" : "centralized");

const date: Handler = (tlc, name) => {
  const now = new Date(tlc.clock.now_ms());
  const parts: Readonly<Record<string, string>> = {
    year: String(now.getUTCFullYear()).padStart(4, "0"),
    month: two(now.getUTCMonth() + 1),
    day: two(now.getUTCDate()),
    hour: two(now.getUTCHours()),
    minute: two(now.getUTCMinutes()),
    second: two(now.getUTCSeconds()),
  };
  return parts[name] ?? null;
};

/** Everything that a plan or the lamps depend on, in a form that is the same for the same settings. */
const parameters = (tlc: Tlc): string =>
  JSON.stringify({
    signal_groups: tlc.groups.map(({ id }) => ({ id, phase: tlc.phaseOf(id) })),
    shortest_stage_s: SHORTEST_STAGE_S,
    plans: tlc.plans.plans.map((plan) => ({ ...plan, bands: [...plan.bands] })),
    week: tlc.plans.week,
    days: tlc.plans.days,
    sensitivity: [...tlc.detectors.sensitivity],
  });

const checksum = (tlc: Tlc): string => createHash("sha256").update(parameters(tlc)).digest("hex");

const configuration: Handler = (tlc, name) => {
  if (name === "timestamp") return timestampOf(tlc.configured_ms);
  if (name === "config") return Buffer.from(parameters(tlc)).toString("base64");
  return name === "checksum" ? checksum(tlc) : `${tlc.settings.version} ${checksum(tlc).slice(0, 12)}`;
};

/**
 * Green and red to come, from where the plan stands. Under fixed time they are certain; else a stage that nobody calls for may be
 * left earlier, so that the earliest green of the other is its minimum from now.
 */
const predictions: Handler = (tlc, name, component) => {
  const { local } = tlc.signals;
  const plan = tlc.runningPlan;
  if (local === null || plan === undefined) return null;
  if (name === "ToGConfidence" || name === "ToRConfidence") return tlc.fixedTime ? "100" : "60";
  const { green_s, red_s } = tlc.plans.nextChanges(plan, tlc.stageOf(component), local.at_s);
  const likely_s = name.includes("ToG") ? green_s : red_s;
  const early = !tlc.fixedTime && name.startsWith("min");
  const seconds = early ? Math.min(likely_s, SHORTEST_STAGE_S) : likely_s;
  return timestampOf(tlc.clock.now_ms() + seconds * 1000);
};

const detectorIndex = (tlc: Tlc, component: string): number =>
  tlc.settings.components.filter(({ type }) => type === "detector_logic").findIndex(({ id }) => id === component);

const isStart = (name: string): boolean => name === "start" || name === "starttime";

/** Vehicles are counted, not told apart: all of them are cars. */
const counted = (name: string, counts: { readonly count: number; readonly occupancy_percent: number }): string => {
  if (name === "occupancy") return String(counts.occupancy_percent);
  return name === "vehicles" || name === "P" ? String(counts.count) : "0";
};

const ofDetector: Handler = (tlc, name, component) => {
  const counts = tlc.detectors.counted(detectorIndex(tlc, component));
  return isStart(name) ? timestampOf(counts.start_ms) : counted(name, counts);
};

const ofDetectors: Handler = (tlc, name) => {
  const all = Array.from({ length: tlc.detectors.count }, (_, i) => tlc.detectors.counted(i));
  if (isStart(name)) return timestampOf(tlc.detectors.counted(0).start_ms);
  return all.map((counts) => counted(name, counts)).join(",") || "0";
};

/** No detector of ours measures speed: from 1.1 on -1 says so. */
const speeds: Handler = (tlc, name) => {
  if (isStart(name)) return timestampOf(tlc.detectors.counted(0).start_ms);
  const none = atLeast(tlc.settings.sxl, "1.1.0") ? "-1" : "0";
  return new Array<string>(Math.max(1, tlc.detectors.count)).fill(none).join(",");
};

export const statusHandlers: Readonly<Record<StatusCode, Handler>> = {
  S0001: lamps,
  S0002: only(({ detectors }) => detectors.states),
  S0003: (tlc, name) => (name === "inputstatus" ? tlc.inputs.levels : ""),
  S0004: (tlc, name) => (name === "outputstatus" ? tlc.outputs.levels : ""),
  S0005: ({ signals }, name) =>
    name === "status" ? yes(signals.starting) : [{ intersection: "1", startup: yes(signals.starting) }],
  S0006: ({ emergencyRoutes, lastEmergencyRoute }, name) =>
    name === "status" ? yes(emergencyRoutes.size > 0) : String(lastEmergencyRoute),
  S0007: mode(
    ({ signals }) => yes(signals.position !== "Dark"),
    ({ positionSource }) => positionSource,
  ),
  S0008: never,
  S0009: mode(
    ({ fixedTime }) => yes(fixedTime),
    ({ fixedTimeSource }) => fixedTimeSource,
  ),
  S0010: never,
  S0011: mode(
    ({ signals }) => yes(signals.position === "YellowFlash"),
    ({ positionSource }) => positionSource,
  ),
  S0012: never,
  S0013: (_tlc, name) => (name === "intersection" ? ALL : "0"),
  S0014: (tlc, name) => {
    const running = tlc.plans.running(tlc.clock.now_ms());
    return name === "status" ? String(running.number) : running.source;
  },
  S0015: ({ situation }, name) => (name === "status" ? String(situation.number) : situation.source),
  S0016: only(({ detectors }) => String(detectors.count)),
  S0017: only(({ groups }) => String(groups.length)),
  S0018: only(({ plans }) => String(plans.numbers.length)),
  S0019: only(({ settings }) => String(settings.trafficSituations)),
  S0020: (tlc, name) => (name === "intersection" ? ALL : controlMode(tlc)),
  S0021: only(({ detectors }) => detectors.forcings),
  S0022: only(({ plans }) => plans.numbers.join(",")),
  S0023: only(({ plans }) =>
    plans.plans
      .flatMap(({ number, bands }) => [...bands].map(([band, seconds]) => `${number}-${band}-${seconds}`))
      .join(","),
  ),
  S0024: only(({ plans }) => plans.plans.map(({ number, offset_s }) => `${number}-${offset_s}`).join(",")),
  S0025: predictions,
  S0026: only(({ plans }) => plans.week),
  S0027: only(({ plans }) => plans.days),
  S0028: only(({ plans }) => plans.plans.map(({ number, cycle_s }) => `${two(number)}-${two(cycle_s)}`).join(",")),
  S0029: only(({ inputs }) => inputs.forcings),
  S0030: only(({ outputs }) => outputs.forcings),
  S0031: only(({ detectors }) => [...detectors.sensitivity].map(([n, level]) => `${n}-${level}`).join(",")),
  S0032: mode(coordination, atStartup),
  S0033: only(({ priorities }) => priorities.statuses.map(({ r, s, t_ms }) => ({ r, t: timestampOf(t_ms), s }))),
  S0034: only(({ plans }) => String(plans.bandTimeout_min)),
  S0035: only(({ emergencyRoutes }) => [...emergencyRoutes].sort((a, b) => a - b).map((id) => ({ id: String(id) }))),
  S0091: operator,
  S0092: operator,
  S0095: only(({ settings }) => settings.version),
  S0096: date,
  S0097: configuration,
  S0098: configuration,
  S0201: ofDetector,
  S0202: (tlc, name, component) => (isStart(name) ? ofDetector(tlc, name, component) : "0"),
  S0203: ofDetector,
  S0204: ofDetector,
  S0205: ofDetectors,
  S0206: speeds,
  S0207: ofDetectors,
  S0208: ofDetectors,
};
