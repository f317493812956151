import { describe, expect, it } from "vitest";
import { languageOf } from "../../../api/http/language.ts";

describe("the language of an answer", () => {
  it.each([
    [undefined, "en"],
    ["", "en"],
    ["vi", "vi"],
    ["vi-VN,vi;q=0.9,en;q=0.8", "vi"],
    ["en-GB,en;q=0.9,vi;q=0.8", "en"],
    ["vi;q=0.3, en;q=0.7", "en"],
    ["fr, vi;q=0.5", "vi"],
    ["fr-FR", "en"],
    ["vi;q=0", "en"],
    ["vi;q=much", "en"],
  ])("for %s is %s", (header, language) => expect(languageOf(header)).toBe(language));
});
