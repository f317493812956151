import { describe, expect, it } from "vitest";
import { keptTooLong } from "../../../api/keeping/too-long.ts";
import { usualRules } from "../../../core/keeping/retention-rules.ts";
import { sampleSite } from "../../support/front-door.ts";

describe("a site that keeps more than it may", () => {
  const site = sampleSite();
  const told = (change: object, camera: object = {}) =>
    keptTooLong(
      { ...site, ...change, cameras: site.cameras.map((each) => ({ ...each, ...camera })) },
      usualRules,
      "2026-11-22",
    );

  it("is not the sample", () => {
    expect(told({})).toEqual([]);
  });

  it("says which key, for all cameras and for one", () => {
    expect(told({ recording: { ...site.recording, keep_h: 721 } })).toMatchObject([
      { code: "KEPT_TOO_LONG", words: { key: "recording.keep_h", keep_h: 721, most_h: 720 } },
    ]);
    const own = told({}, { recording: { keep_h: 1000 }, plates: { keep_h: 73 } });
    expect(own.map(({ words }) => words["key"]).slice(0, 2)).toEqual([
      `recording.keep_h of ${site.cameras[0]?.id}`,
      `plates.keep_h of ${site.cameras[0]?.id}`,
    ]);
  });

  it("is not judged by a rule of the future", () => {
    expect(keptTooLong({ ...site, recording: { ...site.recording, keep_h: 8000 } }, usualRules, "2025-12-31")).toEqual(
      [],
    );
  });
});
