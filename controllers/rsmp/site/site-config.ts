/**
 * What a site is, as YAML says it: the same keys as the reference implementation's `tlc.yaml`, so that one file serves both. What is
 * not said has a default; what greenwave has no use for is named in a note and otherwise overlooked.
 */
import { parse, YAMLParseError } from "yaml";
import { z } from "zod";
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
import type { ComponentType } from "../sxl/tlc-commands.ts";
import type { Component } from "../tlc/alarm-board.ts";
import { SHORTEST_CYCLE_S } from "../tlc/plan-table.ts";
import { STAGES, type StartupIntervals, type StartupLetter } from "../tlc/signals.ts";
import type { TlcSettings } from "../tlc/tlc.ts";
import { MOST_BUFFERED } from "./message-buffer.ts";

const seconds = z.number().min(0).max(86_400);
const port = z.coerce.number().int().min(1).max(65_535);
const word = z.union([z.string(), z.number()]).transform(String);

const componentWords = z
  .object({
    id: word.optional(),
    type: z.string().optional(),
    name: z.string().optional(),
    ntsOId: z.string().optional(),
    phase: z.number().int().optional(),
  })
  .nullable();
const componentsOfType = z.union([z.record(z.string(), componentWords), z.array(word), z.null()]);

const planWords = z
  .object({
    cycle_time: z.number().int().min(1).max(255).optional(),
    dynamic_bands: z.record(z.string(), z.number().int().min(0).max(99)).optional(),
  })
  .nullable();

const programmeWords = z
  .object({ raise_alarm: z.string().optional(), raise: z.string().optional(), component: word.optional() })
  .nullable();

const selector = z.object({ cId: word.optional(), sCI: z.string(), n: z.string().optional() });

const siteSchema = z.object({
  site_id: word.optional(),
  supervisors: z.array(z.object({ ip: z.string().optional(), host: z.string().optional(), port })).optional(),
  core_version: word.optional(),
  core_versions: z.array(word).optional(),
  rsmp_versions: z.union([word, z.array(word)]).optional(),
  sxl_version: word.optional(),
  sxls: z.record(z.string(), word).optional(),
  components: z.union([z.record(z.string(), componentsOfType), z.array(componentWords)]).nullish(),
  security_codes: z.union([z.record(z.string(), word), z.array(word)]).optional(),
  secrets: z.object({ security_codes: z.union([z.record(z.string(), word), z.array(word)]).optional() }).optional(),
  signal_plans: z.record(z.string(), planWords).optional(),
  inputs: z
    .object({
      total: z.number().int().min(1).max(255).optional(),
      programming: z.record(z.string(), programmeWords).optional(),
    })
    .optional(),
  outputs: z.object({ total: z.number().int().min(1).max(255) }).optional(),
  traffic_situations: z.number().int().min(1).max(255).default(8),
  emergency_routes: z.number().int().min(1).max(255).default(16),
  startup_sequence: z
    .string()
    .regex(/^[efg]*$/, "may have e, f and g")
    .default("efg"),
  startup_interval: z.number().min(0.1).max(60).default(1),
  intervals: z
    .object({ timer: seconds.optional(), watchdog: seconds.optional(), reconnect: seconds.optional() })
    .default({}),
  timeouts: z.object({ connect: seconds.optional(), acknowledgement: seconds.optional() }).default({}),
  message_buffer: z
    .object({
      max_messages: z.number().int().min(1).max(1_000_000).default(MOST_BUFFERED),
      statuses: z.union([z.boolean(), z.array(selector)]).default(true),
      file: z.string().min(1).optional(),
    })
    .default({ max_messages: MOST_BUFFERED, statuses: true }),
  priority: z
    .object({ activate: seconds.default(0.5), queue: seconds.default(30), stale: seconds.default(2) })
    .default({ activate: 0.5, queue: 30, stale: 2 }),
  clock_from_watchdog: z.boolean().default(false),
  time_zone: z.string().default("UTC"),
});

type Words = z.output<typeof siteSchema>;

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
  readonly reconnect_ms: number;
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
    watchdog_ms: 1000 * (intervals.watchdog ?? 60),
    reconnect_ms: 1000 * (intervals.reconnect ?? 10),
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

interface ConfiguredComponent extends Component {
  readonly ntsOId?: string | undefined;
  readonly phase?: number | undefined;
}

const TYPES: Readonly<Record<string, ComponentType>> = {
  main: "main",
  tlc: "main",
  signal_group: "signal_group",
  signal_groups: "signal_group",
  detector_logic: "detector_logic",
  detector_logics: "detector_logic",
};

const defaultComponents: Words["components"] = {
  main: { TC: null },
  signal_group: { A1: null, A2: null, B1: null, B2: null },
  detector_logic: { DL1: null, DL2: null },
};

/** Main first, then the others in their order; null when there is not exactly one main, or an id comes twice. */
function componentsOf(words: Words): readonly ConfiguredComponent[] | null {
  const said = words.components ?? defaultComponents ?? {};
  const listed = Array.isArray(said)
    ? said.map((one) => ({ id: one?.id ?? "", type: one?.type ?? "", words: one }))
    : Object.entries(said).flatMap(([type, ofType]) =>
        Array.isArray(ofType)
          ? ofType.map((id) => ({ id, type, words: null }))
          : Object.entries(ofType ?? {}).map(([id, one]) => ({ id, type, words: one })),
      );
  const components = listed.flatMap(({ id, type, words: one }) => {
    const known = TYPES[type];
    if (known === undefined || id === "") return [];
    return [{ id, type: known, name: one?.name ?? id, ntsOId: one?.ntsOId, phase: one?.phase }];
  });
  const ids = new Set(components.map(({ id }) => id));
  const mains = components.filter(({ type }) => type === "main");
  if (mains.length !== 1 || ids.size !== components.length) return null;
  return [...mains, ...components.filter(({ type }) => type !== "main")];
}

/** The first half of the groups belongs to the first stage, unless they say their phase. */
function phasesOf(components: readonly ConfiguredComponent[]): ReadonlyMap<string, number> {
  const groups = components.filter(({ type }) => type === "signal_group");
  const half = Math.ceil(groups.length / 2);
  const known: readonly number[] = STAGES.flat();
  return new Map(
    groups.map(({ id, phase }, i) => {
      if (phase !== undefined && known.includes(phase)) return [id, phase];
      const stage = STAGES[i < half ? 0 : 1];
      return [id, stage[(i < half ? i : i - half) % stage.length] ?? stage[0]];
    }),
  );
}

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
  const startup: StartupIntervals = letters.map((letter) => ({ letter, ds: Math.round(words.startup_interval * 10) }));
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
