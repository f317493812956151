/**
 * The conflict monitor's own programme, compiled from the intersection as the site file states it. Nothing here
 * comes from the signal code that the monitor watches: a mistake there must not be repeated here.
 */

/** The part of an intersection the monitor reads. */
export interface MonitoredSite {
  readonly signal: {
    readonly phases: readonly { readonly number: number }[];
    readonly rings: readonly (readonly (readonly number[])[])[];
    readonly clearances: readonly { readonly phase: number; readonly yellow_s: number; readonly red_clear_s: number }[];
    readonly conflicts: readonly {
      readonly a: number;
      readonly b: number;
      readonly intergreen_ab_s?: number | undefined;
      readonly intergreen_ba_s?: number | undefined;
    }[];
    readonly permissive: readonly (readonly [number, number])[];
  };
}

export interface MonitorProgramme {
  readonly phases: readonly number[];
  /** `conflicts[i]`: bit mask of the phases that must not run with phase i; bit 0 is phase 1. */
  readonly conflicts: readonly number[];
  /** `yellow_ds[i]`: shortest yellow of phase i. */
  readonly yellow_ds: readonly number[];
  /** `clearance_ds[i][j]`: shortest time from the end of green of i to the start of green of j; 0 if they may meet. */
  readonly clearance_ds: readonly (readonly number[])[];
}

const SIZE = 17;

const tenths = (seconds: number): number => Math.round(seconds * 10);

/** Two phases of one ring, or of two barrier groups, never run together, whether the site lists the pair or not. */
function apart(rings: MonitoredSite["signal"]["rings"], a: number, b: number): boolean {
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

/** The least clearance from `a` to `b` that the site states; null where the two may run together. */
function statedClearance(site: MonitoredSite["signal"], a: number, b: number): number | null {
  if (a === b) return null;
  const same = (p: number, q: number): boolean => (p === a && q === b) || (p === b && q === a);
  const listed = site.conflicts.find((pair) => same(pair.a, pair.b));
  if (listed !== undefined) return tenths((listed.a === a ? listed.intergreen_ab_s : listed.intergreen_ba_s) ?? 0);
  const mayMeet = site.permissive.some(([p, q]) => same(p, q)) || !apart(site.rings, a, b);
  return mayMeet ? null : 0;
}

export function compileProgramme({ signal }: MonitoredSite): MonitorProgramme {
  const phases = signal.phases.map((phase) => phase.number);
  const conflicts = new Array<number>(SIZE).fill(0);
  const yellow_ds = new Array<number>(SIZE).fill(0);
  const clearance_ds = Array.from({ length: SIZE }, () => new Array<number>(SIZE).fill(0));
  for (const { phase, yellow_s, red_clear_s } of signal.clearances) {
    yellow_ds[phase] = tenths(yellow_s);
    clearance_ds[phase]?.fill(tenths(yellow_s) + tenths(red_clear_s));
  }
  const pairs = phases.flatMap((a) => phases.map((b) => ({ a, b, stated: statedClearance(signal, a, b) })));
  for (const { a, b, stated } of pairs) {
    const row = clearance_ds[a] ?? [];
    row[b] = stated === null ? 0 : Math.max(row[b] ?? 0, stated);
    if (stated !== null) conflicts[a] = (conflicts[a] ?? 0) | (1 << (b - 1));
  }
  return { phases, conflicts, yellow_ds, clearance_ds };
}
