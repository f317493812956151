import { describe, expect, it } from "vitest";
import { viewOfPicture } from "../../../api/web/src/camera/matching.ts";
import { advance, emptyModel, HISTORY_INTERVALS, type Model } from "../../../api/web/src/state/model.ts";
import type { PageState } from "../../../api/web/src/state/page-state.ts";
import { minuteOf, sampleSite, statusOf } from "../../support/front-door.ts";

const state: PageState = {
  version: "0.1.0",
  now_ms: 5_000,
  health: { status: "ok", parts: [] },
  signals: [],
  feeds: [],
  flows: [],
  tallies: [],
  plans: { in_force: [], recent: [], proposals: [] },
  ledger: { entries: [], chain: { entries: 0, broken_at: null, checked_at_ms: 0 } },
};
const started: Model = advance(emptyModel, { kind: "snapshot", state, received_ms: 3_000 });
const site = sampleSite();

describe("what the page knows", () => {
  it("keeps the difference between the service's clock and its own", () => {
    expect(started).toMatchObject({ connection: "live", clockOffset_ms: 2_000 });
  });

  it("hears no news before its first snapshot", () => {
    const news = { kind: "signal", messages: [statusOf(site, "ham-nghi", [2], 1)] } as const;
    expect(advance(emptyModel, news)).toBe(emptyModel);
  });

  it("replaces a controller's status and leaves the others", () => {
    const first = [statusOf(site, "ham-nghi", [2], 1), statusOf(site, "bach-dang", [4], 1)];
    const later = statusOf(site, "ham-nghi", [4], 2);
    const model = advance(advance(started, { kind: "signal", messages: first }), { kind: "signal", messages: [later] });
    expect(model.state?.signals).toEqual([later, first[1]]);
  });

  it("keeps thirty intervals of a lane, newest first, each once", () => {
    const minutes = Array.from({ length: 35 }, (_, at) => minuteOf("hn-eb-1", "ham-nghi", at * 60_000, at));
    const told = advance(started, { kind: "flow", messages: [...minutes, ...minutes.slice(30)] });
    expect(told.state?.flows.map(({ total }) => total)).toEqual(
      Array.from({ length: HISTORY_INTERVALS }, (_, back) => 34 - back),
    );
  });

  it("forgets boxes of before a lost connection", () => {
    const seen = advance(started, { kind: "view", messages: [{ feed: "c", at_ms: 1, tracks: [] }] });
    expect(seen.views.get("c")).toHaveLength(1);
    expect(advance(seen, { kind: "snapshot", state, received_ms: 0 }).views.size).toBe(0);
  });

  it("keeps only two seconds of boxes", () => {
    const views = Array.from({ length: 50 }, (_, at_ms) => ({ feed: "c", at_ms, tracks: [] }));
    const seen = advance(started, { kind: "view", messages: views });
    expect(seen.views.get("c")?.map(({ at_ms }) => at_ms)).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
  });
});

describe("the boxes of a picture", () => {
  const view = (at_ms: number) => ({ feed: "c", at_ms, tracks: [] });

  it("are the newest found by the time the picture was taken", () => {
    expect(viewOfPicture([view(100), view(300), view(500)], 450)).toEqual(view(300));
  });

  it("are not shown when they are from another moment", () => {
    expect(viewOfPicture([view(100)], 501)).toBeNull();
    expect(viewOfPicture([view(500)], 450)).toBeNull();
    expect(viewOfPicture([], 450)).toBeNull();
  });
});
