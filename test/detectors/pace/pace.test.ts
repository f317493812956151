import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { beginPace, type Load, type PaceSettings, paceAfter } from "../../../detectors/pace/pace.ts";
import { demand, type MadeUpCamera, watchFor } from "./street-machine.ts";

const settings: PaceSettings = { wanted_per_s: 10, least_per_s: 5 };
const camera: MadeUpCamera = { ...settings, sent_per_s: 25, decode_ms: 4.3, look_ms: 5.5 };
const many = (count: number): readonly MadeUpCamera[] => Array.from({ length: count }, () => camera);

/** The same unevenness in every run, within `spread` of 1. */
function uneven(seed: number, spread: number) {
  let state = seed;
  return (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return 1 - spread + (2 * spread * state) / 2_147_483_647;
  };
}

const changes = (rates: readonly number[]): number => rates.filter((rate, t) => t > 0 && rate !== rates[t - 1]).length;
const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
const newest = (rates: readonly number[]): number => rates.at(-1) ?? Number.NaN;

/** Jain's index: 1 when all have the same, 1 / n when one has everything. */
function fairness(shares: readonly number[]): number {
  const sum = shares.reduce((total, each) => total + each, 0);
  return sum ** 2 / (shares.length * shares.reduce((total, each) => total + each * each, 0));
}

describe("a camera's pace", () => {
  it("stays within what is wanted and what counts need, whatever the load", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const load = fc.record({ busy: share, late_ms: fc.integer({ min: 0, max: 60_000 }), idle: share });
    fc.assert(
      fc.property(fc.array(load, { maxLength: 300 }), (loads: readonly Load[]) => {
        let pace = beginPace(settings);
        for (const each of loads) {
          pace = paceAfter(pace, each, settings);
          expect(pace.rate_per_s).toBeGreaterThanOrEqual(settings.least_per_s);
          expect(pace.rate_per_s).toBeLessThanOrEqual(settings.wanted_per_s);
        }
      }),
    );
  });

  it("does not give way for one bad second", () => {
    let pace = beginPace(settings);
    for (let t = 0; t < 60; t += 1) {
      pace = paceAfter(
        pace,
        t % 5 === 0 ? { busy: 1, late_ms: 5000, idle: 0 } : { busy: 0.3, late_ms: 0, idle: 0.5 },
        settings,
      );
    }
    expect(pace.rate_per_s).toBe(10);
  });

  it("gives way within seconds when looking takes all the time, and is back when it no longer does", () => {
    let pace = beginPace(settings);
    for (let t = 0; t < 8; t += 1) pace = paceAfter(pace, { busy: 1, late_ms: 0, idle: 0.5 }, settings);
    expect(pace.rate_per_s).toBeLessThan(10);
    for (let t = 0; t < 60; t += 1) pace = paceAfter(pace, { busy: 0.2, late_ms: 0, idle: 0.5 }, settings);
    expect(pace.rate_per_s).toBe(10);
  });

  it("does not try for more than it could do a moment ago", () => {
    // A network of its own that takes 130 ms: 10 looks a second are 1.3 seconds of work, 6.4 are 0.83.
    let pace = beginPace(settings);
    const rates: number[] = [];
    for (let t = 0; t < 600; t += 1) {
      pace = paceAfter(pace, { busy: Math.min(1, pace.rate_per_s * 0.13), late_ms: 0, idle: 0.5 }, settings);
      rates.push(pace.rate_per_s);
    }
    expect(newest(rates)).toBeCloseTo(6.4, 5);
    expect(changes(rates.slice(30))).toBe(0);
  });
});

describe("cameras that share a machine", () => {
  it("are all looked at as often as wanted while the machine can", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 1e6 }), (count, seed) => {
        const next = uneven(seed, 0.08);
        const watched = watchFor(600, { cores: 2, cameras: many(count), hardness: next });
        for (const { rates } of watched) expect(changes(rates)).toBe(0);
      }),
    );
  });

  it("slow down together until the machine can follow, fairly, and stay there", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 1.03, max: 1.16, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (cores, overload, seed) => {
          const one = demand({ cores, cameras: [camera] }, [10]);
          const cameras = many(Math.max(2, Math.floor(overload / one)));
          const machine = { cores, cameras, hardness: uneven(seed, 0.03) };
          const watched = watchFor(1200, machine);
          const rates = watched.map((each) => mean(each.rates.slice(600)));
          expect(demand(machine, rates)).toBeLessThanOrEqual(1.02);
          expect(fairness(rates)).toBeGreaterThan(0.97);
          for (const each of watched) {
            expect(changes(each.rates.slice(600))).toBeLessThanOrEqual(2);
            expect(Math.max(...each.late_ms.slice(300))).toBeLessThan(2500);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it("are all looked at as often as wanted again once what took the machine is gone", () => {
    const watched = watchFor(1200, { cores: 2, cameras: many(8), taken: (t) => (t < 300 ? 0.8 : 0) });
    for (const { rates } of watched) {
      expect(rates[290]).toBeLessThan(10);
      expect(newest(rates)).toBe(10);
    }
  });

  it("keep to the least when even that is too much, and lateness tells", () => {
    const watched = watchFor(300, { cores: 2, cameras: many(20) });
    for (const { rates, late_ms } of watched) {
      expect(newest(rates)).toBe(5);
      expect(newest(late_ms)).toBeGreaterThan(2000);
    }
  });

  it("suffer no camera that is harder to decode: it is not slowed alone", () => {
    const heavy = { ...camera, decode_ms: 9 };
    const watched = watchFor(1800, { cores: 2, cameras: [...many(10), heavy, heavy] });
    const rates = watched.map((each) => newest(each.rates));
    expect(fairness(rates)).toBeGreaterThan(0.85);
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(5);
  });
});
