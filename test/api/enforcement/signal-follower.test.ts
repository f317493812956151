import { describe, expect, test } from "vitest";
import { SignalFollower } from "../../../api/enforcement/signal-follower.ts";
import { signalAfter_ms, withSignalSeen } from "../../../core/cases/signal-seen.ts";
import type { CaseStore } from "../../../core/ports/cases.ts";
import { memoryCases } from "../../support/memory-cases.ts";
import { stagedDetection } from "../../support/staged-detection.ts";

const act = stagedDetection({ track: 7, signal: null });
const controller = { controller: "controller_7", phase: 2 };
const shown = (at_ms: number) => ({ at_ms, state: "red" as const, reply_sha256: "a".repeat(64) });
/** Known until the act when the case began. */
const signalled = { ...act, signal: { ...controller, samples: [shown(act.at_ms - 200), shown(act.at_ms)] } };
const lamps = {
  samples: (_intersection: string, _phase: number, from_ms: number, to_ms: number) =>
    Array.from({ length: 200 }, (_, n) => shown(act.at_ms - 10_000 + n * 200)).filter(
      ({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms,
    ),
};

/** Time that passes while somebody sleeps, until `end_ms`. */
function street(end_ms: number) {
  let now_ms = act.at_ms;
  let arrived: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const clock = {
    nowMs: () => now_ms,
    sleep: async (ms: number, stop?: AbortSignal) => {
      now_ms += ms;
      if (now_ms >= end_ms) arrived();
      await new Promise((resolve) => setImmediate(resolve));
      stop?.throwIfAborted();
    },
  };
  return { clock, end };
}

async function followed(detection: typeof act, change: Partial<CaseStore> = {}) {
  const cases = memoryCases();
  const { clock, end } = street(act.at_ms + 2 * signalAfter_ms);
  const follower = new SignalFollower({ cases: { ...cases, ...change }, lamps, clock, log: { warn: () => undefined } });
  await cases.open("case-7", detection, false, act.at_ms);
  follower.follow("case-7", detection);
  await follower.start(new AbortController().signal);
  await end;
  await follower.close();
  return { cases, detection: withSignalSeen(detection, await cases.log("case-7")) };
}

describe("what a signal showed after an act", () => {
  test("is in the case's log until the clip is over, once and after what was known", async () => {
    const { cases, detection } = await followed(signalled);
    const kinds = (await cases.log("case-7")).map(({ kind }) => kind);
    expect(kinds).toEqual(["detected", "signal_seen"]);
    const times = detection.signal?.samples.map(({ at_ms }) => at_ms) ?? [];
    expect(times).toEqual([...new Set(times)].toSorted((a, b) => a - b));
    expect(times[0]).toBe(act.at_ms - 200);
    expect(times.at(-1)).toBe(act.at_ms + signalAfter_ms);
    expect(times).toHaveLength(2 + signalAfter_ms / 200);
  });

  test("is noted later where storage refuses at first", async () => {
    const store = memoryCases();
    let refusals = 3;
    await store.open("case-7", signalled, false, act.at_ms);
    const record: CaseStore["record"] = (...entry) => {
      refusals -= 1;
      return refusals < 0 ? store.record(...entry) : Promise.reject(new Error("the disk is full"));
    };
    await followed(signalled, { record });
    expect((await store.log("case-7")).map(({ kind }) => kind)).toEqual(["detected", "signal_seen"]);
  });

  test("is nobody's business where no signal is part of the case", async () => {
    const { cases, detection } = await followed(act);
    expect((await cases.log("case-7")).map(({ kind }) => kind)).toEqual(["detected"]);
    expect(detection).toEqual(act);
  });
});
