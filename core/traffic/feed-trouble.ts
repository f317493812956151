/** What hinders a feed, in words: in English for logs and the command line, in each reader's own language for a page. */
import type { FeedStatus } from "../ports/detection-feed.ts";
import { type Language, type Problem, sentence } from "../problems/problem.ts";

/** The two ways in which a status tells the same. */
export const feedTrouble = (trouble: Problem | null): Required<Pick<FeedStatus, "trouble" | "message">> => ({
  trouble,
  message: trouble === null ? null : sentence(trouble),
});

export const feedInLanguage = (status: FeedStatus, language: Language): FeedStatus =>
  status.trouble ? { ...status, message: sentence(status.trouble, language) } : status;
