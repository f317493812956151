/** Flow intervals of a lane as vehicles in each quarter of an hour. */
import type { FlowInterval } from "../traffic/flow-interval.ts";
import { observed_s } from "../traffic/pcu.ts";

export const slot_ms = 15 * 60_000;
export const slotsOfDay = 96;
export const slotsOfWeek = 7 * slotsOfDay;

export interface SlotSeries {
  readonly lane: string;
  /** Begin of the first slot, a multiple of the slot's length since the Unix epoch. */
  readonly first_ms: number;
  /** Vehicles in each slot; null where less than so much of it was seen that nobody can say. */
  readonly vehicles: readonly (number | null)[];
}

/** A slot of which this share was seen is scaled up to the whole. */
const leastSeen = 0.75;

/** Up to before the slot in which `until_ms` lies; null without any. */
export function slotSeries(lane: string, intervals: readonly FlowInterval[], until_ms: number): SlotSeries | null {
  const end = Math.floor(until_ms / slot_ms);
  const slots = new Map<number, { vehicles: number; seen_s: number }>();
  for (const interval of intervals) {
    const at = Math.floor(interval.start_ms / slot_ms);
    if (interval.lane !== lane || interval.quality === "missing" || at >= end) continue;
    const slot = slots.get(at) ?? { vehicles: 0, seen_s: 0 };
    slot.vehicles += interval.total;
    slot.seen_s += observed_s(interval);
    slots.set(at, slot);
  }
  if (slots.size === 0) return null;
  const first = [...slots.keys()].reduce((least, at) => Math.min(least, at));
  const slot_s = slot_ms / 1000;
  const vehicles = Array.from({ length: end - first }, (_, at) => {
    const slot = slots.get(first + at);
    return slot === undefined || slot.seen_s < leastSeen * slot_s ? null : (slot.vehicles * slot_s) / slot.seen_s;
  });
  return { lane, first_ms: first * slot_ms, vehicles };
}
