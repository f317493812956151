/** Outages of a feed, oldest first. The open one has no end yet; only the newest 100 are kept. */
import type { FeedStatus } from "../../core/ports/detection-feed.ts";

export type Gaps = FeedStatus["gaps"];

const most = 100;

const isOpen = (gaps: Gaps): boolean => gaps.at(-1)?.to_ms === null;

/** `from_ms`: when the last picture came. An outage that is open already goes on. */
export function openGap(gaps: Gaps, from_ms: number): Gaps {
  return isOpen(gaps) ? gaps : [...gaps, { from_ms, to_ms: null }].slice(-most);
}

export function closeGap(gaps: Gaps, to_ms: number): Gaps {
  const open = gaps.at(-1);
  return open === undefined || open.to_ms !== null ? gaps : [...gaps.slice(0, -1), { from_ms: open.from_ms, to_ms }];
}
