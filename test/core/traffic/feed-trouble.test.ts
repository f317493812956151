import { describe, expect, it } from "vitest";
import type { FeedStatus } from "../../../core/ports/detection-feed.ts";
import { problem } from "../../../core/problems/problem.ts";
import { feedInLanguage, feedTrouble } from "../../../core/traffic/feed-trouble.ts";

const status = (told: Pick<FeedStatus, "message" | "trouble">): FeedStatus => ({
  feed: "camera-1",
  origin: "camera",
  phase: "live",
  since_ms: 0,
  frames: 1,
  frames_per_s: 10,
  gaps: [],
  ...told,
});

describe("what hinders a feed", () => {
  const moved = feedTrouble(problem("PICTURE_MOVED", { feed: "camera-1" }));

  it("is told in English unless somebody asks otherwise", () => {
    expect(moved.message).toMatch(/camera-1 was moved/);
  });

  it("is told to each reader in their own language, with the same code", () => {
    const told = feedInLanguage(status(moved), "vi");
    expect(told.message).toMatch(/camera-1/);
    expect(told.message).not.toBe(moved.message);
    expect(told.trouble).toEqual({ code: "PICTURE_MOVED", words: { feed: "camera-1" } });
    expect(feedInLanguage(told, "en").message).toBe(moved.message);
  });

  it("is nothing while nothing does", () => {
    expect(feedTrouble(null)).toEqual({ trouble: null, message: null });
    expect(feedInLanguage(status(feedTrouble(null)), "vi").message).toBeNull();
  });
});
