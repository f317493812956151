import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { formatFor } from "../../../api/web/src/locales/format.ts";
import { languages, type MessageKey, message, texts } from "../../../api/web/src/locales/message.ts";

const sourceFolder = fileURLToPath(new URL("../../../api/web/src/", import.meta.url));
const sources = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.startsWith("locales/en") && !path.startsWith("locales/vi"))
  .map((path) => ({ path, text: readFileSync(join(sourceFolder, path), "utf8") }));
const everything = sources.map(({ text }) => text).join("\n");
const keys = Object.keys(texts.en) as MessageKey[];
const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, word]) => word ?? "").sort();

describe("every text of the page", () => {
  it("exists in every language", () => {
    for (const language of languages) expect(Object.keys(texts[language]).sort()).toEqual([...keys].sort());
  });

  it.each(keys)("%s is said in both languages with the same words left open", (key) => {
    for (const language of languages) {
      expect(texts[language][key].trim()).not.toBe("");
      expect(wordsOf(texts[language][key])).toEqual(wordsOf(texts.en[key]));
    }
  });

  it("is used: no key is left over", () => {
    const built = [...everything.matchAll(/`([\w.]+)\$\{[^}]*\}([\w.]*)`/g)].map(
      ([, start = "", end = ""]) => new RegExp(`^${start.replaceAll(".", "\\.")}.+${end.replaceAll(".", "\\.")}$`),
    );
    const unused = keys.filter(
      (key) => !everything.includes(`"${key}"`) && !built.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it("stands behind a key: no sentence is written into a component", () => {
    const written = sources
      .filter(({ path }) => path.endsWith(".tsx"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/>\s*([A-Z][a-z]+(?: [a-z]+)+)[^<{]*</g)].map(([, words]) => `${path}: ${words}`),
      );
    expect(written).toEqual([]);
  });

  it("keeps a word it was not given visible", () => {
    expect(message("en", "feed.since")).toBe("since {time}");
    expect(message("vi", "feed.since", { time: "10:00" })).toBe("từ 10:00");
  });
});

describe("numbers and times", () => {
  const at_ms = Date.UTC(2026, 10, 22, 20, 5, 9);

  it("are written the way the reader's language writes them", () => {
    expect(formatFor("en", "UTC").whole(12345)).toBe("12,345");
    expect(formatFor("vi", "UTC").whole(12345)).toBe("12.345");
    expect(formatFor("vi", "UTC").ratio(0.5)).toBe("0,50");
  });

  it("are told in the street's zone, with its name", () => {
    const format = formatFor("en", "Asia/Ho_Chi_Minh");
    expect(format.time(at_ms)).toBe("03:05:09");
    expect(format.moment(at_ms)).toBe("23/11, 03:05:09");
    expect(format.zone(at_ms)).toBe("Asia/Ho Chi Minh (GMT+07:00)");
  });
});
