import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { formatFor } from "../../../api/web/src/locales/format.ts";
import { isMessageKey, languages, type MessageKey, message, texts } from "../../../api/web/src/locales/message.ts";

const sourceFolder = fileURLToPath(new URL("../../../api/web/src/", import.meta.url));
const sources = readdirSync(sourceFolder, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !/^locales\/(?:desk-|player-)?(?:en|vi)\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(sourceFolder, path), "utf8") }));
const everything = sources.map(({ text }) => text).join("\n");
const keys = Object.keys(texts.en) as MessageKey[];
const wordsOf = (text: string): readonly string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, word]) => word ?? "").sort();

/** The product's name, and what keyboards and units are called everywhere. */
const spokenEverywhere = ["greenwave", "Ctrl", "Esc"];
const readAloud = ["alt", "title", "placeholder", "aria-label", "aria-valuetext", "label"];

/** Words of some language that a component shows without asking for a text. */
function writtenWords(source: string): readonly string[] {
  const found: string[] = [];
  const note = (text: string): void => {
    const bare = spokenEverywhere.reduce((rest, word) => rest.replaceAll(word, ""), text).trim();
    if (/\p{L}{2}/u.test(bare)) found.push(bare);
  };
  /** Strings that an expression may come to; not those it is made from by calling something. */
  const noteStrings = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) note(node.text);
    else if (ts.isTemplateExpression(node))
      for (const { text } of [node.head, ...node.templateSpans.map(({ literal }) => literal)]) note(text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(noteStrings);
    else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
      [node.left, node.right].forEach(noteStrings);
    else if (ts.isParenthesizedExpression(node)) noteStrings(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node.text);
    if (ts.isJsxExpression(node) && node.expression !== undefined) {
      const attribute = ts.isJsxAttribute(node.parent) ? node.parent.name.getText() : null;
      if (attribute === null || readAloud.includes(attribute)) noteStrings(node.expression);
    }
    if (ts.isJsxAttribute(node) && node.initializer !== undefined && readAloud.includes(node.name.getText())) {
      noteStrings(node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("part.tsx", source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

/** What rules measure and allow, as those who judge and those who set them name it. */
function ruleWords(pattern: RegExp): readonly string[] {
  const code = ["core/violations", "api/enforcement"].flatMap((folder) => {
    const path = fileURLToPath(new URL(`../../../${folder}/`, import.meta.url));
    return readdirSync(path).map((name) => readFileSync(join(path, name), "utf8"));
  });
  const blocks = code.flatMap((text) => [...text.matchAll(pattern)].map(([, block = ""]) => block));
  const names = blocks.flatMap((block) => block.split(",").map((part) => part.split(":")[0]?.trim() ?? ""));
  return [...new Set(names.filter((name) => /^[a-z_]+_(?:s|m|kmh|deg)$/.test(name)))];
}

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

  it("stands behind a key: nothing that is read is written into a component", () => {
    const written = sources
      .filter(({ path }) => path.endsWith(".tsx"))
      .flatMap(({ path, text }) => writtenWords(text).map((words) => `${path}: ${words}`));
    expect(written).toEqual([]);
  });

  it("would be found in a component, as text, in an attribute or in an expression", () => {
    const found = (jsx: string) => writtenWords(`const part = ${jsx};`);
    expect(found("<p>greenwave · {name}</p>")).toEqual([]);
    expect(found("<p class='quiet small' role='status'>{t('app.skip')} ▲</p>")).toEqual([]);
    expect(found("<p>Mở lại</p>")).toEqual(["Mở lại"]);
    expect(found("<img alt='A street' />")).toEqual(["A street"]);
    expect(found("<b>{bad ? 'not working' : t('app.skip')}</b>")).toEqual(["not working"]);
    expect(found(["<b title={`camera $", "{name}`} />"].join(""))).toEqual(["camera"]);
  });

  it("names all that rules measure and allow", () => {
    const measured = ruleWords(/measured(?: =|:) \{([^}]*)\}/g);
    const allowed = ruleWords(/thresholds: \{([^}]*)\}/g);
    expect(measured).toContain("red_for_s");
    expect(allowed).toContain("grace_s");
    const keysOfRules = [...measured.map((name) => `measured.${name}`), ...allowed.map((name) => `threshold.${name}`)];
    expect(keysOfRules.filter((key) => !isMessageKey(key))).toEqual([]);
  });

  it("names everything that the audit writes down", () => {
    const folder = fileURLToPath(new URL("../../../api/", import.meta.url));
    const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.startsWith("web/"))
      .map((path) => readFileSync(join(folder, path), "utf8"));
    const done = code.flatMap((text) => [...text.matchAll(/\baction: "([a-z_.]+)"/g)].map(([, action = ""]) => action));
    expect(done).toContain("case.seen");
    expect(done.map((action) => `audit.did.${action}`).filter((key) => !isMessageKey(key))).toEqual([]);
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

  it("carry the unit that their name ends in, and a sign where it matters", () => {
    const format = formatFor("vi", "UTC");
    expect(format.measure("gone_m", 8.237)).toBe("8,24\u00a0m");
    expect(format.measure("speed_kmh", 61)).toBe("61\u00a0km/h");
    expect(format.measure("vehicles", 3)).toBe("3");
    expect(format.signedSeconds(0.4)).toBe("+0,40\u00a0s");
    expect(format.percent(0.974)).toBe("97%");
  });

  it("are told in the street's zone, with its name", () => {
    const format = formatFor("en", "Asia/Ho_Chi_Minh");
    expect(format.time(at_ms)).toBe("03:05:09");
    expect(format.moment(at_ms)).toBe("23/11, 03:05:09");
    expect(format.exactTime(at_ms + 345)).toBe("03:05:09.34");
    expect(format.zone(at_ms)).toBe("Asia/Ho Chi Minh (GMT+07:00)");
  });
});
