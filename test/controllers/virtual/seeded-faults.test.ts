/**
 * Every rule of the street is broken once, in the machine's configuration or in the lamps on their way to the street;
 * the conflict monitor, which knows only the site, must see each. What nobody broke must pass.
 */
import { describe, expect, test } from "vitest";
import {
  ConflictMonitor,
  type TripReason,
  type WatchedLamps,
} from "../../../controllers/virtual/monitor/conflict-monitor.ts";
import { compileProgramme, type MonitoredSite } from "../../../controllers/virtual/monitor/programme.ts";
import { machineConfig } from "../../../core/signal/machine/convert.ts";
import { createMachine, type Lamps } from "../../../core/signal/machine/machine.ts";
import type { MachineConfig, MachineInput, MachineOverlap, MachinePhase } from "../../../core/signal/machine/types.ts";
import { crossroads } from "../../support/crossroads.ts";
import { Seeded } from "../../support/seeded.ts";

const bit = (number: number): number => 1 << (number - 1);

/** Overlap 1 runs over phases 1 and 2, overlap 2 trails phase 8; one pair has an intergreen of its own. */
const overlaps = [
  { number: 1, phases: [1, 2], conflicts: [], trail_green_s: 0, trail_yellow_s: 0, trail_red_s: 0 },
  { number: 2, phases: [8], conflicts: [], trail_green_s: 3, trail_yellow_s: 3.5, trail_red_s: 1.5 },
];
const conflicts = crossroads.signal.conflicts.map((pair) =>
  pair.a === 2 && pair.b === 4 ? { ...pair, intergreen_ab_s: 7, intergreen_ba_s: 6.5 } : pair,
);
const site: MonitoredSite = { signal: { ...crossroads.signal, conflicts, overlaps } };

const machineOverlaps: readonly MachineOverlap[] = overlaps.map((overlap) => ({
  number: overlap.number,
  type: "normal",
  included: overlap.phases,
  modifiers: [],
  trail_green_ds: overlap.trail_green_s * 10,
  trail_yellow_ds: overlap.trail_yellow_s * 10,
  trail_red_ds: overlap.trail_red_s * 10,
}));
const sound: MachineConfig = {
  ...machineConfig({ signal: { ...crossroads.signal, conflicts } }),
  overlaps: machineOverlaps,
};

/** Channels as the cabinet wires them: phase n on n, overlap n on 24 + n. */
const wired = (lamps: Lamps): WatchedLamps => {
  const overlapReds = 0b11 & ~lamps.overlapGreens & ~lamps.overlapYellows;
  return {
    greens: lamps.greens | (lamps.overlapGreens << 24),
    yellows: lamps.yellows | (lamps.overlapYellows << 24),
    reds: lamps.reds | (overlapReds << 24),
    crossing: lamps.walks | lamps.pedClears,
    pedClears: lamps.pedClears,
    flashing: false,
  };
};

type Mutator = (lamps: WatchedLamps, step: number) => WatchedLamps;

const STEPS = 36_000;
/** A cabinet stands red for its longest clearance before the machine's own six seconds begin. */
const RED_BEFORE = 10;

type Input = { -readonly [Key in keyof MachineInput]: MachineInput[Key] };

/** Busy for a while, then sparse enough that phases are passed over and rings stand red. */
function traffic(input: Input, chance: Seeded, step: number): void {
  input.clock_ds = step;
  if (step % 20 !== 0) return;
  const among = step % 6000 < 2000 ? 2 : 25;
  input.vehicle_calls |= chance.below(among) === 0 ? bit(1 + chance.below(8)) : 0;
  input.ped_calls |= chance.below(8) === 0 ? bit(1 + chance.below(8)) : 0;
  input.occupied = chance.below(256);
}

/** An hour of traffic; the first fault that the monitor sees, or null. */
function firstFault(config: MachineConfig, mutate: Mutator = (lamps) => lamps): TripReason | null {
  const machine = createMachine(config);
  const monitor = new ConflictMonitor(compileProgramme(site));
  const chance = new Seeded(20_261_122);
  const input: Input = { clock_ds: 0, pattern: null, vehicle_calls: 0, ped_calls: 0, occupied: 0 };
  for (let step = 0; step < STEPS; step += 1) {
    traffic(input, chance, step);
    if (step >= RED_BEFORE) machine.step(input);
    input.vehicle_calls &= ~machine.lamps.greens;
    input.ped_calls &= ~machine.lamps.walks;
    const [fault] = monitor.watch(step, mutate(wired(machine.lamps), step));
    if (fault !== undefined) return fault.reason;
  }
  return null;
}

const withPhase = (number: number, change: Partial<MachinePhase>): MachineConfig => ({
  ...sound,
  phases: sound.phases.map((phase) => (phase.number === number ? { ...phase, ...change } : phase)),
});
const withOverlap = (number: number, change: Partial<MachineOverlap>): MachineConfig => ({
  ...sound,
  overlaps: machineOverlaps.map((overlap) => (overlap.number === number ? { ...overlap, ...change } : overlap)),
});
const own = (number: number): MachinePhase => sound.phases.find((phase) => phase.number === number) as MachinePhase;

/** The phase changes its lamp to `to` this many steps before its time; needs to see ahead, so it runs behind. */
function early(from: "greens" | "yellows" | "reds", to: "greens" | "yellows" | "reds", channel: number, by: number) {
  const waiting: WatchedLamps[] = [];
  const mask = bit(channel);
  return (lamps: WatchedLamps): WatchedLamps => {
    waiting.push({ ...lamps });
    const now = waiting.length > by ? (waiting.shift() as WatchedLamps) : (waiting[0] as WatchedLamps);
    const soon = (lamps[to] & mask) !== 0 && (now[from] & mask) !== 0;
    return soon ? { ...now, [from]: now[from] & ~mask, [to]: now[to] | mask } : now;
  };
}

const channels = [1, 2, 3, 4, 5, 6, 7, 8, 25, 26];

describe("a machine that nobody broke", () => {
  test("passes", () => {
    expect(firstFault(sound)).toBeNull();
  });
});

describe("a machine with a rule knocked out trips the monitor:", () => {
  test.each(sound.phases.map((phase) => phase.number))("phase %i has a tenth too little yellow", (number) => {
    const fault = firstFault(withPhase(number, { yellow_ds: own(number).yellow_ds - 1 }));
    expect(fault).toMatchObject({ kind: "short_yellow", channel: number });
  });

  // Nobody can come too early after phase 8, whose overlap clears later.
  test.each([1, 2, 3, 4, 5, 6, 7])("phase %i has a tenth too little red clearance", (number) => {
    const fault = firstFault(withPhase(number, { red_clear_ds: own(number).red_clear_ds - 1 }));
    expect(fault).toMatchObject({ kind: "short_clearance", from: number });
  });

  test.each([2, 4, 6, 8])("phase %i clears its people a second too fast", (number) => {
    const fault = firstFault(withPhase(number, { ped_clear_ds: own(number).ped_clear_ds - 10 }));
    expect(fault).toMatchObject({ kind: "short_ped_clear", phase: number });
  });

  test.each([
    [2, 4],
    [4, 2],
  ])("the intergreen from %i to %i is forgotten", (from, to) => {
    const intergreens = sound.intergreens.filter((each) => each.from !== from || each.to !== to);
    expect(firstFault({ ...sound, intergreens })).toMatchObject({ kind: "short_clearance", from, to });
  });

  test("a barrier is forgotten", () => {
    const rings = [[[1, 2, 3, 4]], [[5, 6, 7, 8]]];
    const kinds = ["conflict", "short_clearance"];
    expect(kinds).toContain(firstFault({ ...sound, rings })?.kind);
  });

  test("a phase is in the wrong ring", () => {
    const rings = [
      [
        [1, 6],
        [3, 4],
      ],
      [
        [5, 2],
        [7, 8],
      ],
    ];
    expect(["conflict", "short_clearance"]).toContain(firstFault({ ...sound, rings })?.kind);
  });

  test("an overlap includes a phase too many", () => {
    const fault = firstFault(withOverlap(2, { included: [8, 2] }));
    expect(["conflict", "short_clearance"]).toContain(fault?.kind);
  });

  test("an overlap that trails has a tenth too little yellow, or red", () => {
    expect(firstFault(withOverlap(2, { trail_yellow_ds: 34 }))).toMatchObject({ kind: "short_yellow", channel: 26 });
    expect(firstFault(withOverlap(2, { trail_red_ds: 14 }))).toMatchObject({ kind: "short_clearance", from: 26 });
  });

  test("an overlap of another number than the cabinet is wired for stays dark", () => {
    const dark: Mutator = (lamps) => ({ ...lamps, reds: lamps.reds & ~bit(26), greens: lamps.greens & ~bit(26) });
    expect(firstFault(withOverlap(2, { included: [3] }), dark)?.kind).toBe("missing_red");
  });
});

describe("lamps broken on their way to the street trip the monitor:", () => {
  test.each(channels)("channel %i turns red a tenth early", (channel) => {
    expect(firstFault(sound, early("yellows", "reds", channel, 1))).toMatchObject({ kind: "short_yellow", channel });
  });

  test.each(channels)("channel %i turns green a tenth early", (channel) => {
    const fault = firstFault(sound, early("reds", "greens", channel, 1));
    expect(fault).toMatchObject({ kind: "short_clearance", to: channel });
  });

  test.each(channels)("channel %i has no yellow", (channel) => {
    const skip: Mutator = (lamps) =>
      (lamps.yellows & bit(channel)) === 0
        ? lamps
        : { ...lamps, yellows: lamps.yellows & ~bit(channel), reds: lamps.reds | bit(channel) };
    expect(firstFault(sound, skip)).toMatchObject({ kind: "short_yellow", channel, got_ds: 0 });
  });

  test.each(channels)("channel %i stays green for ever", (channel) => {
    let stuck = false;
    const stick: Mutator = (lamps) => {
      stuck ||= (lamps.greens & bit(channel)) !== 0;
      const off = ~bit(channel);
      if (!stuck) return lamps;
      return {
        ...lamps,
        greens: lamps.greens | bit(channel),
        yellows: lamps.yellows & off,
        reds: lamps.reds & off,
      };
    };
    expect(firstFault(sound, stick)?.kind).toBe("conflict");
  });

  test.each(channels)("channel %i loses its red lamp", (channel) => {
    const dark: Mutator = (lamps) => ({ ...lamps, reds: lamps.reds & ~bit(channel) });
    expect(firstFault(sound, dark)).toEqual({ kind: "missing_red", channel });
  });

  test.each(channels)("channel %i shows red beside its green", (channel) => {
    const both: Mutator = (lamps) => ({ ...lamps, reds: lamps.reds | (lamps.greens & bit(channel)) });
    expect(firstFault(sound, both)).toEqual({ kind: "two_colours", channel });
  });

  test.each([2, 4, 6, 8])("the walk of phase %i goes dark without a clearance", (phase) => {
    const cut: Mutator = (lamps) => {
      const clearing = lamps.pedClears & bit(phase);
      return { ...lamps, crossing: lamps.crossing & ~clearing, pedClears: lamps.pedClears & ~clearing };
    };
    expect(firstFault(sound, cut)).toMatchObject({ kind: "short_ped_clear", phase, got_ds: 0 });
  });

  test.each([2, 4, 6, 8])("the walk of phase %i is lit all the time", (phase) => {
    const walking: Mutator = (lamps) => ({ ...lamps, crossing: lamps.crossing | bit(phase) });
    expect(firstFault(sound, walking)?.kind).toBe("conflict");
  });

  test("two phases that conflict are green at power-up", () => {
    const both: Mutator = (lamps, step) =>
      step < 300 ? lamps : { ...lamps, greens: lamps.greens | bit(4), reds: lamps.reds & ~bit(4) };
    expect(["conflict", "short_clearance"]).toContain(firstFault(sound, both)?.kind);
  });

  test("a green comes before the longest clearance has run after power-up", () => {
    const first: Mutator = (lamps, step) =>
      step < 20 ? lamps : { ...lamps, greens: lamps.greens | bit(1), reds: lamps.reds & ~bit(1) };
    expect(firstFault(sound, first)).toMatchObject({ kind: "short_clearance", to: 1 });
  });
});
