import { describe, expect, it } from "vitest";
import { listed, positioned, problem, sentence } from "../../../core/problems/problem.ts";

describe("a problem", () => {
  it("is told in either language", () => {
    const missing = problem("FILE_MISSING", { file: "a.yaml" });
    expect(sentence(missing)).toBe("a.yaml does not exist. Check the path.");
    expect(sentence(missing, "vi")).toBe("Không có tệp a.yaml. Hãy kiểm tra đường dẫn.");
  });

  it("ends with one full stop where a word is a sentence of its own", () => {
    const verb = (hint: string) => sentence(problem("UNKNOWN_VERB", { verb: "chek", hint }));
    expect(verb("did you mean check?")).toBe('There is no verb "chek"; did you mean check?');
    expect(verb("verbs: check")).toBe('There is no verb "chek"; verbs: check.');
    const broken = sentence(problem("FILE_UNREADABLE", { file: "a.yaml", reason: "no such file." }));
    expect(broken).toBe("a.yaml cannot be read: no such file. Check the path and its permissions.");
  });

  it("keeps a word visible that nobody gave", () => {
    expect(sentence(problem("FILE_MISSING"))).toContain("{file}");
  });

  it("prints as much of its place as is known", () => {
    const empty = (at: Parameters<typeof problem>[2]) => positioned(problem("TEXT_EMPTY", {}, at));
    expect(empty(undefined)).toBe("must not be empty");
    expect(empty({ file: "a.yaml" })).toBe("a.yaml  must not be empty");
    expect(empty({ file: "a.yaml", line: 2, column: 3, key: "name" })).toBe("a.yaml:2:3  name  must not be empty");
  });

  it("stands in columns among others", () => {
    const at = (line: number, key: string) => problem("TEXT_EMPTY", {}, { file: "a.yaml", line, column: 1, key });
    expect(listed([at(2, "id"), at(10, "speed_kmh")])).toBe(
      "a.yaml:2:1   id         must not be empty\na.yaml:10:1  speed_kmh  must not be empty",
    );
    expect(listed([problem("TEXT_EMPTY")])).toBe("must not be empty");
    expect(listed([])).toBe("");
  });
});
