import { describe, expect, it } from "vitest";
import { caseId } from "../../../api/enforcement/case-id.ts";
import { detection } from "../../support/detections.ts";

describe("the name of a case", () => {
  it("says which camera, when, which track, and which rule of the site", () => {
    expect(caseId(detection())).toBe("cam-1-20261122-070001-7-eastbound");
  });

  it("fits where names of cases go, however long the site's names are, and tells cases apart", () => {
    const long = "a-very-long-name-of-a-camera-that-somebody-gave-it-for-a-reason";
    const names = ["north", "south"].map((end) =>
      caseId(detection({ camera: long, rule: { ...detection().rule, place: `${long}-${end}` } })),
    );
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^[a-z0-9][a-z0-9-]{0,62}$/);
  });
});
