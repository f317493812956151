/**
 * Staged traffic: a street along x (its traffic drives towards positive x, the stop line is at x = 0), vehicles that
 * follow a script, a signal that follows another. Nothing here was filmed. Truth is known because it was written down.
 */

import type { VehicleClass } from "../../../core/traffic/vehicle-class.ts";
import type { Fitness } from "../../../core/violations/fitness.ts";
import type { Ruling } from "../../../core/violations/ruling.ts";
import type { Sighting } from "../../../core/violations/sighting.ts";
import { type Indication, SignalTrace } from "../../../core/violations/signal-trace.ts";
import { draw } from "../../../sim/arrivals/random.ts";

export const fit: Fitness = {
  camera: "cam-1",
  reprojection_error_m: 0.05,
  clock_offset_ms: 3,
  delay_uncertainty_ms: 50,
};
export const frame_ms = 40;

export const stop = { line: { from: { x_m: 0, y_m: -6 }, to: { x_m: 0, y_m: 6 } }, bearing_rad: 0 };

export interface Pose {
  /** Of the front. */
  readonly x_m: number;
  readonly y_m: number;
  readonly heading_rad: number;
}

export interface Script {
  readonly track: number;
  readonly class?: VehicleClass;
  readonly length_m?: number;
  readonly from_s: number;
  readonly to_s: number;
  /** Null where it is not seen. */
  readonly pose: (t_s: number) => Pose | null;
  readonly occluded?: (t_s: number) => boolean;
}

/** Straight on at an even speed; its front is at `x_m` at `at_s`. */
export function drives(x_m: number, at_s: number, speed_mps: number, y_m = 0): Script["pose"] {
  const heading_rad = speed_mps < 0 ? Math.PI : 0;
  return (t_s) => ({ x_m: x_m + (t_s - at_s) * speed_mps, y_m, heading_rad });
}

/** Brakes evenly from `speed_mps` so that its front stands at `x_m` from `at_s` on, until `until_s`, and then drives off. */
export function stopsAt(x_m: number, at_s: number, speed_mps: number, until_s = Number.POSITIVE_INFINITY, y_m = 0) {
  const decel = 3;
  const accel = 2;
  return (t_s: number): Pose => {
    const before = Math.max(0, at_s - t_s);
    const braking = Math.min(before, speed_mps / decel);
    const cruising = before - braking;
    const off = Math.max(0, t_s - until_s);
    const back_m = (decel * braking * braking) / 2 + cruising * Math.min(speed_mps, decel * braking);
    return { x_m: x_m - back_m + (accel * off * off) / 2, y_m, heading_rad: 0 };
  };
}

const place = (from: { x_m: number; y_m: number }, heading_rad: number, ahead_m: number) => ({
  x_m: from.x_m + Math.cos(heading_rad) * ahead_m,
  y_m: from.y_m + Math.sin(heading_rad) * ahead_m,
});

/** Every sighting of all scripts in the order of time, each place off by up to `noise_m` (the same at every run). */
function sightings(scripts: readonly Script[], noise_m = 0.05, seed = 7): readonly Sighting[] {
  const chance = Uint32Array.of(seed);
  const off = (): number => (draw(chance, 0) * 2 - 1) * noise_m;
  const all: Sighting[] = [];
  for (const script of scripts) {
    const { length_m = 4.4 } = script;
    for (let t_s = script.from_s; t_s < script.to_s; t_s += frame_ms / 1000) {
      const pose = script.pose(t_s);
      if (pose === null) continue;
      const front = { x_m: pose.x_m + off(), y_m: pose.y_m + off() };
      all.push({
        track: script.track,
        class: script.class ?? "car",
        at_ms: t_s * 1000,
        front,
        rear: place(front, pose.heading_rad, -length_m),
        occluded: script.occluded?.(t_s) ?? false,
      });
    }
  }
  return all.sort((a, b) => a.at_ms - b.at_ms);
}

/** `changes`: from when each state shows. Reported every 0.1 s until `to_s`. */
export function signal(changes: readonly (readonly [number, Indication])[], to_s = 120): SignalTrace {
  const trace = new SignalTrace();
  for (let tick = Math.round((changes[0]?.[0] ?? 0) * 10); tick <= to_s * 10; tick += 1) {
    const now = changes.filter(([from_s]) => from_s <= tick / 10 + 1e-9).at(-1);
    if (now !== undefined) trace.report({ at_ms: tick * 100, state: now[1] });
  }
  return trace;
}

interface Rule {
  observe(sighting: Sighting, fitness: Fitness): Ruling | null;
  ended(track: number, fitness: Fitness): Ruling | null;
}

/** Everything the rule says of the scene; each track ends with its last sighting. */
export function judge(rule: Rule, scripts: readonly Script[], fitness = fit, noise_m = 0.05): readonly Ruling[] {
  const all = sightings(scripts, noise_m);
  const rulings: (Ruling | null)[] = [];
  for (const [index, sighting] of all.entries()) {
    rulings.push(rule.observe(sighting, fitness));
    const last = !all.slice(index + 1).some(({ track }) => track === sighting.track);
    if (last) rulings.push(rule.ended(sighting.track, fitness));
  }
  return rulings.filter((ruling) => ruling !== null);
}

/** `track at second`, or `track refused CODE`. */
export function said(rulings: readonly Ruling[]): readonly string[] {
  return rulings.map((ruling) =>
    "violation" in ruling
      ? `${ruling.violation.track}`
      : `${ruling.refusal.track} refused ${ruling.refusal.reason.code}`,
  );
}
