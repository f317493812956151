/** Where the lanes of a CityFlow road lie: right of its middle line, cut off where its junctions begin. */
import type { Road, Roadnet } from "./schema.ts";

type Intersections = ReadonlyMap<string, Roadnet["intersections"][number]>;

/** A lane keeps at least so much, where two junctions are wider than the road between them is long. */
const shortest_m = 1;

function shortened(points: readonly (readonly [number, number])[], by_m: number): [number, number][] {
  const [first, second, ...rest] = points as [[number, number], [number, number], ...[number, number][]];
  const length = Math.hypot(second[0] - first[0], second[1] - first[1]);
  const share = length === 0 ? 0 : Math.min(by_m, Math.max(0, length - shortest_m)) / length;
  return [[first[0] + (second[0] - first[0]) * share, first[1] + (second[1] - first[1]) * share], second, ...rest];
}

/** The middle line between the junctions. */
export function middleLine(road: Road, intersections: Intersections): [number, number][] {
  const cut = (id: string): number => {
    const found = intersections.get(id);
    return found === undefined || found.virtual ? 0 : found.width;
  };
  const points = road.points.map(({ x, y }) => [x, y] as const);
  const fromStart = shortened(points, cut(road.startIntersection));
  return shortened(fromStart.toReversed(), cut(road.endIntersection)).reverse();
}

/** `aside_m` to the right of a line: x, y, x, y … */
export function besideLine(line: readonly (readonly [number, number])[], aside_m: number): Float64Array {
  const shape = new Float64Array(line.length * 2);
  for (const [at, [x, y]] of line.entries()) {
    const [from, to] = at + 1 < line.length ? [line[at], line[at + 1]] : [line[at - 1], line[at]];
    const [dx, dy] = [(to?.[0] ?? 0) - (from?.[0] ?? 0), (to?.[1] ?? 0) - (from?.[1] ?? 0)];
    const length = Math.hypot(dx, dy) || 1;
    shape[2 * at] = x + (dy / length) * aside_m;
    shape[2 * at + 1] = y - (dx / length) * aside_m;
  }
  return shape;
}
