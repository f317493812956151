/**
 * The conflict monitor's own programme, compiled from the intersection as the site file states it. Nothing here
 * comes from the signal code that the monitor watches: a mistake there must not be repeated here. Channel n carries
 * the vehicle heads of phase n, and channel 24 + n overlap n, as the cabinet is wired.
 */

/** The part of an intersection the monitor reads. */
export interface MonitoredSite {
  readonly signal: {
    readonly phases: readonly { readonly number: number; readonly ped_clear_s?: number | undefined }[];
    readonly rings: readonly (readonly (readonly number[])[])[];
    readonly clearances: readonly { readonly phase: number; readonly yellow_s: number; readonly red_clear_s: number }[];
    readonly conflicts: readonly {
      readonly a: number;
      readonly b: number;
      readonly intergreen_ab_s?: number | undefined;
      readonly intergreen_ba_s?: number | undefined;
    }[];
    readonly permissive: readonly (readonly [number, number])[];
    readonly overlaps?: readonly MonitoredOverlap[] | undefined;
    readonly preempts?:
      | readonly {
          readonly enter_ped_clear_s?: number | undefined;
          readonly signed_off?: string | undefined;
        }[]
      | undefined;
  };
}

interface MonitoredOverlap {
  readonly number: number;
  readonly phases: readonly number[];
  readonly conflicts: readonly number[];
  readonly trail_green_s: number;
  readonly trail_yellow_s: number;
  readonly trail_red_s: number;
}

export interface MonitorProgramme {
  /** Channels of vehicle heads. */
  readonly channels: readonly number[];
  /** `conflicts[i]`: channels that must not run with channel i; bit 0 is channel 1. */
  readonly conflicts: readonly number[];
  /** `yellow_ds[i]`: shortest yellow of channel i. */
  readonly yellow_ds: readonly number[];
  /** `clearance_ds[i][j]`: shortest time from the end of green of i to the start of green of j; 0 if they may meet. */
  readonly clearance_ds: readonly (readonly number[])[];
  /** `ped_clear_ds[p]`: shortest pedestrian clearance of phase p; 0 where nobody walks. */
  readonly ped_clear_ds: readonly number[];
}

export const CHANNEL_SLOTS = 33;
const FIRST_OVERLAP = 25;
const LAST_CHANNEL = CHANNEL_SLOTS - 1;

type Signal = MonitoredSite["signal"];

const tenths = (seconds: number): number => Math.round(seconds * 10);

/** What one channel stands for, and how long it takes to clear. */
interface Light {
  readonly channel: number;
  readonly phases: readonly number[];
  /** Phases listed against it; a phase has its own matrix. */
  readonly listed: readonly number[];
  readonly yellow_ds: number;
  readonly red_ds: number;
}

/** Two phases of one ring, or of two barrier groups, never run together, whether the site lists the pair or not. */
function apart(rings: Signal["rings"], a: number, b: number): boolean {
  const seat = (phase: number) => {
    for (const [ring, groups] of rings.entries()) {
      const group = groups.findIndex((members) => members.includes(phase));
      if (group >= 0) return { ring, group };
    }
    return null;
  };
  const seatA = seat(a);
  const seatB = seat(b);
  if (seatA === null || seatB === null) return true;
  return seatA.ring === seatB.ring || seatA.group !== seatB.group;
}

/** The least clearance from phase `a` to `b` that the site states; null where the two may run together. */
function statedClearance(site: Signal, a: number, b: number): number | null {
  if (a === b) return null;
  const same = (p: number, q: number): boolean => (p === a && q === b) || (p === b && q === a);
  const listed = site.conflicts.find((pair) => same(pair.a, pair.b));
  if (listed !== undefined) return tenths((listed.a === a ? listed.intergreen_ab_s : listed.intergreen_ba_s) ?? 0);
  const mayMeet = site.permissive.some(([p, q]) => same(p, q)) || !apart(site.rings, a, b);
  return mayMeet ? null : 0;
}

/** An overlap is in the way of what is listed, and of whatever must not run with any of its phases. */
function clearanceBetween(site: Signal, from: Light, to: Light): number | null {
  if (from.channel === to.channel) return null;
  if (from.channel < FIRST_OVERLAP && to.channel < FIRST_OVERLAP) {
    return statedClearance(site, from.channel, to.channel);
  }
  const listed = to.phases.some((p) => from.listed.includes(p)) || from.phases.some((p) => to.listed.includes(p));
  const against = from.phases.every((p) => to.phases.every((q) => statedClearance(site, p, q) !== null));
  return listed || against ? 0 : null;
}

function lightsOf(signal: Signal): readonly Light[] {
  const clearance = new Map(signal.clearances.map((each) => [each.phase, each]));
  const phases = signal.phases.map(({ number }): Light => {
    const { yellow_s = 0, red_clear_s = 0 } = clearance.get(number) ?? {};
    return { channel: number, phases: [number], listed: [], yellow_ds: tenths(yellow_s), red_ds: tenths(red_clear_s) };
  });
  const overlaps = (signal.overlaps ?? []).map((overlap): Light => {
    const own = overlap.phases.map((phase) => phases.find((light) => light.channel === phase));
    const shortest = (of: "yellow_ds" | "red_ds"): number => Math.min(...own.map((light) => light?.[of] ?? 0));
    const trails = overlap.trail_green_s > 0;
    return {
      channel: FIRST_OVERLAP + overlap.number - 1,
      phases: overlap.phases,
      listed: overlap.conflicts,
      yellow_ds: trails && overlap.trail_yellow_s > 0 ? tenths(overlap.trail_yellow_s) : shortest("yellow_ds"),
      red_ds: trails && overlap.trail_red_s > 0 ? tenths(overlap.trail_red_s) : shortest("red_ds"),
    };
  });
  return [...phases, ...overlaps.filter(({ channel }) => channel <= LAST_CHANNEL)];
}

/** The phase's own, or what somebody has signed for the entry of a preempt, if that is less. */
function pedestrianClearances(signal: Signal): readonly number[] {
  const signed = (signal.preempts ?? []).flatMap(({ enter_ped_clear_s, signed_off }) =>
    signed_off === undefined || enter_ped_clear_s === undefined ? [] : [enter_ped_clear_s],
  );
  const least = new Array<number>(CHANNEL_SLOTS).fill(0);
  for (const { number, ped_clear_s = 0 } of signal.phases) least[number] = tenths(Math.min(ped_clear_s, ...signed));
  return least;
}

export function compileProgramme({ signal }: MonitoredSite): MonitorProgramme {
  const lights = lightsOf(signal);
  const conflicts = new Array<number>(CHANNEL_SLOTS).fill(0);
  const yellow_ds = new Array<number>(CHANNEL_SLOTS).fill(0);
  const clearance_ds = Array.from({ length: CHANNEL_SLOTS }, () => new Array<number>(CHANNEL_SLOTS).fill(0));
  for (const from of lights) {
    yellow_ds[from.channel] = from.yellow_ds;
    const row = clearance_ds[from.channel] ?? [];
    for (const to of lights) {
      const stated = clearanceBetween(signal, from, to);
      if (stated === null) continue;
      row[to.channel] = Math.max(from.yellow_ds + from.red_ds, stated);
      conflicts[from.channel] = (conflicts[from.channel] ?? 0) | (1 << (to.channel - 1));
    }
  }
  return {
    channels: lights.map((light) => light.channel),
    conflicts,
    yellow_ds,
    clearance_ds,
    ped_clear_ds: pedestrianClearances(signal),
  };
}
