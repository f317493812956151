/**
 * Is it worth while to let all people cross at once, also diagonally, while nobody drives (a scramble, or Barnes dance)? Both ways
 * to run the intersection get the cycle and the splits that suit them, and are held against each other by what everybody waits:
 * vehicles by HCM's control delay, people by HCM 2000, eq. 18-5. Turning vehicles lose less where nobody crosses beside them
 * (HCM 2000, ch. 16, appendix D).
 */
import { controlDelay_s } from "./delay.ts";
import { pedestrianService, walkingSpeed_ms } from "./minimums.ts";
import { boundedCycle_s } from "./webster.ts";

/** The fullest lane group of a phase; phases follow one another. */
export interface ScramblePhase {
  readonly flow_h: number;
  /** With nobody on foot in the way. */
  readonly saturation_h: number;
  /** Share of it that turns into the crossing that walks with the phase. */
  readonly turning_share: number;
  /** Yellow and red clearance after it. */
  readonly lost_s: number;
  readonly min_green_s: number;
  /** Of the crossing that walks with it; null where nobody does. */
  readonly crossing_m: number | null;
  /** People an hour on that crossing, both ways. */
  readonly people_h: number;
}

export interface ScrambleQuestion {
  readonly phases: readonly ScramblePhase[];
  /** The longest way across, usually from corner to corner. */
  readonly diagonal_m: number;
  /** Share of the people who want to the opposite corner: without a scramble they cross twice. */
  readonly diagonal_share: number;
  readonly walking_ms?: number;
  /** People in a vehicle. */
  readonly occupancy?: number;
  readonly longest_cycle_s: number;
}

export interface ScrambleWay {
  readonly cycle_s: number;
  readonly green_s: readonly number[];
  /** Of the stage in which all walk; 0 without one. */
  readonly scramble_s: number;
  readonly vehicle_delay_s: number;
  readonly person_delay_s: number;
  /** Person-hours an hour, of those who drive and those who walk. */
  readonly waiting_h: number;
}

export interface ScrambleAnswer {
  readonly beside: ScrambleWay | null;
  readonly scramble: ScrambleWay | null;
  /** Null where neither fits into the longest cycle. */
  readonly better: "beside" | "scramble" | null;
}

/** People use the first seconds of their clearance too. */
const alsoUsed_s = 4;
const clearAfter_s = 2;
const usualOccupancy = 1.3;

/**
 * Saturation of a lane group through which people walk: their occupancy of the crossing is v / 2000 up to 1,000 people an hour of
 * green and 0.4 + v / 10000 above; a turning vehicle loses 0.6 of that where it may choose its lane (HCM 2000, eq. D16-1 to D16-7).
 */
function withPeople_h({ people_h, saturation_h, turning_share }: ScramblePhase, cycle_s: number, walk_s: number) {
  const flow = Math.min(5000, (people_h * cycle_s) / Math.max(1, walk_s));
  const occupied = flow <= 1000 ? flow / 2000 : Math.min(0.9, 0.4 + flow / 10_000);
  return saturation_h * (1 - turning_share * 0.6 * occupied);
}

interface Drafted {
  readonly least_s: readonly number[];
  readonly lost_s: number;
  readonly saturation_h: (phase: ScramblePhase, cycle_s: number, green_s: number) => number;
}

/** A phase in which nobody comes has a share all the same. */
const leastRatio = 1e-6;

/** Greens in proportion to flow ratios, none under its least; null where they do not fit. */
function greensFor(phases: readonly ScramblePhase[], ratios: readonly number[], draft: Drafted, cycle_s: number) {
  const room_s = cycle_s - draft.lost_s;
  const fixed = new Set<number>();
  const sum = (of: (at: number) => number, held: boolean): number =>
    phases.reduce((all, _, at) => all + (fixed.has(at) === held ? of(at) : 0), 0);
  if (draft.least_s.reduce((all, least) => all + least, 0) > room_s) return null;
  for (;;) {
    const left_s = room_s - sum((at) => draft.least_s[at] as number, true);
    const free = Math.max(
      1e-9,
      sum((at) => ratios[at] as number, false),
    );
    const share = (at: number): number => (left_s * (ratios[at] as number)) / free;
    const short = phases.findIndex((_, at) => !fixed.has(at) && share(at) < (draft.least_s[at] as number));
    if (short === -1) return phases.map((_, at) => (fixed.has(at) ? (draft.least_s[at] as number) : share(at)));
    fixed.add(short);
  }
}

function timed({ longest_cycle_s, phases }: ScrambleQuestion, draft: Drafted) {
  const shortest_s = draft.lost_s + draft.least_s.reduce((sum, least) => sum + least, 0);
  if (shortest_s > longest_cycle_s) return null;
  let cycle_s = Math.ceil(shortest_s);
  let green_s: readonly number[] = draft.least_s;
  // How far people are in the way depends on the cycle, and the cycle on that.
  for (let turn = 0; turn < 4; turn += 1) {
    const rates = phases.map((phase, at) => draft.saturation_h(phase, cycle_s, green_s[at] as number));
    const ratios = phases.map(({ flow_h }, at) => Math.max(leastRatio, flow_h / (rates[at] as number)));
    const bounds = { shortest_s: Math.ceil(shortest_s), longest_s: longest_cycle_s };
    cycle_s = boundedCycle_s(
      draft.lost_s,
      ratios.reduce((sum, ratio) => sum + ratio, 0),
      bounds,
    );
    const greens = greensFor(phases, ratios, draft, cycle_s);
    if (greens === null) return null;
    green_s = greens;
  }
  return { cycle_s, green_s };
}

/** Whoever comes at any time waits (C - g)² / 2C (HCM 2000, eq. 18-5). */
const walkDelay_s = (cycle_s: number, used_s: number): number => (cycle_s - used_s) ** 2 / (2 * cycle_s);

function way(
  question: ScrambleQuestion,
  draft: Drafted,
  scramble_s: number,
  personDelay_s: (cycle_s: number, green_s: readonly number[]) => number,
): ScrambleWay | null {
  const found = timed(question, draft);
  if (found === null) return null;
  const { cycle_s, green_s } = found;
  const { occupancy = usualOccupancy, phases } = question;
  const [flow_h, people_h] = [
    phases.reduce((sum, each) => sum + each.flow_h, 0),
    phases.reduce((sum, each) => sum + each.people_h, 0),
  ];
  const waited_s = phases.reduce((sum, phase, at) => {
    const green = green_s[at] as number;
    const capacity_h = (draft.saturation_h(phase, cycle_s, green) * green) / cycle_s;
    return sum + phase.flow_h * controlDelay_s({ cycle_s, green_s: green, flow_h: phase.flow_h, capacity_h });
  }, 0);
  const person_delay_s = personDelay_s(cycle_s, green_s);
  return {
    cycle_s,
    green_s,
    scramble_s,
    vehicle_delay_s: flow_h === 0 ? 0 : waited_s / flow_h,
    person_delay_s,
    waiting_h: (occupancy * waited_s + people_h * person_delay_s) / 3600,
  };
}

const lostOf = (phases: readonly ScramblePhase[]): number => phases.reduce((sum, { lost_s }) => sum + lost_s, 0);

/** People walk with the vehicles beside them. */
function besideWay(question: ScrambleQuestion, walking_ms: number): ScrambleWay | null {
  const { diagonal_share, phases } = question;
  const clear_s = phases.map(({ crossing_m }) =>
    crossing_m === null ? null : pedestrianService(crossing_m, walking_ms),
  );
  const draft: Drafted = {
    lost_s: lostOf(phases),
    least_s: phases.map(({ min_green_s }, at) => {
      const service = clear_s[at] ?? null;
      return service === null ? min_green_s : Math.max(min_green_s, service.walk_s + service.ped_clear_s);
    }),
    saturation_h: (phase, cycle_s, green_s) =>
      phase.crossing_m === null ? phase.saturation_h : withPeople_h(phase, cycle_s, green_s),
  };
  return way(question, draft, 0, (cycle_s, green_s) => {
    const people_h = phases.reduce((sum, each) => sum + each.people_h, 0);
    if (people_h === 0) return 0;
    const once = phases.reduce((sum, { people_h: own_h }, at) => {
      const used_s = (green_s[at] as number) - (clear_s[at]?.ped_clear_s ?? 0) + alsoUsed_s;
      return sum + own_h * walkDelay_s(cycle_s, Math.min(cycle_s, used_s));
    }, 0);
    // To the opposite corner it is two crossings, the second of which is red when one comes to it: until its next walk.
    const second_s = cycle_s / 2;
    return once / people_h + diagonal_share * second_s;
  });
}

function scrambleWay(question: ScrambleQuestion, walking_ms: number): ScrambleWay | null {
  const { diagonal_m, phases } = question;
  const { ped_clear_s, walk_s } = pedestrianService(diagonal_m, walking_ms);
  const scramble_s = walk_s + ped_clear_s;
  const draft: Drafted = {
    lost_s: lostOf(phases) + scramble_s + clearAfter_s,
    least_s: phases.map(({ min_green_s }) => min_green_s),
    saturation_h: ({ saturation_h }) => saturation_h,
  };
  return way(question, draft, scramble_s, (cycle_s) => walkDelay_s(cycle_s, walk_s + alsoUsed_s));
}

export function compareScramble(question: ScrambleQuestion): ScrambleAnswer {
  const { walking_ms = walkingSpeed_ms.slow } = question;
  const [beside, scramble] = [besideWay(question, walking_ms), scrambleWay(question, walking_ms)];
  if (beside === null || scramble === null) {
    return { beside, scramble, better: beside === null ? (scramble === null ? null : "scramble") : "beside" };
  }
  return { beside, scramble, better: scramble.waiting_h < beside.waiting_h ? "scramble" : "beside" };
}
