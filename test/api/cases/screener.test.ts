import { describe, expect, it } from "vitest";
import { AuditWatch } from "../../../api/cases/audit-watch.ts";
import { Screener } from "../../../api/cases/screener.ts";
import type { CaseStore } from "../../../core/ports/cases.ts";
import { plate } from "../../support/case-package.ts";
import { ScriptedClock } from "../../support/data-folder.ts";
import { act_ms, detection } from "../../support/detections.ts";
import { memoryCases } from "../../support/memory-cases.ts";

const rules = { country: "vn", moving_s: 120, standing_s: 3600, priority: [] };
const opened_ms = act_ms + 300;
const ready = { state: "ready", manifest_sha256: "0".repeat(64), edition: 1, bytes: 1 } as const;

async function detected(cases: CaseStore, id: string, at_ms: number): Promise<void> {
  await cases.open(id, detection({ track: Number(id.replace(/\D/g, "")), at_ms }), false, opened_ms);
}

describe("the screener", () => {
  const parts = () => {
    const lines: string[] = [];
    const log = { warn: (_words: object, message: string) => lines.push(message) };
    return { cases: memoryCases(), clock: new ScriptedClock(act_ms + 60_000), log, lines };
  };

  it("lets the first of two that tell the same go on, and takes the second out, once their evidence is there", async () => {
    const { cases, clock, log } = parts();
    const screener = new Screener({ cases, rules, clock, log });
    await detected(cases, "c-1", act_ms);
    await detected(cases, "c-2", act_ms + 1000);
    await detected(cases, "c-3", act_ms + 1000 * 3600);
    expect(await screener.look()).toBe(0);
    for (const id of ["c-2", "c-1", "c-3"]) await cases.setEvidence(id, ready, plate, opened_ms);
    expect(await screener.look()).toBe(3);
    const states = (await cases.list({ limit: 9 })).map(({ id, case: { state } }) => [id, state]);
    expect(states).toEqual([
      ["c-3", "screened"],
      ["c-2", "rejected"],
      ["c-1", "screened"],
    ]);
    expect(await screener.look()).toBe(0);
  });

  it("goes on by itself, says while it cannot, and ends when it is told to", async () => {
    const { cases, clock, log, lines } = parts();
    let broken = true;
    const list: CaseStore["list"] = (query) =>
      broken ? Promise.reject(new Error("the disk is full")) : cases.list(query);
    const screener = new Screener({ cases: { ...cases, list }, rules, clock, log });
    await detected(cases, "c-1", act_ms);
    await cases.setEvidence("c-1", ready, null, opened_ms);
    const asleep = clock.nextSleep();
    await screener.start(new AbortController().signal);
    await asleep;
    expect(screener.problem()).toMatchObject({ code: "CASES_NOT_SCREENED", words: { reason: "the disk is full" } });
    expect(lines).toHaveLength(1);
    broken = false;
    const again = clock.nextSleep();
    clock.advance(10_000);
    await again;
    expect(screener.problem()).toBeNull();
    expect((await cases.get("c-1"))?.case.state).toBe("screened");
    await screener.close();
  });
});

describe("the watch over the audit", () => {
  it("walks it at the start and every day, and tells where it breaks", async () => {
    const clock = new ScriptedClock();
    let found: { entries: number; broken_at: number | null; fault: "wrong_hash" | null } = {
      entries: 3,
      broken_at: null,
      fault: null,
    };
    const lines: string[] = [];
    const log = { error: (_words: object, message: string) => lines.push(message) };
    const watch = new AuditWatch({ audit: { verify: async () => found }, clock, log });
    const first = clock.nextSleep();
    await watch.start(new AbortController().signal);
    await first;
    expect(watch.problem()).toBeNull();
    found = { entries: 1, broken_at: 2, fault: "wrong_hash" };
    const second = clock.nextSleep();
    clock.advance(86_400_000);
    await second;
    expect(watch.problem()).toMatchObject({ code: "AUDIT_BROKEN", words: { at: 2, fault: "wrong_hash" } });
    expect(lines).toEqual(["the audit does not verify"]);
    await watch.close();
  });
});
