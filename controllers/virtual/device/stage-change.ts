/** How a running machine takes up another configuration: at once, when it is quiet, or not without starting anew. */
import { GREEN, IDLE, type MachineState } from "../../../core/signal/machine/state.ts";
import type { MachineConfig } from "../../../core/signal/machine/types.ts";

export type Change = "none" | "timings" | "order" | "structure";

/**
 * `timings`: rings, order and coordinated phases are the same. `order`: the phases between two barriers stay together,
 * in another order, or other phases are coordinated. `structure`: anything else.
 */
export function changeBetween(a: MachineConfig, b: MachineConfig): Change {
  if (a === b || same(a, b)) return "none";
  if (same([a.rings, a.coord_phases, numbersOf(a)], [b.rings, b.coord_phases, numbersOf(b)])) {
    return same(overlapNumbers(a), overlapNumbers(b)) ? "timings" : "structure";
  }
  const alike = same([membersOf(a), numbersOf(a), overlapNumbers(a)], [membersOf(b), numbersOf(b), overlapNumbers(b)]);
  return alike ? "order" : "structure";
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const numbersOf = ({ phases }: MachineConfig): readonly number[] => phases.map((phase) => phase.number);
const overlapNumbers = ({ overlaps }: MachineConfig): readonly number[] => (overlaps ?? []).map((each) => each.number);

/** Rings and groups without their order. */
const membersOf = ({ rings }: MachineConfig): readonly (readonly string[])[] =>
  rings.map((groups) => groups.map((members) => [...members].sort((a, b) => a - b).join()).sort());

/** Nothing is on its way to another phase: every ring is green or stands red between the same two barriers. */
export function isQuiet({ rings, crossing }: MachineState): boolean {
  return (
    !crossing &&
    rings.every((ring) => (ring.interval === GREEN && ring.next < 0 && !ring.leaving) || ring.interval === IDLE)
  );
}

/** The state of a quiet machine seen in another order of phases. Whatever pattern ran is called anew. */
export function reordered(state: MachineState, { rings }: MachineConfig): MachineState {
  let group = 0;
  const moved = state.rings.map((ring, r) => {
    if (ring.interval === IDLE) return { ...ring, place: -1, leaving: false };
    const own = rings[r] ?? [];
    group = own.findIndex((members) => members.includes(ring.phase + 1));
    return { ...ring, place: (own[group] ?? []).indexOf(ring.phase + 1), leaving: false };
  });
  return { ...state, rings: moved, group, pattern: null };
}
