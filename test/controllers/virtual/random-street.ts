/** Random but sound intersections with overlaps, preempts and plans: what a signal day happens to. */
import fc from "fast-check";
import type { Intersection } from "../../../core/network/schema.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { scene } from "../../core/signal/machine/scenes.ts";
import { Seeded } from "../../support/seeded.ts";

export interface RandomStreet {
  readonly site: Intersection;
  readonly plans: readonly Plan[];
}

/** The same street for the same seed. */
export function randomStreet(seed: number): RandomStreet {
  const [sampled] = fc.sample(scene, { seed, numRuns: 1 });
  if (sampled === undefined) throw new Error("a scene per sample");
  const chance = new Seeded(seed);
  const { x, plans } = sampled;
  const signal = { ...x.signal, overlaps: overlapsOf(x, chance), preempts: preemptsOf(x, chance) };
  return { site: { ...x, signal }, plans };
}

/** One from a phase to its successor in the ring, one over two phases of a group that trails, one with a modifier. */
function overlapsOf({ signal }: Intersection, chance: Seeded): NonNullable<Intersection["signal"]["overlaps"]> {
  const ring = chance.pick(signal.rings);
  const phases = chance.shuffled(ring.flat());
  const group = chance.pick(signal.rings).flat();
  const other = signal.rings.length > 1 ? chance.pick(signal.rings[1] ?? ring).slice(0, 1) : [];
  const own = { conflicts: [], trail_green_s: 0, trail_yellow_s: 0, trail_red_s: 0 };
  return [
    { ...own, number: 1, type: "normal", phases: phases.slice(0, 2), modifier_phases: [] },
    {
      ...own,
      number: 2,
      type: "normal",
      phases: group.slice(0, 1 + chance.below(2)),
      modifier_phases: [],
      trail_green_s: 1 + chance.below(6),
      trail_yellow_s: 3.5,
      trail_red_s: 2,
    },
    { ...own, number: 3, type: "minus_green_yellow", phases: ring.flat().slice(0, 2), modifier_phases: other },
  ];
}

function preemptsOf({ signal }: Intersection, chance: Seeded): NonNullable<Intersection["signal"]["preempts"]> {
  const groups = signal.rings[0]?.length ?? 1;
  const together = (): number[] => {
    const group = chance.below(groups);
    return signal.rings.map((ring) => chance.pick(ring[group] ?? [])).slice(0, 1 + chance.below(2));
  };
  return [1, 2, 3].map((number) => ({
    number,
    kind: "emergency" as const,
    delay_s: chance.below(4),
    min_duration_s: chance.below(20),
    track_phases: number === 1 ? together() : [],
    track_green_s: number === 1 ? 5 + chance.below(10) : 0,
    ...(number === 2 && chance.below(2) === 0 ? { dwell_phases: [], dwell_flash: true } : { dwell_phases: together() }),
    dwell_green_s: 5 + chance.below(15),
    exit_phases: chance.below(2) === 0 ? together() : [],
    max_presence_s: 60 + chance.below(300),
    ...(number === 3 ? { link: 2 } : {}),
  }));
}
