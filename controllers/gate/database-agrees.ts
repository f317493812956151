/** What else of a device must be what the site file states: coordinated phases, overlaps, preempts, channels, days. */
import type { Intersection } from "../../core/network/schema.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { daySet, dayText, everyDay, holds } from "../../core/signal/schedule/calendar.ts";
import type { SignalSpec } from "../../core/signal/schema.ts";
import { isStated } from "../../core/signal/validate/monitor.ts";
import type { DatabaseFacts } from "./database-facts.ts";

interface Pair {
  readonly what: string;
  readonly site: string;
  readonly device: string;
}

export function agreementProblems({ id, signal }: Intersection, facts: DatabaseFacts): readonly Problem[] {
  const pairs = [
    ...coordinated(signal, facts),
    ...overlaps(signal, facts),
    ...preempts(signal, facts),
    ...channels(signal, facts),
    ...days(signal, facts),
  ];
  return pairs
    .filter(({ site, device }) => site !== device)
    .map((pair) => problem("DEVICE_DIFFERS", { intersection: id, ...pair }));
}

const list = (numbers: readonly number[]): string => numbers.toSorted((a, b) => a - b).join(" ") || "none";

function coordinated({ coord_phases }: SignalSpec, facts: DatabaseFacts): readonly Pair[] {
  return [...facts.coordinated].map(([pattern, phases]) => ({
    what: `coordinated phases of pattern ${pattern}`,
    site: list(coord_phases),
    device: list(phases),
  }));
}

type Facts = Readonly<Record<string, string>>;

/** Key by key, where both have the row; a row that one of them lacks is a difference by itself. */
function compared(what: string, site: Facts | undefined, device: Facts | undefined): readonly Pair[] {
  if (site === undefined && device === undefined) return [];
  if (site === undefined) return [{ what, site: "absent", device: "in use" }];
  if (device === undefined) return [{ what, site: "in use", device: "absent" }];
  return Object.keys(site).map((key) => ({
    what: `${key} of ${what}`,
    site: site[key] ?? "none",
    device: device[key] ?? "none",
  }));
}

const numbersOf = (...lists: readonly (readonly { readonly number: number }[])[]): readonly number[] => [
  ...new Set(lists.flat().map(({ number }) => number)),
];

type Overlap = DatabaseFacts["overlaps"][number];

const overlapFacts = (overlap: Overlap | undefined): Facts | undefined =>
  overlap && {
    type: overlap.type,
    phases: list(overlap.phases),
    "modifier phases": list(overlap.modifier_phases),
    "trailing green": `${overlap.trail_green_s} s`,
    "trailing yellow": `${overlap.trail_yellow_s} s`,
    "trailing red": `${overlap.trail_red_s} s`,
  };

function overlaps({ overlaps: stated = [] }: SignalSpec, facts: DatabaseFacts): readonly Pair[] {
  return numbersOf(stated, facts.overlaps).flatMap((number) => {
    const of = (all: readonly Overlap[]): Facts | undefined => overlapFacts(all.find((each) => each.number === number));
    return compared(`overlap ${number}`, of(stated), of(facts.overlaps));
  });
}

type Preempt = NonNullable<SignalSpec["preempts"]>[number];

/** What the site leaves open may be anything that the rules allow. */
const preemptFacts = (preempt: Preempt): Facts => {
  const stated: readonly (readonly [string, number | undefined])[] = [
    ["delay", preempt.delay_s],
    ["minimum duration", preempt.min_duration_s],
    ["minimum green", preempt.min_green_s],
    ["minimum walk", preempt.min_walk_s],
    ["pedestrian clearance", preempt.enter_ped_clear_s],
    ["yellow change", preempt.enter_yellow_s],
    ["red clearance", preempt.enter_red_clear_s],
    ["track green", preempt.track_green_s],
    ["dwell green", preempt.dwell_green_s],
    ["maximum presence", preempt.max_presence_s],
    ["link", preempt.link ?? 0],
  ];
  return {
    ...Object.fromEntries(stated.flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]))),
    "track phases": list(preempt.track_phases),
    "dwell phases": preempt.dwell_flash === true ? "flash" : list(preempt.dwell_phases),
    "exit phases": list(preempt.exit_phases),
  };
};

function preempts({ preempts: stated = [] }: SignalSpec, facts: DatabaseFacts): readonly Pair[] {
  const used = facts.preempts.filter((row) => row.used).map((row) => row.preempt);
  return numbersOf(stated, used).flatMap((number) => {
    const [site, device] = [stated, used].map((all: readonly Preempt[]) => all.find((each) => each.number === number));
    return compared(`preempt ${number}`, site && preemptFacts(site), device && preemptFacts(device));
  });
}

type Channels = DatabaseFacts["channels"];

/** The monitor was compared by what its record says of each channel: the device must drive them so. */
function channels(signal: SignalSpec, facts: DatabaseFacts): readonly Pair[] {
  const { monitor } = signal;
  if (monitor === undefined) return [];
  const lit = facts.channels.filter((channel) => isStated(signal, channel));
  const all = new Set([...monitor.channels, ...lit].map(({ channel }) => channel));
  const shown = (channels: Channels, number: number): string => {
    const found = channels.find(({ channel }) => channel === number);
    return found === undefined ? "dark" : `${found.shows} ${found.number}`;
  };
  return [...all].map((number) => ({
    what: `channel ${number}`,
    site: shown(monitor.channels, number),
    device: shown(lit, number),
  }));
}

/** The first day on which the two run different day plans. */
function days({ plan_days }: SignalSpec, { schedules }: DatabaseFacts): readonly Pair[] {
  if (plan_days === undefined) return [];
  const stated = plan_days.map((entry) => ({ set: daySet(entry), day_plan: entry.day_plan }));
  const planOn = (entries: readonly { readonly set: Parameters<typeof holds>[0]; readonly day_plan: number }[]) =>
    everyDay.map((day) => String(entries.find(({ set }) => holds(set, day))?.day_plan ?? "none"));
  const [site, device] = [planOn(stated), planOn(schedules)];
  const first = everyDay.findIndex((_, i) => site[i] !== device[i]);
  const day = everyDay[first];
  if (day === undefined) return [];
  return [{ what: `day plan on ${dayText(day)}`, site: site[first] ?? "none", device: device[first] ?? "none" }];
}
