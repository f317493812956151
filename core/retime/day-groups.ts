/**
 * Days of the week that are much alike, by agglomerative clustering (Ward 1963): the two groups whose joining adds least to what
 * days differ from their group's mean are joined first. All levels are told, from every day for itself to one group.
 */
import type { SeenSlot } from "./lane-slots.ts";

interface Group {
  readonly days: readonly number[];
  readonly weight: number;
  /** Mean demand, slot after slot. */
  readonly centre: Float64Array;
}

function profileOf(seen: readonly SeenSlot[], weekday: number, slots: number, lanes: number): Group | null {
  const sum = new Float64Array(slots * lanes);
  const count = new Float64Array(slots);
  for (const each of seen) {
    if (each.weekday !== weekday) continue;
    count[each.slot] = (count[each.slot] as number) + 1;
    for (const [lane, flow] of each.demand.entries()) {
      const at = each.slot * lanes + lane;
      sum[at] = (sum[at] as number) + flow;
    }
  }
  const most = Math.max(...count);
  if (most === 0) return null;
  return { days: [weekday], weight: most, centre: sum.map((flow, at) => flow / (count[Math.floor(at / lanes)] || 1)) };
}

/** What joining adds to the sum of squared differences. */
function loss(a: Group, b: Group): number {
  let squares = 0;
  for (let at = 0; at < a.centre.length; at += 1) {
    squares += ((a.centre[at] as number) - (b.centre[at] as number)) ** 2;
  }
  return (squares * a.weight * b.weight) / (a.weight + b.weight);
}

function joined(a: Group, b: Group): Group {
  const weight = a.weight + b.weight;
  const centre = a.centre.map((flow, at) => (flow * a.weight + (b.centre[at] as number) * b.weight) / weight);
  return { days: [...a.days, ...b.days].sort((x, y) => x - y), weight, centre };
}

function nearest(groups: readonly Group[]): readonly [number, number] {
  let best = { pair: [0, 1] as readonly [number, number], loss: Number.POSITIVE_INFINITY };
  for (let a = 0; a < groups.length; a += 1) {
    for (let b = a + 1; b < groups.length; b += 1) {
      const much = loss(groups[a] as Group, groups[b] as Group);
      if (much < best.loss) best = { pair: [a, b], loss: much };
    }
  }
  return best.pair;
}

/** Groupings of the weekdays that were seen (0, Sunday, to 6), the coarsest first. */
export function dayGroups(seen: readonly SeenSlot[], slots: number): readonly (readonly (readonly number[])[])[] {
  const lanes = seen[0]?.demand.length ?? 0;
  let groups = Array.from({ length: 7 }, (_, weekday) => profileOf(seen, weekday, slots, lanes)).flatMap(
    (group) => group ?? [],
  );
  const levels = [groups.map(({ days }) => days)];
  while (groups.length > 1) {
    const [a, b] = nearest(groups);
    const rest = groups.filter((_, at) => at !== a && at !== b);
    groups = [...rest, joined(groups[a] as Group, groups[b] as Group)];
    levels.unshift(groups.map(({ days }) => days));
  }
  return groups.length === 0 ? [] : levels;
}
