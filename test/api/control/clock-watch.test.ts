import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ClockWatch } from "../../../api/control/clock-watch.ts";
import type { Ledger } from "../../../core/ports/storage.ts";
import { type Stand, setUpStand } from "../../controllers/ntcip/stand.ts";
import { memoryLedger } from "../../support/memory-storage.ts";

let stand: Stand;
let ledger: Ledger;
let mayWrite = true;
let watch: ClockWatch;
const told: string[] = [];
beforeEach(async () => {
  stand = await setUpStand("v2c");
  ledger = memoryLedger();
  mayWrite = true;
  told.length = 0;
  const hear = (_words: object, message: string): void => void told.push(message);
  const log = { info: hear, warn: hear };
  const { clock, manager } = stand;
  watch = new ClockWatch({ controllers: [manager], mayWrite: () => mayWrite, ledger, clock, log });
});
afterEach(() => stand.close());

/** The device counts whole seconds: half of one lies between. */
const drift_s = (): number => Math.floor(watch.clocks()[0]?.drift_s ?? Number.NaN);
const codes = (): readonly string[] => watch.problems().map(({ code }) => code);

describe("the clocks of devices", () => {
  it("are read, and left alone where they are right", async () => {
    await watch.round();
    expect([drift_s(), codes(), await ledger.recent(9)]).toEqual([0, [], []]);
  });

  it("are set by a sealed decision when they are more than the limit off, with before and after in the ledger", async () => {
    stand.device.jumpClock(7);
    await watch.round();
    expect([drift_s(), codes()]).toEqual([0, []]);
    const entries = (await ledger.recent(9)).toReversed();
    const told_s = entries.map(({ kind, body }) => [kind, Math.floor((body as { drift_s: number }).drift_s)]);
    expect(told_s).toEqual([
      ["device.clock", 7],
      ["device.clock_set", 0],
    ]);
  });

  it("are an alarm, and nothing is sent, where nothing may be written", async () => {
    mayWrite = false;
    stand.device.jumpClock(-7);
    await watch.round();
    expect([drift_s(), codes(), await ledger.recent(9)]).toEqual([-7, ["CLOCK_DRIFT"], []]);
    mayWrite = true;
    await watch.round();
    expect(codes()).toEqual([]);
    expect(told.at(-1)).toContain("right again");
  });

  it("that somebody else sets are told, and not fought over", async () => {
    stand.device.jumpClock(7);
    await watch.round();
    stand.device.jumpClock(7);
    await watch.round();
    expect(codes()).toEqual(["CLOCK_DRIFT"]);
    stand.clock.pass(3_600_000);
    await watch.round();
    expect(codes()).toEqual([]);
  });
});
