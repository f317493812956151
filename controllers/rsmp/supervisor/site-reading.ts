/** What an RSMP site says of its plans, of what runs and of its lamps, in the words that every controller is spoken of here. */
import { createHash } from "node:crypto";
import type { Intersection } from "../../../core/network/schema.ts";
import type { ControllerStatus, DevicePhase, DeviceTiming } from "../../../core/ports/signal-controller.ts";
import { ok, type Result } from "../../../core/problems/problem.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import type { StatusValue } from "../protocol/messages.ts";
import type { ConnectedSite, StatusName } from "./connected-site.ts";
import { complement_s, numberIn } from "./plan-commands.ts";
import { type StageLayout, splitsOf } from "./stage-splits.ts";

const FLASH = 255;

type Told = (code: string, name?: string) => string | null;

/** Null for what the site does not say; fails where it cannot be asked at all. */
async function asked(site: ConnectedSite, component: string, names: readonly StatusName[]): Promise<Result<Told>> {
  const told = await site.request(component, names);
  if (!told.ok) return told;
  const text = ({ q, s }: StatusValue): string | null => (q === "recent" && typeof s === "string" ? s : null);
  return ok((code, name = "status") => {
    const value = told.value.find(({ sCI, n }) => sCI === code && n === name);
    return value === undefined ? null : text(value);
  });
}

/** Plans that we may write to, as the site holds them: cycle, offset, and splits by its bands. */
export async function readSitePlans(
  site: ConnectedSite,
  component: string,
  layout: StageLayout,
  numbers: readonly number[],
  { id }: Intersection,
): Promise<Result<readonly Plan[]>> {
  const names = ["S0028", "S0024", "S0023"].map((sCI) => ({ sCI, n: "status" }));
  const told = await asked(site, component, names);
  if (!told.ok) return told;
  const last = (code: string, ...item: readonly number[]): number | null => numberIn(told.value(code), ...item);
  const plans = numbers.flatMap((pattern): readonly Plan[] => {
    const cycle_s = last("S0028", pattern);
    if (cycle_s === null || cycle_s === 0) return [];
    const bands = Object.fromEntries(layout.bands.map(({ band }) => [band, last("S0023", pattern, band) ?? 0]));
    return [
      {
        intersection: id,
        pattern,
        cycle_s,
        offset_s: complement_s({ cycle_s, offset_s: last("S0024", pattern) ?? 0 }),
        offset_reference: "begin_green_of_coord_phases",
        sequence: 1,
        splits: [...splitsOf(layout, cycle_s, bands)],
      },
    ];
  });
  return ok(plans);
}

/** Phases and order are those of the site file: RSMP cannot be asked for them, and somebody has to answer for them. */
export function statedTiming({ signal }: Intersection, patterns: readonly Plan[], backup_time_s: number): DeviceTiming {
  const phases = signal.phases.map((phase): DevicePhase => {
    const ring = signal.rings.findIndex((groups) => groups.some((group) => group.includes(phase.number)));
    const group = signal.rings[ring]?.findIndex((members) => members.includes(phase.number)) ?? -1;
    const clearance = signal.clearances.find((each) => each.phase === phase.number);
    return {
      number: phase.number,
      enabled: true,
      ring: ring + 1,
      concurrency: signal.rings.flatMap((groups, r) => (r === ring ? [] : (groups[group] ?? []))),
      min_green_s: phase.min_green_s,
      max_green_s: phase.max_green_s,
      walk_s: phase.walk_s,
      ped_clear_s: phase.ped_clear_s,
      yellow_s: clearance?.yellow_s ?? 0,
      red_clear_s: clearance?.red_clear_s ?? 0,
    };
  });
  return { phases, sequence: signal.rings.map((ring) => ring.flat()), patterns, backup_time_s };
}

/** Characters of S0001 by what they show (signal exchange list, S0001). */
const GREEN = /[1-9]/;
const YELLOW = /[0NOc]/;
const RED = /[A-HPdhefg]/;

const phasesWith = (groups: string, phases: readonly number[], what: RegExp): readonly number[] => [
  ...new Set(phases.filter((_, i) => what.test(groups[i] ?? ""))),
];

/** The words of NTCIP for who decides. */
function controlOf(source: string | null, manual: boolean): string {
  if (manual) return "manual";
  return source === "forced" || source === "control_block" ? "systemControl" : "timebase";
}

const isYes = (text: string | null): boolean => text?.split(",").includes("True") === true;

export async function readSiteStatus(
  site: ConnectedSite,
  component: string,
  signalGroups: readonly number[],
  who: { readonly controller: string; readonly intersection: string },
  nowMs: () => number,
): Promise<Result<ControllerStatus>> {
  const sourced = site.agreement?.sxl !== "1.0.15";
  const names: readonly StatusName[] = [
    { sCI: "S0014", n: "status" },
    ...(sourced ? [{ sCI: "S0014", n: "source" }] : []),
    { sCI: "S0001", n: "signalgroupstatus" },
    { sCI: "S0001", n: "cyclecounter" },
    { sCI: "S0011", n: "status" },
    { sCI: "S0008", n: "status" },
    { sCI: "S0020", n: "controlmode" },
  ];
  const told = await asked(site, component, names);
  if (!told.ok) return told;
  const groups = told.value("S0001", "signalgroupstatus") ?? "";
  const counter = told.value("S0001", "cyclecounter");
  const inControl = told.value("S0020", "controlmode")?.split(",").includes("control") !== false;
  const flashing = isYes(told.value("S0011")) || !inControl;
  return ok({
    ...who,
    at_ms: nowMs(),
    pattern: flashing ? FLASH : Number(told.value("S0014") ?? 0),
    free_status: flashing ? "other" : "notFree",
    // Before 1.1.0 a site does not say who chose: then it is taken to be us, and another plan than ours is told all the same.
    control_status: controlOf(sourced ? told.value("S0014", "source") : "forced", isYes(told.value("S0008"))),
    local_clock_s: counter === null || flashing ? null : Number(counter),
    greens: phasesWith(groups, signalGroups, GREEN),
    yellows: phasesWith(groups, signalGroups, YELLOW),
    reds: phasesWith(groups, signalGroups, RED),
    walks: [],
  });
}

/** A number for a text: the first 32 bits of its SHA-256. */
export const textChecksum = (text: string): number =>
  createHash("sha256").update(text, "utf8").digest().readUInt32BE(0);
