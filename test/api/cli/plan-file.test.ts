import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readPlans } from "../../../api/cli/plan-file.ts";

const folder = mkdtempSync(join(tmpdir(), "greenwave-plans-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function codesOf(text: string): Promise<readonly string[]> {
  const file = join(folder, "plans.json");
  writeFileSync(file, text);
  const read = await readPlans(file);
  return read.ok ? [] : read.problems.map(({ code }) => code);
}

describe("a file of plans", () => {
  it("that was cut off is not taken for one that nobody may read", async () => {
    expect(await codesOf('[{"intersection": "first", "pat')).toEqual(["FILE_NOT_JSON"]);
  });

  it("that is not there says so", async () => {
    const read = await readPlans(join(folder, "nowhere.json"));
    expect(read).toMatchObject({ ok: false, problems: [{ code: "FILE_UNREADABLE" }] });
  });

  it("holds at least one plan, and plans only", async () => {
    expect(await codesOf("[]")).toEqual(["NO_PLAN_IN_FILE"]);
    expect(await codesOf('{"hello": 1}')).toEqual(["NO_PLAN_IN_FILE"]);
    expect(await codesOf('[{"intersection": "first"}, 7]')).toEqual(["NOT_A_PLAN", "NOT_A_PLAN"]);
  });
});
