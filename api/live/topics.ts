/** What travels to a page, and which older message a newer one replaces. */
import type { Topics } from "../../core/ports/bus.ts";
import type { Health } from "../http/deps.ts";
import type { LineTally } from "./tallies.ts";

/**
 * The bus's topics, except that crossings travel as running tallies and movements by the interval, that what intersections tell each
 * other is for them alone; and health is added. Cases
 * are for those who may see them, and a page is open to everybody.
 */
export interface LiveTopics extends Omit<Topics, "crossing" | "movement" | "case" | "outflow"> {
  readonly tally: LineTally;
  readonly health: Health;
}

export type LiveTopic = keyof LiveTopics;

export const liveTopics = [
  "flow",
  "tally",
  "detector",
  "feed",
  "view",
  "signal",
  "spat",
  "plan",
  "ledger",
  "health",
] as const;

/** All but detector actuations, which are many, and messages for others: the page draws neither. */
export const defaultTopics: readonly LiveTopic[] = liveTopics.filter(
  (topic) => topic !== "detector" && topic !== "spat",
);

/** Two messages of a topic with the same key: the newer says all the older said. */
export const keyOf: { readonly [T in LiveTopic]: (message: LiveTopics[T]) => string } = {
  flow: (interval) => `${interval.lane}@${interval.start_ms}`,
  tally: (tally) => `${tally.feed}/${tally.line}`,
  detector: (event) => `${event.intersection}/${event.channel}`,
  feed: (status) => status.feed,
  view: (view) => view.feed,
  signal: (status) => status.controller,
  spat: (message) => message.controller,
  plan: (plan) => String(plan.id),
  ledger: (entry) => String(entry.seq),
  health: () => "health",
};
