import { describe, expect, test } from "vitest";
import { dbState, dbVerify, dynamicState, eventAction, eventMode, oid } from "../../../controllers/ntcip/oids.ts";
import { layoutMaker } from "../../../controllers/virtual/database/layout.ts";
import { eightPhases } from "../../../controllers/virtual/eight-phases.ts";
import { VirtualController } from "../../../controllers/virtual/virtual-controller.ts";
import { cabinet, type Setting } from "./cabinet.ts";

describe("the event log of a virtual controller", () => {
  const watching = (mode: number, more: readonly Setting[] = []): readonly Setting[] => [
    ["eventConfigClass", [1], 2],
    ["eventConfigMode", [1], mode],
    ["eventConfigCompareOID", [1], oid("systemPatternControl")],
    ["eventConfigLogOID", [1], oid("systemPatternControl")],
    ["eventConfigAction", [1], eventAction.log],
    ...more,
  ];
  const logged = (bench: ReturnType<typeof cabinet>) => bench.read("eventClassNumRowsInLog", 2);

  test("keeps what changed, when, and to what", () => {
    const bench = cabinet();
    bench.set(watching(eventMode.onChange));
    bench.run(3);
    expect(logged(bench)).toBe(0);
    bench.set([["systemPatternControl", [], 254]]);
    bench.run(3);
    expect(logged(bench)).toBe(1);
    expect(bench.read("eventLogID", 2, 1)).toBe(1);
    expect(Math.abs(bench.read("eventLogTime", 2, 1) - bench.read("globalTime"))).toBeLessThan(4);
    expect(bench.text("eventLogValue", 2, 1)).toBe("2,2,0,254");
    expect(bench.read("eventConfigStatus", 1)).toBe(3);
  });

  test("keeps a value that rises above its limit once, until it fell below again", () => {
    const bench = cabinet();
    bench.set(watching(eventMode.greaterThanValue, [["eventConfigCompareValue", [1], 100]]));
    for (const value of [254, 255, 0, 254]) {
      bench.set([["systemPatternControl", [], value]]);
      bench.run(2);
    }
    expect(logged(bench)).toBe(2);
  });

  test("keeps as many rows as its class may have, and forgets what is cleared", () => {
    const bench = cabinet();
    bench.set([...watching(eventMode.periodic, [["eventConfigCompareValue", [1], 10]]), ["eventClassLimit", [2], 5]]);
    bench.run(20);
    expect(logged(bench)).toBe(5);
    bench.set([["eventClassClearTime", [2], bench.read("globalTime")]]);
    expect(logged(bench)).toBe(0);
  });
});

describe("a dynamic object", () => {
  test("is defined while it is under creation, and at no other time", () => {
    const bench = cabinet();
    const state = (value: number) => bench.set([["dynObjConfigStatus", [3], value]]);
    const member: Setting = ["dynObjVariable", [3, 1], oid("maxPhases")];
    expect(bench.set([member])).toEqual({ fault: "genErr", at: 0 });
    expect(state(dynamicState.valid)).toEqual({ fault: "inconsistentValue", at: 0 });
    expect(state(dynamicState.underCreation)).toBeNull();
    expect(bench.set([member, ["dynObjConfigOwner", [3], [99, 101]]])).toBeNull();
    expect(state(dynamicState.valid)).toBeNull();
    expect(bench.text("dynObjVariable", 3, 1)).toBe(oid("maxPhases"));
    expect(bench.text("dynObjConfigOwner", 3)).toBe("ce");
    expect(bench.set([member])).toEqual({ fault: "genErr", at: 0 });
    expect(state(dynamicState.invalid)).toBeNull();
    expect(bench.text("dynObjVariable", 3, 1)).toBe("0.0");
  });
});

describe("the verification of a transaction", () => {
  test.each<readonly [string, readonly Setting[], string]>([
    ["phases of one ring that dwell together", [["preemptDwellPhase", [2], [1, 2]]], "PE 02 DWELL PHASE RING FAULT"],
    ["a track phase beyond the last", [["preemptTrackPhase", [1], [17]]], "PE 01 TRACK PHASE RING FAULT"],
    ["an overlap of a phase beyond the last", [["overlapIncludedPhases", [4], [2, 40]]], "OVLP INC PHASE 04 FAULT"],
    [
      "phases on at the start that exclude each other",
      [
        ["phaseStartup", [2], 3],
        ["phaseStartup", [4], 3],
      ],
      "START PHASE CG FAULT",
    ],
    ["phases that may dwell together", [["preemptDwellPhase", [2], [2, 6]]], "NO VERIFICATION ERROR"],
  ])("of %s", (_what, settings, text) => {
    expect(cabinet().transact(settings)).toBe(text);
  });

  test("counts its results from where the make of the device does", () => {
    const site = eightPhases("other-make");
    const controller = new VirtualController(site, layoutMaker(), () => undefined, { verifyBase: 1 });
    const status = () => controller.objects.get(oid("dbVerifyStatus"));
    expect(status()).toMatchObject({ value: dbVerify.notDone + 1 });
    const to = (value: number) =>
      controller.objects.set([{ oid: oid("dbCreateTransaction"), syntax: "integer", value }], "centre");
    to(dbState.transaction);
    to(dbState.verify);
    for (let step = 1; step <= 10; step += 1) controller.step(17_675_712_000 + step);
    expect(status()).toMatchObject({ value: dbVerify.doneWithNoError + 1 });
  });
});

test("the intersection that nobody described runs a day without a trip of its monitor", () => {
  const bench = cabinet(eightPhases("default"));
  const patterns = new Set<number>();
  bench.run(1);
  for (let hour = 0; hour < 24; hour += 1) {
    bench.set([["globalTime", [], 1_767_571_200 + hour * 3600 + 1800]]);
    bench.set([["phaseControlGroupVehCall", [1], 255]]);
    bench.run(240);
    patterns.add(bench.read("coordPatternStatus"));
  }
  expect(bench.controller.trips).toEqual([]);
  expect([...patterns].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 254]);
});
