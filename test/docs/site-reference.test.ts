import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { siteKeyTexts } from "./site-key-texts.ts";
import { allowedValues, siteKeys, siteReference } from "./site-reference.ts";

const page = new URL("../../docs/reference/site.md", import.meta.url);

describe("the reference page of the site file", () => {
  it("explains every key of the schema, and no other", () => {
    const keys = new Set(siteKeys().map(({ path }) => path));
    expect(Object.keys(siteKeyTexts).toSorted()).toEqual([...keys].toSorted());
  });

  it("calls a section only what has keys of its own, and bounds every number", () => {
    const parents = new Set(siteKeys().map(({ path }) => path.split(".").slice(0, -1).join(".")));
    const unspoken = siteKeys().filter(
      (row) => !parents.has(row.path) && allowedValues(row).split(" or ").includes("section"),
    );
    expect(unspoken.map(({ path }) => path)).toEqual([]);
    expect(siteReference()).not.toContain("undefined");
  });

  it("says what the schema says", () => {
    const update = process.env["UPDATE_DOCS"] === "1";
    if (update) writeFileSync(page, siteReference());
    expect(readFileSync(page, "utf8")).toBe(siteReference());
    expect(update, "the page was rewritten: look at it, then run again without UPDATE_DOCS").toBe(false);
  });
});
