/** The legs of an intersection by compass, and which turn leads to which. */
import type { Approach, Intersection } from "./schema.ts";

export const compass = ["N", "NE", "E", "SE", "S", "SW", "W", "NW"] as const;
export type Turn = Approach["lanes"][number]["turns"][number];

const points = compass.length;
const back = points / 2;
const quarter = points / 4;

/** Towards the outside, x to the east and y to the north. */
export function outwards(side: number): readonly [x: number, y: number] {
  const angle = (side / points) * 2 * Math.PI;
  return [Math.sin(angle), Math.cos(angle)];
}

export const sideOf = ({ from }: Approach): number => compass.indexOf(from);

const apart = (a: number, b: number): number => Math.min((a - b + points) % points, (b - a + points) % points);

/** Where somebody from `side` who makes this turn would leave a right-angled junction. */
function idealExit(side: number, turn: Turn): number {
  const ahead = side + back;
  const by = { through: 0, right: quarter, left: -quarter, u_turn: back }[turn];
  return (ahead + by + points) % points;
}

/** The side by which a turn leaves: that of a leg up to 45 degrees beside, or else a leg for leaving alone. */
export function exitOf({ approaches }: Intersection, side: number, turn: Turn): number {
  const ideal = idealExit(side, turn);
  const near = approaches
    .map(sideOf)
    .filter((other) => apart(other, ideal) <= 1 && (other !== side || turn === "u_turn"))
    .sort((a, b) => apart(a, ideal) - apart(b, ideal));
  return near[0] ?? ideal;
}

/** The approach whose lanes wait for this phase, rather one that goes straight on. */
export function approachOf({ approaches }: Intersection, phase: number): Approach | null {
  const waiting = approaches.filter(({ lanes }) => lanes.some((lane) => lane.phase === phase));
  const straight = waiting.find(({ lanes }) =>
    lanes.some((each) => each.phase === phase && each.turns.includes("through")),
  );
  return straight ?? waiting[0] ?? null;
}
