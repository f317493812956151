/**
 * What a site is, as YAML says it: the same keys as the reference implementation's `tlc.yaml`, so that one file serves both. What is
 * not said has a default; what greenwave has no use for is named in a note and otherwise overlooked.
 */
import { parse, YAMLParseError } from "yaml";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import {
  atLeast,
  CORE_VERSIONS,
  type CoreVersion,
  coreVersion,
  leastCoreOf,
  SXL_VERSIONS,
  type SxlVersion,
  sxlVersion,
} from "../protocol/versions.ts";
import { SHORTEST_CYCLE_S } from "../tlc/plan-table.ts";
import type { StartupIntervals, StartupLetter } from "../tlc/signals.ts";
import type { TlcSettings } from "../tlc/tlc.ts";
import { type ConfiguredComponent, componentsOf, phasesOf } from "./site-components.ts";
import { siteSchema, type SiteWordsInFile as Words } from "./site-schema.ts";

/** Keys of other programs' files that mean nothing here, and need no note. */
const OVERLOOKED = new Set([
  "type",
  "sxl",
  "log",
  "live_output",
  "skip_validation",
  "send_after_connect",
  "connection_role",
]);

export interface SiteConfig {
  readonly siteId: string;
  readonly supervisors: readonly { readonly host: string; readonly port: number }[];
  readonly cores: readonly CoreVersion[];
  readonly tlc: TlcSettings;
  readonly ntsOId: string;
  readonly timer_ms: number;
  readonly watchdog_ms: number;
  /** Before the first try again, and the most between two. */
  readonly reconnect: { readonly first_ms: number; readonly most_ms: number };
  readonly connect_ms: number;
  readonly acknowledgement_ms: number;
  readonly clockFromWatchdog: boolean;
  readonly buffer: { readonly most: number; readonly file: string | null };
  readonly buffersStatus: (component: string, code: string, name: string) => boolean;
  /** What was read but is not as it was said, in sentences. */
  readonly notes: readonly string[];
}

/** What the command line says; it goes before the file. */
export interface SiteOverrides {
  readonly siteId?: string;
  readonly supervisor?: { readonly host: string; readonly port: number };
  readonly core?: string;
  readonly sxl?: string;
  /** Told by S0095. */
  readonly version: string;
}

const bad = (reason: string): Result<never> => failed(problem("RSMP_SITE_CONFIG", { reason }));

export function readSiteConfig(text: string, overrides: SiteOverrides): Result<SiteConfig> {
  let data: unknown;
  try {
    data = parse(text) ?? {};
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    return bad(error.message.split("\n")[0] ?? "it is no YAML");
  }
  const parsed = siteSchema.safeParse(data);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return bad(`${issue?.path.join(".") ?? ""} ${issue?.message ?? ""}`.trim());
  }
  const known = Object.keys(siteSchema.shape);
  const strangers = Object.keys(data as object).filter((key) => !known.includes(key) && !OVERLOOKED.has(key));
  return assemble(
    parsed.data,
    overrides,
    strangers.map((key) => `${key} is not known and was overlooked`),
  );
}

function assemble(words: Words, overrides: SiteOverrides, strange: readonly string[]): Result<SiteConfig> {
  const versions = versionsOf(words, overrides);
  if (!versions.ok) return versions;
  const siteId = overrides.siteId ?? words.site_id;
  if (siteId === undefined) return bad("a site needs an id: site_id, or --id");
  const supervisors = supervisorsOf(words, overrides);
  if (supervisors.length === 0) return bad("a site needs a supervisor: supervisors, or --supervisor");
  const components = componentsOf(words);
  if (components === null) return bad("components must have exactly one of type main, and every id once");
  const zone = zoneFault(words.time_zone);
  if (zone !== null) return bad(zone);
  const plans = plansOf(words);
  const { intervals, timeouts } = words;
  return ok({
    siteId,
    supervisors,
    cores: versions.value.cores,
    tlc: tlcSettings(words, versions.value.sxl, components, plans.plans, overrides.version),
    ntsOId: components.find(({ type }) => type === "main")?.ntsOId ?? "",
    timer_ms: 1000 * Math.min(1, Math.max(0.05, intervals.timer ?? 0.1)),
    watchdog_ms: 1000 * (intervals.watchdog ?? 1),
    reconnect: reconnectOf(intervals.reconnect),
    connect_ms: 1000 * (timeouts.connect ?? 10),
    acknowledgement_ms: 1000 * (timeouts.acknowledgement ?? 30),
    clockFromWatchdog: words.clock_from_watchdog,
    buffer: { most: words.message_buffer.max_messages, file: words.message_buffer.file ?? null },
    buffersStatus: bufferChoice(words),
    notes: [...strange, ...plans.notes],
  });
}

function versionsOf(
  words: Words,
  { core, sxl }: SiteOverrides,
): Result<{ cores: readonly CoreVersion[]; sxl: SxlVersion }> {
  const given =
    core?.split(",") ?? words.core_versions ?? [words.core_version ?? words.rsmp_versions ?? "3.2.2"].flat();
  const all = given.some((version) => version === "all");
  const cores = all ? CORE_VERSIONS : given.map((version) => coreVersion(version === "latest" ? "3.3.0" : version));
  const wrong = given.find((_, i) => cores[i] === null);
  if (wrong !== undefined && !all) {
    return failed(problem("RSMP_CORE_VERSION", { given: wrong, known: CORE_VERSIONS.join(", ") }));
  }
  const spelled = sxl ?? words.sxls?.["tlc"] ?? words.sxl_version ?? "1.2.1";
  const version = sxlVersion(spelled);
  if (version === null) return failed(problem("RSMP_SXL_VERSION", { given: spelled, known: SXL_VERSIONS.join(", ") }));
  const spoken = CORE_VERSIONS.filter((candidate) => cores.includes(candidate));
  const newest = spoken.at(-1) ?? "3.2.2";
  // 1.3 is written in the words of core 3.3; the older lists only lose their arrays under an older core.
  if (version === "1.3.0" && !atLeast(newest, leastCoreOf[version])) {
    return failed(problem("RSMP_VERSIONS_APART", { sxl: version, least: leastCoreOf[version], core: newest }));
  }
  return ok({ cores: spoken, sxl: version });
}

const supervisorsOf = (words: Words, { supervisor }: SiteOverrides): SiteConfig["supervisors"] =>
  supervisor !== undefined
    ? [supervisor]
    : (words.supervisors ?? []).map(({ ip, host, port: number }) => ({
        host: host ?? ip ?? "127.0.0.1",
        port: number,
      }));

function plansOf({ signal_plans }: Words): { readonly plans: TlcSettings["plans"]; readonly notes: readonly string[] } {
  const said = Object.entries(signal_plans ?? { 1: { cycle_time: 40 }, 2: { cycle_time: 60 } });
  const notes: string[] = [];
  const plans = said.flatMap(([key, plan]) => {
    const number = Number(key);
    if (!Number.isInteger(number) || number < 1 || number > 255) return [];
    const wanted_s = plan?.cycle_time ?? 40;
    const cycle_s = Math.max(SHORTEST_CYCLE_S, wanted_s);
    if (cycle_s !== wanted_s) {
      notes.push(`plan ${number}: a cycle of ${wanted_s} s is too short for its minimum greens, ${cycle_s} s are used`);
    }
    const bands = new Map(Object.entries(plan?.dynamic_bands ?? {}).map(([band, value]) => [Number(band), value]));
    return [{ number, cycle_s, bands }];
  });
  return { plans, notes };
}

function codesOf({ security_codes, secrets }: Words): TlcSettings["securityCodes"] {
  const said = security_codes ?? secrets?.security_codes ?? {};
  const level = (number: 1 | 2): string | undefined =>
    Array.isArray(said) ? said[number - 1] : (said[String(number)] ?? said[`level${number}`] ?? said[`Level${number}`]);
  const [first, second] = [level(1), level(2)];
  return { ...(first === undefined ? {} : { 1: first }), ...(second === undefined ? {} : { 2: second }) };
}

function tlcSettings(
  words: Words,
  sxl: SxlVersion,
  components: readonly ConfiguredComponent[],
  plans: TlcSettings["plans"],
  version: string,
): TlcSettings {
  const detector = components.find(({ type }) => type === "detector_logic")?.id;
  const main = components[0]?.id ?? "";
  const programmed =
    words.inputs?.programming ?? (detector === undefined ? {} : { 7: { raise_alarm: "A0302", component: detector } });
  const programmes = Object.entries(programmed).flatMap(([input, programme]) => {
    const alarm = programme?.raise_alarm ?? programme?.raise;
    return alarm === undefined ? [] : [{ input: Number(input), alarm, component: programme?.component ?? main }];
  });
  const letters = [...words.startup_sequence] as StartupLetter[];
  const startup: StartupIntervals = letters.map((letter) => ({ letter, ds: startupInterval_ds(words) }));
  const { activate, queue, stale } = words.priority;
  return {
    sxl,
    version,
    components: components.map(({ id, type, name }) => ({ id, type, name })),
    phases: phasesOf(components),
    plans,
    inputs: words.inputs?.total ?? 16,
    outputs: words.outputs?.total ?? 16,
    programmes,
    trafficSituations: words.traffic_situations,
    emergencyRoutes: words.emergency_routes,
    startup,
    securityCodes: codesOf(words),
    priorityTimes: { activate_ms: activate * 1000, queue_ms: queue * 1000, stale_ms: stale * 1000 },
    timeZone: words.time_zone,
  };
}

/** A second, unless said; a set-up whose timer is fast (the reference implementation's are) wants its start-up fast too. */
function startupInterval_ds({ startup_interval, intervals: { timer } }: Words): number {
  const fast = timer !== undefined && timer < 0.5;
  return Math.max(1, Math.round(10 * (startup_interval ?? (fast ? 3 * timer : 1))));
}

/** As it is said; else the specification's 10 s, after shorter ones: most interruptions are over at once. */
const reconnectOf = (said_s: number | undefined): SiteConfig["reconnect"] =>
  said_s === undefined ? { first_ms: 250, most_ms: 10_000 } : { first_ms: 1000 * said_s, most_ms: 1000 * said_s };

function bufferChoice({ message_buffer: { statuses } }: Words): SiteConfig["buffersStatus"] {
  if (typeof statuses === "boolean") return () => statuses;
  return (component, code, name) =>
    statuses.some(
      ({ cId, sCI, n }) => sCI === code && (cId === undefined || cId === component) && (n === undefined || n === name),
    );
}

function zoneFault(zone: string): string | null {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return null;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `time_zone ${zone.slice(0, 40)} is no IANA zone`;
  }
}
