/** What the page knows, and how news changes it. Pure: the same news gives the same page. */
import type {
  ControllerStatus,
  FeedStatus,
  FeedView,
  FlowInterval,
  Health,
  LedgerPage,
  LineTally,
  PageState,
  Plans,
  Site,
} from "./page-state.ts";

export type Connection = "connecting" | "live" | "lost";

export interface Model {
  readonly connection: Connection;
  readonly site: Site | null;
  readonly state: PageState | null;
  /** Server clock minus this browser's clock, as of the newest snapshot. */
  readonly clockOffset_ms: number;
  /** Newest last, per feed: a picture is matched with the boxes of its own moment. */
  readonly views: ReadonlyMap<string, readonly FeedView[]>;
}

export type News =
  | { readonly kind: "connection"; readonly connection: Connection }
  | { readonly kind: "site"; readonly site: Site }
  | { readonly kind: "snapshot"; readonly state: PageState; readonly received_ms: number }
  | { readonly kind: "signal"; readonly messages: readonly ControllerStatus[] }
  | { readonly kind: "feed"; readonly messages: readonly FeedStatus[] }
  | { readonly kind: "flow"; readonly messages: readonly FlowInterval[] }
  | { readonly kind: "tally"; readonly messages: readonly LineTally[] }
  | { readonly kind: "view"; readonly messages: readonly FeedView[] }
  | { readonly kind: "health"; readonly messages: readonly Health[] }
  | { readonly kind: "plans"; readonly plans: Plans }
  | { readonly kind: "ledger"; readonly ledger: LedgerPage };

export const emptyModel: Model = {
  connection: "connecting",
  site: null,
  state: null,
  clockOffset_ms: 0,
  views: new Map(),
};

/** Two seconds of boxes at the highest rate the service sends. */
const VIEWS_KEPT = 10;
/** Intervals of each lane that trends are drawn from. */
export const HISTORY_INTERVALS = 30;

export function advance(model: Model, news: News): Model {
  switch (news.kind) {
    case "connection":
      return { ...model, connection: news.connection };
    case "site":
      return { ...model, site: news.site };
    case "snapshot":
      return {
        ...model,
        connection: "live",
        state: news.state,
        clockOffset_ms: news.state.now_ms - news.received_ms,
        views: new Map(),
      };
    case "view":
      return { ...model, views: withViews(model.views, news.messages) };
    default:
      return model.state === null ? model : { ...model, state: withNews(model.state, news) };
  }
}

type StateNews = Exclude<News, { kind: "connection" | "site" | "snapshot" | "view" }>;

function withNews(state: PageState, news: StateNews): PageState {
  switch (news.kind) {
    case "signal":
      return { ...state, signals: replaced(state.signals, news.messages, (status) => status.controller) };
    case "feed":
      return { ...state, feeds: replaced(state.feeds, news.messages, (status) => status.feed) };
    case "tally":
      return { ...state, tallies: replaced(state.tallies, news.messages, (tally) => `${tally.feed}/${tally.line}`) };
    case "flow":
      return { ...state, flows: withFlows(state.flows, news.messages) };
    case "health":
      return { ...state, health: news.messages.at(-1) ?? state.health };
    case "plans":
      return { ...state, plans: news.plans };
    case "ledger":
      return { ...state, ledger: news.ledger };
  }
}

/** The old list with newer messages in the place of those they supersede; unheard-of ones at the end. */
function replaced<T>(old: readonly T[], newer: readonly T[], keyOf: (message: T) => string): readonly T[] {
  const byKey = new Map(old.map((message) => [keyOf(message), message]));
  for (const message of newer) byKey.set(keyOf(message), message);
  return [...byKey.values()];
}

/** Newest first within each lane; an interval told twice stands once. */
function withFlows(old: readonly FlowInterval[], newer: readonly FlowInterval[]): readonly FlowInterval[] {
  const lanes = new Set(newer.map(({ lane }) => lane));
  const untouched = old.filter(({ lane }) => !lanes.has(lane));
  const touched = [...lanes].flatMap((lane) => {
    const ofLane = [...old, ...newer].filter((interval) => interval.lane === lane);
    const byStart = new Map(ofLane.map((interval) => [interval.start_ms, interval]));
    return [...byStart.values()].sort((a, b) => b.start_ms - a.start_ms).slice(0, HISTORY_INTERVALS);
  });
  return [...untouched, ...touched];
}

function withViews(old: Model["views"], newer: readonly FeedView[]): Model["views"] {
  const views = new Map(old);
  for (const view of newer) views.set(view.feed, [...(views.get(view.feed) ?? []), view].slice(-VIEWS_KEPT));
  return views;
}
