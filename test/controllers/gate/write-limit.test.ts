import { afterEach, describe, expect, it } from "vitest";
import { prove } from "../../../controllers/gate/prove.ts";
import { WriteLimit } from "../../../controllers/gate/write-limit.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { type Stand, setUpStand } from "../ntcip/stand.ts";

const clockAt = (start_ms: number) => {
  const clock = { now_ms: start_ms, nowMs: () => clock.now_ms, sleep: () => Promise.resolve() };
  return clock;
};

describe("requests that write", () => {
  it("are limited for one device, and for all of them together, and room comes back with time", () => {
    const clock = clockAt(0);
    const limit = new WriteLimit(clock, { device: { burst: 3, per_s: 2 }, all: { burst: 5, per_s: 2 } });
    const taken = (controller: string): boolean => limit.take(controller) === null;
    expect([1, 2, 3, 4].map(() => taken("a"))).toEqual([true, true, true, false]);
    expect([1, 2, 3].map(() => taken("b"))).toEqual([true, true, false]);
    expect(limit.take("b")?.code).toBe("WRITES_TOO_MANY");
    clock.now_ms = 1000;
    expect([taken("a"), taken("a"), taken("a")]).toEqual([true, true, false]);
    clock.now_ms = 0;
    expect(taken("b")).toBe(false);
  });
});

describe("a device whose limit is used up", () => {
  let stand: Stand | null = null;
  afterEach(() => stand?.close());

  it("gets no plan, and is given back to its local plan all the same", async () => {
    stand = await setUpStand("v2c");
    const limit = new WriteLimit(stand.clock, { device: { burst: 0, per_s: 0 }, all: { burst: 9, per_s: 0 } });
    const manager = stand.another({ writes: limit });
    const timing = await manager.readTiming();
    const proved = timing.ok ? prove(crossroads, crossroadsPlan, timing.value) : timing;
    if (!proved.ok) throw new Error("the plan must be proved");
    const sent = await manager.download(proved.value);
    expect(sent.ok ? [] : sent.problems.map(({ code }) => code)).toContain("WRITES_TOO_MANY");
    expect(stand.holds("patternCycleTime", 1)).toBe(0);
    expect((await manager.release()).ok).toBe(true);
  });
});
