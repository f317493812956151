/** I3 on the device's side: its clearances, minimums and structure are the ones the site file states, phase by phase. */
import type { Intersection } from "../../core/network/schema.ts";
import type { DevicePhase, DeviceTiming } from "../../core/ports/signal-controller.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { SignalSpec } from "../../core/signal/schema.ts";
import { ringsOfSequence } from "../../core/signal/sequences.ts";

/** Words of one phase that must agree, as they are printed. */
type Facts = Readonly<Record<string, string>>;

const list = (numbers: readonly number[]): string =>
  numbers.length === 0 ? "none" : [...numbers].sort((a, b) => a - b).join(" ");

const tenth = (value_s: number): string => `${value_s.toFixed(1)} s`;

/** Phases of the other rings between the same two barriers. */
function concurrentWith(signal: SignalSpec, ring: number, group: number): readonly number[] {
  return signal.rings.flatMap((groups, r) => (r === ring ? [] : (groups[group] ?? [])));
}

function positionOf(signal: SignalSpec, phase: number): { readonly ring: number; readonly group: number } {
  for (const [ring, groups] of signal.rings.entries()) {
    const group = groups.findIndex((members) => members.includes(phase));
    if (group >= 0) return { ring, group };
  }
  return { ring: -1, group: -1 };
}

function siteFacts(signal: SignalSpec, number: number): Facts | null {
  const phase = signal.phases.find((candidate) => candidate.number === number);
  const clearance = signal.clearances.find((candidate) => candidate.phase === number);
  if (phase === undefined || clearance === undefined) return null;
  const { ring, group } = positionOf(signal, number);
  return {
    "yellow change": tenth(clearance.yellow_s),
    "red clearance": tenth(clearance.red_clear_s),
    "minimum green": tenth(phase.min_green_s),
    walk: tenth(phase.walk_s),
    "pedestrian clearance": tenth(phase.ped_clear_s),
    ring: String(ring + 1),
    concurrency: list(concurrentWith(signal, ring, group)),
  };
}

const deviceFacts = (phase: DevicePhase, enabled: ReadonlySet<number>): Facts => ({
  "yellow change": tenth(phase.yellow_s),
  "red clearance": tenth(phase.red_clear_s),
  "minimum green": tenth(phase.min_green_s),
  walk: tenth(phase.walk_s),
  "pedestrian clearance": tenth(phase.ped_clear_s),
  ring: String(phase.ring),
  concurrency: list(phase.concurrency.filter((other) => enabled.has(other))),
});

function phaseDifferences(id: string, number: number, site: Facts, device: Facts): readonly Problem[] {
  return Object.keys(site)
    .filter((key) => site[key] !== device[key])
    .map((key) =>
      problem("DEVICE_DIFFERS", {
        intersection: id,
        what: `${key} of phase ${number}`,
        site: site[key] ?? "none",
        device: device[key] ?? "none",
      }),
    );
}

const rowText = (rings: readonly (readonly number[])[], enabled: ReadonlySet<number>): string =>
  rings.map((ring) => ring.filter((phase) => enabled.has(phase)).join(" ") || "empty").join(" | ");

function ringDifferences(id: string, site: SignalSpec, device: DeviceTiming, enabled: ReadonlySet<number>) {
  const rings = Math.max(site.rings.length, device.sequence.length);
  return Array.from({ length: rings }, (_, ring) => ring).flatMap((ring) => {
    const stated = (site.rings[ring] ?? []).flat().join(" ") || "empty";
    const found = (device.sequence[ring] ?? []).filter((phase) => enabled.has(phase)).join(" ") || "empty";
    const what = `phase order of ring ${ring + 1}`;
    return stated === found ? [] : [problem("DEVICE_DIFFERS", { intersection: id, what, site: stated, device: found })];
  });
}

/** A row that some plan runs must be the one that the site file states: its phases were proved in that order. */
function sequenceDifferences(
  { id, signal }: Intersection,
  device: DeviceTiming,
  rows: readonly number[],
  enabled: ReadonlySet<number>,
): readonly Problem[] {
  return [...new Set(rows)].flatMap((number) => {
    const stated = number === 1 ? null : ringsOfSequence(signal, number);
    if (stated === null) return [];
    const held = device.sequences?.find((row) => row.number === number)?.rings;
    const site = rowText(
      stated.map((ring) => ring.flat()),
      enabled,
    );
    const found = held === undefined ? "not held" : rowText(held, enabled);
    const what = `phase order of sequence ${number}`;
    return site === found ? [] : [problem("DEVICE_DIFFERS", { intersection: id, what, site, device: found })];
  });
}

/**
 * Every difference, each named. Empty when plans made for the site are safe words to this device. `sequences` are the rows
 * that plans run, beside row 1.
 */
export function deviceDifferences(
  intersection: Intersection,
  device: DeviceTiming,
  sequences: readonly number[] = [],
): readonly Problem[] {
  const { id, signal } = intersection;
  const enabled = new Map(device.phases.filter((phase) => phase.enabled).map((phase) => [phase.number, phase]));
  const numbers = new Set(enabled.keys());
  const differs = (what: string, site: string, found: string) =>
    problem("DEVICE_DIFFERS", { intersection: id, what, site, device: found });

  const ofPhases = signal.phases.flatMap(({ number }) => {
    const phase = enabled.get(number);
    if (phase === undefined) return [differs(`phase ${number}`, "in use", "off")];
    const site = siteFacts(signal, number);
    if (site === null) return [differs(`clearance of phase ${number}`, "missing", tenth(phase.yellow_s))];
    return phaseDifferences(id, number, site, deviceFacts(phase, numbers));
  });
  const strangers = [...numbers].filter((number) => signal.phases.every((phase) => phase.number !== number));
  return [
    ...ofPhases,
    ...strangers.map((number) => differs(`phase ${number}`, "absent", "in use")),
    ...ringDifferences(id, signal, device, numbers),
    ...sequenceDifferences(intersection, device, sequences, numbers),
  ];
}
