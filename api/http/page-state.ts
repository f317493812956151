/** Everything a page needs to draw itself, as one document. `api/web/src/state/page-state.ts` is the reader's view of it. */
import type { FeedStatus } from "../../core/ports/detection-feed.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import type { Language } from "../../core/problems/problem.ts";
import { feedInLanguage } from "../../core/traffic/feed-trouble.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { LineTally, Tallies } from "../live/tallies.ts";
import type { Health, HttpDeps } from "./deps.ts";
import type { LedgerDocument, LedgerReader } from "./ledger.ts";
import { type PlansDocument, plansDocument } from "./plans.ts";

/** Intervals of each lane that a page is given: half an hour at the default of 60 s. */
const HISTORY_INTERVALS = 30;
const LEDGER_ENTRIES = 20;

export interface PageState {
  readonly version: string;
  readonly now_ms: number;
  readonly health: Health;
  readonly signals: readonly ControllerStatus[];
  readonly feeds: readonly FeedStatus[];
  /** Newest first within each lane. */
  readonly flows: readonly FlowInterval[];
  readonly tallies: readonly LineTally[];
  readonly plans: PlansDocument;
  readonly ledger: LedgerDocument;
}

export async function pageState(
  deps: HttpDeps,
  tallies: Tallies,
  ledger: LedgerReader,
  language: Language,
): Promise<PageState> {
  const [flows, plans, entries] = await Promise.all([
    recentFlows(deps),
    plansDocument(deps, { limit: 0 }),
    ledger.page(LEDGER_ENTRIES),
  ]);
  return {
    version: deps.version,
    now_ms: deps.clock.nowMs(),
    health: deps.health(language),
    signals: deps.signals(),
    feeds: deps.feeds().map((feed) => feedInLanguage(feed.status(), language)),
    flows,
    tallies: tallies.all(),
    plans,
    ledger: entries,
  };
}

/** Lane by lane, because cameras may use intervals of different length and each lane's trend needs as many points. */
async function recentFlows({ site, flows }: HttpDeps): Promise<readonly FlowInterval[]> {
  const lanes = site.intersections.flatMap(({ approaches }) => approaches.flatMap((approach) => approach.lanes));
  const perLane = await Promise.all(lanes.map(({ id }) => flows.recent({ lane: id, limit: HISTORY_INTERVALS })));
  return perLane.flat();
}
