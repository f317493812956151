import { describe, expect, test } from "vitest";
import { ConflictMonitor, type WatchedLamps } from "../../../controllers/virtual/monitor/conflict-monitor.ts";
import { compileProgramme, type MonitoredSite } from "../../../controllers/virtual/monitor/programme.ts";
import { crossroads } from "../../support/crossroads.ts";

/** Two phases that cross, 3.0 s of yellow and 2.0 s of red clearance each, and a third that goes with the first. */
const site: MonitoredSite = {
  signal: {
    phases: [{ number: 1, ped_clear_s: 8 }, { number: 2 }, { number: 3 }],
    rings: [[[1], [2]], [[3]]],
    clearances: [1, 2, 3].map((phase) => ({ phase, yellow_s: 3, red_clear_s: 2 })),
    conflicts: [{ a: 1, b: 2, intergreen_ba_s: 7.5 }],
    permissive: [],
  },
};

const bits = (...phases: readonly number[]): number => phases.reduce((mask, phase) => mask | (1 << (phase - 1)), 0);

interface Shown {
  readonly green?: readonly number[];
  readonly yellow?: readonly number[];
  readonly crossing?: readonly number[];
  readonly clearing?: readonly number[];
  readonly dark?: readonly number[];
  readonly alsoRed?: readonly number[];
  readonly flashing?: boolean;
}

function lamps({
  green = [],
  yellow = [],
  crossing = [],
  clearing = [],
  dark = [],
  alsoRed = [],
  flashing = false,
}: Shown): WatchedLamps {
  const lit = bits(...green) | bits(...yellow) | bits(...dark);
  return {
    greens: bits(...green),
    yellows: bits(...yellow),
    reds: (bits(1, 2, 3) & ~lit) | bits(...alsoRed),
    crossing: bits(...crossing, ...clearing),
    pedClears: bits(...clearing),
    flashing,
  };
}

/** A monitor that has seen 20 s of red, and then these intervals. */
function watched(...intervals: readonly (readonly [ds: number, shown: Shown])[]): ConflictMonitor {
  const monitor = new ConflictMonitor(compileProgramme(site));
  let now = 0;
  for (const [ds, shown] of [[200, {}] as const, ...intervals]) {
    for (let step = 0; step < ds; step += 1) monitor.watch(now++, lamps(shown));
  }
  return monitor;
}

const firstReason = (monitor: ConflictMonitor) => monitor.trips[0]?.reason;

describe("the conflict monitor", () => {
  test("lets a proper change from one phase to the other pass, both ways", () => {
    const monitor = watched(
      [100, { green: [1, 3] }],
      [30, { yellow: [1, 3] }],
      [20, {}],
      [100, { green: [2] }],
      [30, { yellow: [2] }],
      [45, {}],
      [100, { green: [1, 3] }],
    );
    expect(monitor.trips).toEqual([]);
    expect(monitor.tripped).toBe(false);
  });

  test("trips on two conflicting greens", () => {
    expect(firstReason(watched([1, { green: [1, 2] }]))).toEqual({ kind: "conflict", a: 1, b: 2 });
  });

  test("trips on a green against a yellow that conflicts", () => {
    expect(firstReason(watched([50, { green: [1] }], [1, { yellow: [1], green: [2] }]))?.kind).toBe("short_clearance");
    expect(
      watched([50, { green: [1] }], [1, { yellow: [1], green: [2] }]).trips.map((trip) => trip.reason),
    ).toContainEqual({
      kind: "conflict",
      a: 1,
      b: 2,
    });
  });

  test("trips on people crossing against a conflicting green", () => {
    expect(firstReason(watched([1, { green: [2], crossing: [1] }]))).toEqual({ kind: "conflict", a: 1, b: 2 });
  });

  test("trips on phases of two sides of a barrier although the site lists no such pair", () => {
    expect(firstReason(watched([1, { green: [2, 3] }]))).toEqual({ kind: "conflict", a: 2, b: 3 });
  });

  test("trips on a yellow one tenth too short", () => {
    const short = watched([50, { green: [1] }], [29, { yellow: [1] }], [1, {}]);
    expect(firstReason(short)).toEqual({ kind: "short_yellow", channel: 1, got_ds: 29, need_ds: 30 });
    expect(watched([50, { green: [1] }], [30, { yellow: [1] }], [1, {}]).trips).toEqual([]);
  });

  test("trips on a green that turns red without yellow", () => {
    expect(firstReason(watched([50, { green: [1] }], [1, {}]))).toEqual({
      kind: "short_yellow",
      channel: 1,
      got_ds: 0,
      need_ds: 30,
    });
  });

  test("trips on a clearance one tenth too short", () => {
    const short = watched([50, { green: [1] }], [30, { yellow: [1] }], [19, {}], [1, { green: [2] }]);
    expect(firstReason(short)).toEqual({ kind: "short_clearance", from: 1, to: 2, got_ds: 49, need_ds: 50 });
  });

  test("demands the intergreen of the pair where it is longer than yellow and red", () => {
    const short = watched([50, { green: [2] }], [30, { yellow: [2] }], [44, {}], [1, { green: [1] }]);
    expect(firstReason(short)).toEqual({ kind: "short_clearance", from: 2, to: 1, got_ds: 74, need_ds: 75 });
  });

  test("trips on a pedestrian clearance one tenth too short, and on none at all", () => {
    const walked = (ds: number): ConflictMonitor =>
      watched([50, { green: [1], crossing: [1] }], [ds, { green: [1], clearing: [1] }], [1, { green: [1] }]);
    expect(walked(80).trips).toEqual([]);
    expect(firstReason(walked(79))).toEqual({ kind: "short_ped_clear", phase: 1, got_ds: 79, need_ds: 80 });
    expect(firstReason(watched([50, { green: [1], crossing: [1] }], [1, { green: [1] }]))).toEqual({
      kind: "short_ped_clear",
      phase: 1,
      got_ds: 0,
      need_ds: 80,
    });
  });

  test("keeps an overlap apart from what conflicts with all its phases, and from what the site lists", () => {
    const overlap = { number: 1, trail_green_s: 0, trail_yellow_s: 0, trail_red_s: 0 };
    const { conflicts, clearance_ds } = compileProgramme({
      signal: { ...crossroads.signal, overlaps: [{ ...overlap, phases: [2, 1], conflicts: [6] }] },
    });
    const against = conflicts[25] ?? 0;
    expect([1, 2, 3, 4, 5, 6, 7, 8].filter((phase) => (against & bits(phase)) !== 0)).toEqual([3, 4, 6, 7, 8]);
    expect(clearance_ds[25]?.[4]).toBe(50);
    expect((conflicts[6] ?? 0) & bits(25)).not.toBe(0);
  });

  test("trips on a dark head", () => {
    expect(firstReason(watched([1, { dark: [3] }]))).toEqual({ kind: "missing_red", channel: 3 });
  });

  test("trips on red and green in one head", () => {
    expect(firstReason(watched([1, { green: [1], alsoRed: [1] }]))).toEqual({ kind: "two_colours", channel: 1 });
  });

  test("ignores a flashing cabinet, and wants a full clearance of red after it", () => {
    const flash: readonly [number, Shown] = [100, { flashing: true, dark: [1, 2, 3] }];
    expect(watched(flash, [75, {}], [1, { green: [1] }]).trips).toEqual([]);
    expect(firstReason(watched(flash, [74, {}], [1, { green: [1] }]))).toMatchObject({
      kind: "short_clearance",
      to: 1,
    });
  });

  test("never forgets a trip", () => {
    const monitor = watched([1, { green: [1, 2] }], [1000, {}]);
    expect(monitor.tripped).toBe(true);
  });

  test("keeps a pair apart that the site lists, even where it is also called permissive", () => {
    const { conflicts } = compileProgramme({
      signal: { ...site.signal, conflicts: [{ a: 1, b: 3 }], permissive: [[1, 3]] },
    });
    expect((conflicts[1] ?? 0) & bits(3)).not.toBe(0);
  });

  test("knows every conflict of the crossroads in both directions", () => {
    const { conflicts, clearance_ds } = compileProgramme(crossroads);
    for (const { a, b } of crossroads.signal.conflicts) {
      expect((conflicts[a] ?? 0) & bits(b)).not.toBe(0);
      expect((conflicts[b] ?? 0) & bits(a)).not.toBe(0);
      expect(clearance_ds[a]?.[b]).toBe(50);
    }
    expect((conflicts[2] ?? 0) & bits(6)).toBe(0);
  });
});
