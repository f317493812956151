/** One sentence a part for the people who run the service. */

import type { DetectionFeed } from "../../core/ports/detection-feed.ts";
import { type Language, type Problem, sentence } from "../../core/problems/problem.ts";
import { feedInLanguage } from "../../core/traffic/feed-trouble.ts";
import type { Health, HealthPart } from "../http/deps.ts";

export interface HealthSources {
  readonly storage: () => readonly Problem[];
  /** Why machines do not hear each other. */
  readonly bus: () => readonly Problem[];
  readonly feeds: () => readonly DetectionFeed[];
  /** By controller id: null while it answers; absent before its first poll. */
  readonly controllers: () => ReadonlyMap<string, Problem | null>;
  /** The system's own lacks, such as a missing ffmpeg. */
  readonly system: () => readonly { readonly name: string; readonly problem: Problem | null }[];
  /** Controllers that are not running, not reachable by configuration, or tripped. */
  readonly street: () => readonly Problem[];
  /** Why detected violations are not stored. */
  readonly enforcement: () => readonly Problem[];
  /** What retiming could not do last, by corridor or intersection. */
  readonly retiming: () => readonly Problem[];
}

const told = (problems: readonly Problem[], language: Language): string | null =>
  problems.length === 0 ? null : problems.map((p) => sentence(p, language)).join(" ");

function part(name: string, problems: readonly Problem[], language: Language, bad: HealthPart["state"]): HealthPart {
  return { name, state: problems.length === 0 ? "ok" : bad, message: told(problems, language) };
}

function feedPart(feed: DetectionFeed, language: Language): HealthPart {
  const status = feedInLanguage(feed.status(), language);
  const sees = status.phase === "live" && (status.blindness ?? null) === null;
  // What sees may still be looked at too seldom, or not be stored: then it says so.
  const state = sees && status.message === null ? "ok" : "degraded";
  return { name: `feed ${status.feed}`, state, message: status.message };
}

/** A camera whose recording stopped is still counted on: a part of its own, and none where nothing is to be recorded. */
function recordingParts(feed: DetectionFeed, language: Language): readonly HealthPart[] {
  const { feed: name, recording } = feed.status();
  if (recording === undefined || recording === null) return [];
  return [part(`recording ${name}`, recording.trouble === null ? [] : [recording.trouble], language, "degraded")];
}

/** `ok` only while every part is. */
export function healthOf(sources: HealthSources, language: Language): Health {
  const parts = [
    part("storage", sources.storage(), language, "down"),
    part("bus", sources.bus(), language, "degraded"),
    ...sources.system().map(({ name, problem }) => part(name, problem === null ? [] : [problem], language, "degraded")),
    ...sources.feeds().map((feed) => feedPart(feed, language)),
    ...sources.feeds().flatMap((feed) => recordingParts(feed, language)),
    ...[...sources.controllers()].map(([id, trouble]) =>
      part(`controller ${id}`, trouble === null ? [] : [trouble], language, "down"),
    ),
    part("controllers", sources.street(), language, "down"),
    part("enforcement", sources.enforcement(), language, "degraded"),
    part("retiming", sources.retiming(), language, "degraded"),
  ];
  return { status: parts.every(({ state }) => state === "ok") ? "ok" : "degraded", parts };
}
