import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { parseDocument } from "../../../core/config/parse-document.ts";
import { templates } from "../../../core/problems/catalogue.ts";
import { listed, type Problem, positioned, sentence } from "../../../core/problems/problem.ts";

const point = z.tuple([z.number().min(0, "OUTSIDE_PICTURE").max(1, "OUTSIDE_PICTURE"), z.number()]);
const schema = z.strictObject({
  name: z.string().min(1),
  speed_kmh: z.number().min(10).max(120).default(50),
  count: z.number().int().optional(),
  step_s: z.number().multipleOf(0.1).optional(),
  stop: z.strictObject({ line: point.optional(), colour: z.enum(["red", "green"]).optional() }).optional(),
  device: z
    .discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("virtual"), port: z.number().default(0) }),
      z.strictObject({ kind: z.literal("real"), host: z.string() }),
    ])
    .optional(),
  lanes: z.array(z.strictObject({ id: z.string().regex(/^[a-z]+$/, "BAD_ID") })).default([]),
});

function problemsOf(text: string): readonly Problem[] {
  const result = parseDocument(schema, text, "site.yaml");
  return result.ok ? [] : result.problems;
}

/** The lines a person would read. */
const read = (text: string): readonly string[] => problemsOf(text).map((p) => positioned(p));

describe("a strict document", () => {
  it("becomes data, with defaults filled in", () => {
    const result = parseDocument(schema, "name: A\nlanes: [{ id: x }]\n", "site.yaml");
    expect(result).toEqual({ ok: true, value: { name: "A", speed_kmh: 50, lanes: [{ id: "x" }] } });
  });

  it("may be written as JSON", () => {
    expect(parseDocument(schema, '{"name": "A", "lanes": []}', "site.json").ok).toBe(true);
  });

  it("may repeat a part by an alias, and points at the alias's own text", () => {
    expect(read("name: A\nlanes:\n  - &lane { id: x }\n  - *lane\n")).toEqual([]);
    expect(read("name: A\nlanes:\n  - &lane { id: X1 }\n")[0]).toMatch(/^site\.yaml:3:17 {2}id /);
  });

  it("is refused with every mistake at once, in reading order", () => {
    const text = [
      'nmae: "A"',
      "speed_kmh: fast",
      "count: 1.5",
      "step_s: 0.25",
      "stop:",
      "  colour: rde",
      "  line: [1.5, 0]",
      "device: { kind: vitual }",
      "lanes:",
      "  - { id: UPPER }",
      "  - { idd: x }",
      "wholly_unknown: 1",
    ].join("\n");
    expect(read(text)).toEqual([
      'site.yaml:1:1  nmae  unknown key; did you mean "name"?',
      'site.yaml:2:12  speed_kmh  must be a number (got "fast")',
      "site.yaml:3:8  count  must be a whole number (got 1.5)",
      "site.yaml:4:9  step_s  must be a multiple of 0.1 (got 0.25)",
      'site.yaml:6:11  colour  must be one of "red", "green" (got "rde"); did you mean "red"?',
      "site.yaml:7:10  line[0]  lies outside the picture; coordinates run from 0 to 1, origin top left (got 1.5)",
      'site.yaml:8:17  kind  must be one of "virtual", "real" (got "vitual"); did you mean "virtual"?',
      'site.yaml:10:11  id  must be lower-case letters, digits, - or _, at most 63 characters (got "UPPER")',
      'site.yaml:11:7  idd  unknown key; did you mean "id"?',
      "site.yaml:12:1  wholly_unknown  unknown key; keys that may stand here: name",
    ]);
  });
});

describe("a key", () => {
  it("that is missing is reported where it should stand", () => {
    expect(read("lanes:\n  - {}\n")).toEqual([
      'site.yaml:1:1  needs the key "name"',
      'site.yaml:2:5  lanes[0]  needs the key "id"',
    ]);
  });

  it("that stands twice is reported at the second, naming the line of the first", () => {
    expect(read("name: A\nspeed_kmh: 40\nname: B\n")).toEqual([
      "site.yaml:3:1  name  stands twice in this section, first at line 1; keep one",
    ]);
  });

  it("that belongs elsewhere is sent there", () => {
    expect(read("name: A\ncolour: red\n")).toEqual([
      "site.yaml:2:1  colour  does not belong here; it stands under stop",
    ]);
  });

  it("are told up to a hundred, and then how many more there are", () => {
    const text = Array.from({ length: 250 }, (_, n) => `strange${n}: ${n}`).join("\n");
    const strange = problemsOf(text).filter(({ code }) => code !== "MISSING_KEY");
    expect(strange).toHaveLength(101);
    expect(strange.at(-1)).toMatchObject({ code: "MORE_UNKNOWN_KEYS", words: { count: 150 }, at: { line: 101 } });
  });

  it("of another kind of device is unknown here", () => {
    expect(read("name: A\ndevice: { kind: virtual, prot: 1 }\n")).toEqual([
      'site.yaml:2:26  prot  unknown key; did you mean "port"?',
    ]);
  });

  it("named after an object's own parts is only an unknown key", () => {
    expect(problemsOf("name: A\n__proto__: { polluted: 1 }\nconstructor: 2\n").map((p) => p.at?.key)).toEqual([
      "__proto__",
      "constructor",
    ]);
    expect("polluted" in {}).toBe(false);
  });

  it("without a value says so at the key", () => {
    expect(read("name:\n")).toEqual([
      "site.yaml:1:1  name  has no value; give one, or remove the key if it has a default",
    ]);
  });
});

describe("text that is not YAML", () => {
  it.each([
    ["a tab", "name: A\nstop:\n\tcolour: red\n", "YAML_TAB", 3],
    ["wrong indentation", "stop:\n   colour: red\n  line: [0, 0]\n", "YAML_INDENT", 3],
    ["an open quote", 'name: "A\nlanes: []\n', "YAML_UNCLOSED", 3],
    ["two documents", "name: A\n---\nname: B\n", "YAML_DOCUMENTS", 2],
    ["a colon too many", "name: a: b\n", "YAML_SYNTAX", 1],
    ["an anchor that is not there", "name: A\nlanes: *none\n", "YAML_ALIAS", 2],
    ["a tag nobody knows", "name: !!secret A\n", "YAML_SYNTAX", 1],
    ["nothing", "# only a comment\n", "FILE_EMPTY", 1],
    ["a list for a key", "? [a]\n: 1\n", "YAML_KEY_NOT_TEXT", 1],
  ])("such as %s is one problem at its line", (_, text, code, line) => {
    expect(problemsOf(text).map((p) => [p.code, p.at?.line])).toEqual([[code, line]]);
  });

  it("nested without end is refused before it is parsed", () => {
    const staircase = Array.from({ length: 3000 }, (_, level) => `${" ".repeat(level)}a:`).join("\n");
    for (const deep of [
      "[".repeat(100_000),
      "- ".repeat(100_000),
      "? ".repeat(5000),
      `${"{a: ".repeat(5000)}1`,
      staircase,
    ]) {
      expect(problemsOf(deep).map((p) => p.code)).toEqual(["YAML_TOO_DEEP"]);
    }
  });

  it("that unfolds without end is refused", () => {
    const level = (name: string, of: string): string => `${name}: &${name} [${Array(10).fill(of).join(", ")}]`;
    const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    const bomb = names.map((name, index) => level(name, index === 0 ? "1" : `*${names[index - 1]}`)).join("\n");
    expect(problemsOf(bomb).map((p) => p.code)).toEqual(["YAML_ALIAS_BOMB"]);
    const chain = Array.from({ length: 20_000 }, (_, n) => `a${n}: &a${n} [${n === 0 ? 1 : `*a${n - 1}`}]`).join("\n");
    expect(problemsOf(chain).map((p) => p.code)).toEqual(["YAML_ALIAS_BOMB"]);
    expect(problemsOf("name: &a [*a]\n").map((p) => p.code)).toEqual(["YAML_ALIAS_BOMB"]);
  });
});

describe("any text at all", () => {
  it("gives data or positioned problems, and never throws", () => {
    const part = fc.constantFrom(
      "name",
      "lanes",
      ":",
      " ",
      "\n",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a",
      "*a",
      '"',
      "'",
      "#",
      "|",
      "\t",
      "1",
      ",",
      "?",
      "!!x",
      "%",
      "---",
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        for (const p of problemsOf(parts.join(""))) {
          expect(p.at?.line).toBeGreaterThanOrEqual(1);
          expect(p.at?.column).toBeGreaterThanOrEqual(1);
          // Every word of the template is given. (The text itself may hold braces, so the sentence cannot tell.)
          const wanted = [...templates[p.code].en.matchAll(/\{(\w+)\}/g)].map(([, word = ""]) => word);
          expect(Object.keys(p.words)).toEqual(expect.arrayContaining(wanted));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("written from data that fits is read back as that data", () => {
    const data = fc.record({
      name: fc.string({ minLength: 1, maxLength: 20 }),
      speed_kmh: fc.integer({ min: 10, max: 120 }),
      lanes: fc.array(fc.record({ id: fc.stringMatching(/^[a-z]{1,8}$/) }), { maxLength: 4 }),
    });
    fc.assert(
      fc.property(data, (value) => {
        expect(parseDocument(schema, stringify(value), "site.yaml")).toEqual({ ok: true, value });
      }),
    );
  });
});

describe("problems in Vietnamese", () => {
  const everything =
    "nmae: A\nspeed_kmh: fast\ncount: x\nstop: { colour: rde, line: [2] }\nlanes: 3\ndevice: { kind: x }\n";

  it("say the same places without a word of English", () => {
    const problems = problemsOf(everything);
    expect(problems.length).toBeGreaterThan(5);
    for (const p of problems) {
      expect(sentence(p, "vi")).not.toMatch(/\b(must|expected|invalid|received|unknown|needs|got)\b/i);
      expect(sentence(p, "vi")).not.toMatch(/\{\w+\}/);
    }
  });

  it("stand in columns", () => {
    const lines = listed(problemsOf("nmae: A\nspeed_kmh: fast\n"), "vi").split("\n");
    expect(lines).toEqual([
      'site.yaml:1:1   nmae       khóa lạ; có phải ý bạn là "name"?',
      'site.yaml:2:12  speed_kmh  phải là số (đang là "fast")',
    ]);
  });

  it("use the same words as the English ones, all over the catalogue", () => {
    const wordsIn = (template: string): readonly string[] => (template.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [code, { en, vi }] of Object.entries(templates)) {
      expect(new Set(wordsIn(vi)), code).toEqual(new Set(wordsIn(en)));
      expect(vi, code).not.toBe(en);
    }
  });
});
