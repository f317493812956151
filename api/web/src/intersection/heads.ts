/** Which signal heads an approach faces, and what each may be said to show. */
import type { Approach, ControllerStatus, Lane } from "../state/page-state.ts";

export type Indication = "green" | "yellow" | "red" | "unknown";

export interface Head {
  readonly phase: number;
  readonly turns: readonly Lane["turns"][number][];
}

/** A status older than this is history, not what the street shows. */
export const STALE_MS = 3000;

const turnOrder = ["left", "u_turn", "through", "right"] as const;

/** One head per phase that releases a lane of this approach, left turns first, as drivers see them. */
export function headsOf(approach: Approach): readonly Head[] {
  const turnsOf = new Map<number, Set<Lane["turns"][number]>>();
  for (const lane of approach.lanes) {
    const turns = turnsOf.get(lane.phase) ?? new Set();
    for (const turn of lane.turns) turns.add(turn);
    turnsOf.set(lane.phase, turns);
  }
  const heads = [...turnsOf].map(([phase, turns]) => ({ phase, turns: turnOrder.filter((turn) => turns.has(turn)) }));
  const rank = (head: Head): number => Math.min(...head.turns.map((turn) => turnOrder.indexOf(turn)));
  return heads.sort((a, b) => rank(a) - rank(b) || a.phase - b.phase);
}

export const isFresh = (status: ControllerStatus | undefined, now_ms: number): status is ControllerStatus =>
  status !== undefined && now_ms - status.at_ms <= STALE_MS;

/** Only what the controller said, and only while it is fresh: a colour is never guessed. */
export function indicationOf(status: ControllerStatus | undefined, phase: number, now_ms: number): Indication {
  if (!isFresh(status, now_ms)) return "unknown";
  if (status.greens.includes(phase)) return "green";
  if (status.yellows.includes(phase)) return "yellow";
  return status.reds.includes(phase) ? "red" : "unknown";
}
