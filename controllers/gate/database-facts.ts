/** A database document in the words of the signal model: what the proof reads of it. */
import type { DeviceTiming } from "../../core/ports/signal-controller.ts";
import type { DaySet } from "../../core/signal/schedule/calendar.ts";
import type { SignalSpec } from "../../core/signal/schema.ts";
import type { Monitor } from "../../core/signal/sections/monitor.ts";
import type { Overlap } from "../../core/signal/sections/overlap.ts";
import type { Preempt } from "../../core/signal/sections/preempt.ts";
import { parametersFrom, readingsOf } from "../ntcip/database/cells-of.ts";
import type { DatabaseDocument, DatabaseParameters, Row } from "../ntcip/database/document.ts";
import { channelType, noAction, oid, overlapType, preemptOption } from "../ntcip/oids.ts";
import { type TimedDevice, timingFrom } from "../ntcip/read-timing.ts";
import type { Sizes } from "../ntcip/sizes.ts";

interface Event {
  readonly day_plan: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 where the action asks for nothing; null where the event names no action of the device. */
  readonly pattern: number | null;
  readonly action: string;
}

/** With the end of its track phases, for which the site file has no words: they keep their own there. */
export interface PreemptRow extends Preempt {
  readonly track_yellow_s: number | undefined;
  readonly track_red_clear_s: number | undefined;
}

export interface DatabaseFacts {
  readonly timing: DeviceTiming;
  /** Coordinated phases by pattern, of patterns whose splits state them. */
  readonly coordinated: ReadonlyMap<number, readonly number[]>;
  readonly preempts: readonly { readonly preempt: PreemptRow; readonly used: boolean }[];
  /** Those with phases. */
  readonly overlaps: readonly Overlap[];
  /** Those with a source. */
  readonly channels: Monitor["channels"];
  readonly schedules: readonly { readonly number: number; readonly set: DaySet; readonly day_plan: number }[];
  readonly events: readonly Event[];
  readonly operational_mode: number;
}

const numberAt = (row: Row, key: string): number | undefined => {
  const value = row[key];
  return typeof value === "number" ? value : undefined;
};
const listAt = (row: Row, key: string): number[] => {
  const value = row[key];
  return Array.isArray(value) ? value.filter((each) => each > 0) : [];
};
const tenths = (value: number | undefined): number | undefined => (value === undefined ? undefined : value / 10);

/** The whole set as it will be: what the device holds, and over it what the document states. */
export function resulting(document: DatabaseParameters, held: DatabaseDocument): DatabaseParameters {
  const readings = new Map([...readingsOf(held), ...readingsOf(document)]);
  return parametersFrom(readings, held.device?.sizes as Sizes);
}

/** `held` must say what sizes the device has. What a preempt is for, and who signed, only the site file says. */
export function databaseFacts(parameters: DatabaseParameters, held: DatabaseDocument, device: TimedDevice) {
  const site = device.intersection.signal;
  const sizes = held.device?.sizes as Sizes;
  const { timing } = timingFrom(
    readingsOf(parameters),
    {
      phases: sizes.phase,
      rings: sizes.ring,
      patterns: sizes.pattern,
      sequences: sizes.sequence,
      backup_s: numberAt(parameters.unit, "backup_time_s") ?? 0,
    },
    device,
  );
  const facts: DatabaseFacts = {
    timing,
    coordinated: coordinatedIn(parameters),
    preempts: parameters.preempts.map((row) => preemptFrom(row, site)),
    overlaps: parameters.overlaps.map((row) => overlapFrom(row, site)).filter(({ phases }) => phases.length > 0),
    channels: parameters.channels.flatMap(channelFrom),
    schedules: parameters.schedules.flatMap(scheduleFrom),
    events: eventsIn(parameters),
    operational_mode: numberAt(parameters.coordination, "operational_mode") ?? 0,
  };
  return facts;
}

function coordinatedIn({ patterns, splits }: DatabaseParameters): DatabaseFacts["coordinated"] {
  const rowsOf = (split: number): readonly Row[] => splits.filter((row) => row["split"] === split);
  return new Map(
    patterns.flatMap((row) => {
      const stated = rowsOf(numberAt(row, "split_number") ?? 0).filter((each) => each["coord_phase"] !== undefined);
      if (!numberAt(row, "cycle_time_s") || stated.length === 0) return [];
      const phases = stated.filter((each) => each["coord_phase"] === 1).map((each) => Number(each["phase"]));
      return [[Number(row["pattern"]), phases.toSorted((a, b) => a - b)] as const];
    }),
  );
}

/** A row is used where it shows anything; its clearances count in any case, as an input may still be wired to it. */
function preemptFrom(row: Row, site: SignalSpec): DatabaseFacts["preempts"][number] {
  const number = Number(row["preempt"]);
  const stated = site.preempts?.find((each) => each.number === number);
  const lists = ["track_phase", "dwell_phase", "dwell_ped", "cycling_phase", "cycling_ped"] as const;
  const link = numberAt(row, "link") ?? 0;
  const dwell_flash = ((numberAt(row, "control") ?? 0) & preemptOption.flashDwell) !== 0;
  const preempt: PreemptRow = {
    number,
    kind: stated?.kind ?? "emergency",
    delay_s: numberAt(row, "delay_s") ?? 0,
    min_duration_s: numberAt(row, "minimum_duration_s") ?? 0,
    min_green_s: numberAt(row, "minimum_green_s"),
    min_walk_s: numberAt(row, "minimum_walk_s"),
    enter_ped_clear_s: numberAt(row, "enter_ped_clear_s"),
    enter_yellow_s: tenths(numberAt(row, "enter_yellow_change_ds")),
    enter_red_clear_s: tenths(numberAt(row, "enter_red_clear_ds")),
    track_phases: listAt(row, "track_phase"),
    track_green_s: numberAt(row, "track_green_s") ?? 0,
    track_yellow_s: tenths(numberAt(row, "track_yellow_change_ds")),
    track_red_clear_s: tenths(numberAt(row, "track_red_clear_ds")),
    dwell_phases: listAt(row, "dwell_phase"),
    dwell_flash,
    dwell_green_s: numberAt(row, "dwell_green_s") ?? 0,
    exit_phases: listAt(row, "exit_phase"),
    max_presence_s: numberAt(row, "maximum_presence_s") ?? 0,
    ...(link > 0 ? { link } : {}),
    ...(stated?.signed_off === undefined ? {} : { signed_off: stated.signed_off }),
  };
  return { preempt, used: dwell_flash || lists.some((list) => listAt(row, list).length > 0) };
}

function overlapFrom(row: Row, site: SignalSpec): Overlap {
  const number = Number(row["overlap"]);
  return {
    number,
    type: row["type"] === overlapType.minusGreenYellow ? "minus_green_yellow" : "normal",
    phases: listAt(row, "included_phases"),
    modifier_phases: listAt(row, "modifier_phases"),
    conflicts: site.overlaps?.find((each) => each.number === number)?.conflicts ?? [],
    trail_green_s: numberAt(row, "trail_green_s") ?? 0,
    trail_yellow_s: tenths(numberAt(row, "trail_yellow_ds")) ?? 0,
    trail_red_s: tenths(numberAt(row, "trail_red_ds")) ?? 0,
  };
}

const shownBy = new Map<number, Monitor["channels"][number]["shows"]>([
  [channelType.phaseVehicle, "phase"],
  [channelType.phasePedestrian, "walk"],
  [channelType.overlap, "overlap"],
]);

function channelFrom(row: Row): Monitor["channels"] {
  const shows = shownBy.get(numberAt(row, "control_type") ?? 0);
  const number = numberAt(row, "control_source") ?? 0;
  return shows === undefined || number === 0 ? [] : [{ channel: Number(row["channel"]), shows, number }];
}

/** Bit 0 of each set is unused: January, Sunday and the first are bit 1. */
function scheduleFrom(row: Row): DatabaseFacts["schedules"] {
  const day_plan = numberAt(row, "day_plan") ?? 0;
  if (day_plan === 0) return [];
  const set = {
    months: (numberAt(row, "month_bits") ?? 0) >>> 1,
    dates: (numberAt(row, "date_bits") ?? 0) >>> 1,
    days: (numberAt(row, "day_bits") ?? 0) >>> 1,
  };
  return [{ number: Number(row["schedule"]), set, day_plan }];
}

function eventsIn({ actions, day_plans }: DatabaseParameters): DatabaseFacts["events"] {
  const patterns = new Map(
    actions.map((row) => {
      const number = Number(row["action"]);
      return [oid("timebaseAscActionNumber", number), numberAt(row, "pattern") ?? 0] as const;
    }),
  );
  return day_plans.flatMap((row) => {
    const action = String(row["action_number_oid"] ?? noAction);
    if (action === noAction) return [];
    const [day_plan, hour, minute] = [row["day_plan"], row["hour"], row["minute"]].map((each) => Number(each ?? 0));
    return [{ day_plan, hour, minute, action, pattern: patterns.get(action) ?? null } as Event];
  });
}
