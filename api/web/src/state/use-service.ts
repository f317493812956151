/** Keeps the page's model true: the site once, then the live stream, for as long as the page is open. */
import { useEffect, useReducer } from "preact/hooks";
import type { Language } from "../locales/message.ts";
import { advance, emptyModel, type Model, type News } from "./model.ts";

const messageTopics = ["signal", "feed", "flow", "tally", "view", "health"] as const;
/** These say only that something changed; the document they belong to is read again, verified afresh by the service. */
const documentTopics = { plan: "/api/plans?limit=1", ledger: "/api/ledger?limit=20" } as const;
/** A plan change comes as several events within a moment; one reading covers them. */
const SETTLE_MS = 300;
const RETRY_MS = 2000;

export function useService(language: Language): Model {
  const [model, tell] = useReducer<Model, News>(advance, emptyModel);
  useEffect(() => readSite(tell), []);
  useEffect(() => followLive(language, tell), [language]);
  return model;
}

type Tell = (news: News) => void;

async function readDocument<T>(path: string, stop: AbortSignal): Promise<T> {
  const response = await fetch(path, { signal: stop });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return (await response.json()) as T;
}

/** Runs `read` until it succeeds; every failure shows as a lost connection. Returns the way to stop. */
function untilRead<T>(path: string, done: (document: T) => void, tell: Tell): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const attempt = (): void => {
    readDocument<T>(path, stop.signal).then(done, () => {
      if (stop.signal.aborted) return;
      tell({ kind: "connection", connection: "lost" });
      timer = setTimeout(attempt, RETRY_MS);
    });
  };
  attempt();
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}

function readSite(tell: Tell): () => void {
  return untilRead("/api/site", (site: NonNullable<Model["site"]>) => tell({ kind: "site", site }), tell);
}

function followLive(language: Language, tell: Tell): () => void {
  const stream = new EventSource(`/api/live?language=${language}`);
  const parts = new Map<string, () => void>();
  const on = <T>(name: string, handle: (data: T) => void): void =>
    stream.addEventListener(name, (event: MessageEvent<string>) => handle(JSON.parse(event.data) as T));

  on("snapshot", (state: NonNullable<Model["state"]>) => tell({ kind: "snapshot", state, received_ms: Date.now() }));
  for (const kind of messageTopics) on(kind, (messages: never) => tell({ kind, messages }));
  for (const [topic, path] of Object.entries(documentTopics)) {
    on(topic, () => {
      parts.get(topic)?.();
      parts.set(topic, rereadSoon(topic as keyof typeof documentTopics, path, tell));
    });
  }
  stream.addEventListener("error", () => {
    // The browser asks again by itself, unless the service refused outright; then the page asks for a new stream.
    tell({ kind: "connection", connection: "lost" });
    if (stream.readyState === EventSource.CLOSED && !parts.has("again")) {
      const timer = setTimeout(() => parts.set("again", followLive(language, tell)), RETRY_MS);
      parts.set("again", () => clearTimeout(timer));
    }
  });
  return () => {
    stream.close();
    for (const stop of parts.values()) stop();
  };
}

function rereadSoon(topic: keyof typeof documentTopics, path: string, tell: Tell): () => void {
  let stop = (): void => clearTimeout(timer);
  const timer = setTimeout(() => {
    stop = untilRead(path, (document: never) => tell(documentNews(topic, document)), tell);
  }, SETTLE_MS);
  return () => stop();
}

const documentNews = (topic: keyof typeof documentTopics, document: never): News =>
  topic === "plan" ? { kind: "plans", plans: document } : { kind: "ledger", ledger: document };
