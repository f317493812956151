/** Where everything of a corridor stands when it is drawn left to right in its outbound direction. */
import type { Approach, Corridor, Intersection } from "../state/page-state.ts";

/** The four corners around an intersection, clockwise. Traffic keeps right, so each side's heads have their own. */
export type Corner = "top-left" | "top-right" | "bottom-right" | "bottom-left";

export interface CornerHeads {
  readonly corner: Corner;
  readonly approach: Approach;
}

export interface Node {
  readonly intersection: Intersection;
  readonly name: string;
  readonly x: number;
  readonly distance_m: number;
  /** Directions in which roads leave, in degrees clockwise from the top of the drawing. */
  readonly arms: readonly number[];
  readonly heads: readonly CornerHeads[];
}

const bearings = { N: 0, NE: 45, E: 90, SE: 135, S: 180, SW: 225, W: 270, NW: 315 } as const;
/** Where the outbound approach comes from, once drawn. */
const LEFT = 270;
const corners: readonly Corner[] = ["top-left", "top-right", "bottom-right", "bottom-left"];

const turned = (degrees: number): number => ((degrees % 360) + 360) % 360;

export function layOut(
  corridor: Corridor,
  intersections: readonly Intersection[],
  width: number,
  margin: number,
  minGap: number,
): readonly Node[] {
  const members = corridor.intersections.flatMap((member) => {
    const intersection = intersections.find(({ id }) => id === member.id);
    return intersection === undefined ? [] : [{ member, intersection }];
  });
  const gaps = members.slice(1).map(({ member }) => member.distance_m);
  const xs = positions(gaps, width, margin, minGap);
  const names = shortNames(members.map(({ intersection }) => intersection.name));
  return members.map(({ member, intersection }, index) => {
    const rotation = rotationOf(intersection, member.outbound_phase);
    return {
      intersection,
      name: names[index] ?? intersection.name,
      x: xs[index] ?? margin,
      distance_m: member.distance_m,
      arms: intersection.approaches.map(({ from }) => turned(bearings[from] + rotation)),
      heads: intersection.approaches.map((approach) => ({
        corner: cornerOf(turned(bearings[approach.from] + rotation)),
        approach,
      })),
    };
  });
}

/** Every gap gets the least room it needs; what is left over is shared in proportion to distance. */
function positions(gaps_m: readonly number[], width: number, margin: number, minGap: number): readonly number[] {
  const spare = Math.max(0, width - 2 * margin - gaps_m.length * minGap);
  const length_m = gaps_m.reduce((sum, gap) => sum + gap, 0);
  const xs = [margin];
  for (const gap_m of gaps_m) {
    const share = length_m === 0 ? 1 / gaps_m.length : gap_m / length_m;
    xs.push((xs.at(-1) ?? margin) + minGap + spare * share);
  }
  return xs;
}

/** Turns the drawing so that traffic released by the outbound phase enters from the left. */
function rotationOf(intersection: Intersection, outboundPhase: number): number {
  const released = intersection.approaches.filter(({ lanes }) => lanes.some(({ phase }) => phase === outboundPhase));
  const straight = released.find(({ lanes }) => lanes.some(({ turns }) => turns.includes("through"))) ?? released[0];
  return straight === undefined ? 0 : turned(LEFT - bearings[straight.from]);
}

/** From the top: left of the road as drawn, and so on around, since drivers keep right. */
function cornerOf(degrees: number): Corner {
  return corners[Math.round(degrees / 90) % 4] ?? "top-left";
}

/** Names in at most `lines` lines of about `length` characters, broken between words. */
export function wrapped(text: string, length: number, lines: number): readonly string[] {
  const rows: string[] = [];
  for (const word of text.split(/\s+/)) {
    const row = rows.at(-1);
    if (row !== undefined && (`${row} ${word}`.length <= length || rows.length === lines))
      rows[rows.length - 1] = `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

/** Names without the street they all begin with: along one avenue, the cross street is what tells them apart. */
export function shortNames(names: readonly string[]): readonly string[] {
  const [first = "", ...others] = names.map((name) => name.split(" – ")[0] ?? "");
  const shared = names.every((name) => name.includes(" – ")) && others.every((other) => other === first);
  return shared && names.length > 1 ? names.map((name) => name.slice(first.length + 3)) : names;
}
