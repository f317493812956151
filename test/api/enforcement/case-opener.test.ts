import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import { CaseOpener, type CaseOpenerOptions } from "../../../api/enforcement/case-opener.ts";
import type { CaseNews } from "../../../core/ports/bus.ts";
import type { CaseStore } from "../../../core/ports/cases.ts";
import { failed, ok, problem } from "../../../core/problems/problem.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { memoryCases } from "../../support/memory-cases.ts";
import { stagedDetection } from "../../support/staged-detection.ts";

const quiet = { warn: () => undefined, info: () => undefined, error: () => undefined };

/** Sleeps end at once. */
const clock = {
  nowMs: () => 1_800_000_000_000,
  sleep: (_: number, stop?: AbortSignal) =>
    stop?.aborted === true ? Promise.reject(stop.reason) : new Promise<void>((resolve) => setImmediate(resolve)),
};

/** Storage that refuses its first so many offers. */
function refusing(cases: CaseStore, refusals: number): Pick<CaseStore, "open"> & { refused: number } {
  const store = {
    refused: 0,
    open: (...order: Parameters<CaseStore["open"]>) => {
      if (store.refused >= refusals) return cases.open(...order);
      store.refused += 1;
      return Promise.reject(new Error("the disk is full"));
    },
  };
  return store;
}

function set(changed: Partial<CaseOpenerOptions> = {}) {
  const cases = memoryCases();
  const bus = new InProcessBus({ log: quiet });
  const news: CaseNews[] = [];
  bus.subscribe("case", (each) => news.push(each));
  const holds: { camera: string; from_ms: number; to_ms: number; reason: string }[] = [];
  const hold: CaseOpenerOptions["hold"] = (camera, span) => {
    holds.push({ camera, ...span });
    return Promise.resolve(ok(null));
  };
  const opener = new CaseOpener({ cases, bus, clock, hold, sampled: () => false, log: quiet, ...changed });
  const all = async () => (await cases.list({ limit: 1000 })).map(({ id }) => id);
  return { opener, cases, news, holds, all };
}

const removals: (() => void)[] = [];
afterEach(() => {
  for (const remove of removals.splice(0)) remove();
});

const settled = async (done: () => boolean): Promise<void> => {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
};

describe("a detected act", () => {
  test("is a case with the recording around it held, and everybody is told once it is stored", async () => {
    const { opener, all, news, holds } = set();
    const detection = stagedDetection({ track: 7 });
    opener.open(detection);
    await settled(() => opener.opened === 1);
    const id = "camera-7-20270115-080000-7-stop-line-east";
    expect(await all()).toEqual([id]);
    expect(news).toEqual([{ id, state: "detected", at_ms: clock.nowMs() }]);
    const [span] = holds;
    expect(span).toMatchObject({ camera: "camera_7", reason: id });
    expect(span?.from_ms).toBeLessThanOrEqual(detection.at_ms - 8000);
    expect(span?.to_ms).toBeGreaterThanOrEqual(detection.at_ms + 8000);
    expect(opener.problem()).toBeNull();
  });

  test("told again is the case that it already is", async () => {
    const { opener, all, cases } = set();
    opener.open(stagedDetection({ track: 7 }));
    opener.open(stagedDetection({ track: 7 }));
    await settled(() => opener.opened >= 1);
    const { opener: again } = set({ cases, sampled: () => true });
    again.open(stagedDetection({ track: 7 }));
    await settled(() => again.opened === 1);
    expect(await all()).toHaveLength(1);
    expect((await cases.list({ limit: 1 }))[0]?.case.sampled).toBe(false);
  });

  test("is offered until storage has it, and meanwhile said to wait", async () => {
    const memory = memoryCases();
    const cases = refusing(memory, 5);
    const { opener } = set({ cases });
    for (const track of [1, 2, 3]) opener.open(stagedDetection({ track }));
    await settled(() => cases.refused > 0 && opener.problem() !== null);
    expect(opener.problem()).toMatchObject({
      code: "CASES_NOT_STORED",
      words: { reason: "the disk is full", dropped: 0 },
    });
    await settled(() => opener.opened === 3);
    expect(opener.problem()).toBeNull();
    expect(await memory.list({ limit: 10 })).toHaveLength(3);
  });

  test("that cannot be stored for a reason of its own keeps no other out", async () => {
    const memory = memoryCases();
    const cases: Pick<CaseStore, "open"> = {
      open: (id, ...rest) => (id.includes("-1-stop") ? Promise.reject(new Error("no")) : memory.open(id, ...rest)),
    };
    const { opener } = set({ cases });
    for (const track of [1, 2, 3]) opener.open(stagedDetection({ track }));
    await settled(() => opener.opened === 2);
    await opener.close();
    expect(await memory.list({ limit: 10 })).toHaveLength(2);
    expect(opener.problem()).toMatchObject({ words: { waiting: 1 } });
  });

  test("becomes a case although its recording cannot be held", async () => {
    for (const hold of [
      () => Promise.resolve(failed(problem("RECORDING_MISSING", { camera: "camera_7", folder: "-", known: "-" }))),
      () => Promise.reject(new Error("the disk is full")),
    ]) {
      const { opener, all } = set({ hold });
      opener.open(stagedDetection({ track: 7 }));
      await settled(() => opener.opened === 1);
      expect(await all()).toHaveLength(1);
    }
  });

  test("is given up, the oldest first and counted, when far too many wait", async () => {
    const cases = refusing(memoryCases(), Number.POSITIVE_INFINITY);
    const { opener } = set({ cases });
    for (let track = 0; track < 520; track += 1) opener.open(stagedDetection({ track }));
    await settled(() => opener.problem() !== null);
    expect(opener.problem()).toMatchObject({ words: { waiting: 500, dropped: 20 } });
    await opener.close();
  });

  test("that waits when the service ends is offered once more", async () => {
    const memory = memoryCases();
    const cases = refusing(memory, 1);
    const { opener } = set({ cases });
    opener.open(stagedDetection({ track: 7 }));
    await opener.close();
    expect(await memory.list({ limit: 10 })).toHaveLength(1);
  });

  test("that storage never took is offered by the service that comes next, with the same draw, and then no more", async () => {
    const folder = temporaryFolder();
    removals.push(() => folder.remove());
    const journal = join(folder.path, "acts-waiting");
    const cases = refusing(memoryCases(), Number.POSITIVE_INFINITY);
    const { opener } = set({ cases, journal, sampled: () => true });
    await opener.start();
    for (const track of [1, 2]) opener.open(stagedDetection({ track }));
    await settled(() => opener.noted === 2 && cases.refused > 0);
    // The power goes: nothing is closed.
    const later = set({ journal });
    await later.opener.start();
    await settled(() => later.opener.opened === 2);
    expect((await later.cases.list({ limit: 10 })).map((each) => each.case.sampled)).toEqual([true, true]);
    await later.opener.close();
    const last = set({ journal });
    await last.opener.start();
    await last.opener.close();
    expect(last.opener.opened).toBe(0);
    await opener.close();
  });

  test("becomes a case although it can be noted nowhere", async () => {
    const { opener, all } = set({ journal: "/proc/no-such-folder/acts-waiting" });
    await opener.start();
    opener.open(stagedDetection({ track: 7 }));
    await settled(() => opener.opened === 1);
    expect(await all()).toHaveLength(1);
    await opener.close();
  });
});
