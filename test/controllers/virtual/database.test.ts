import { describe, expect, test } from "vitest";
import { dbState, dbVerify, type ObjectName, objects, oid, phaseOption } from "../../../controllers/ntcip/oids.ts";
import { initialParameters, sizesFor } from "../../../controllers/virtual/database/initial-parameters.ts";
import { layoutMaker } from "../../../controllers/virtual/database/layout.ts";
import { isParameter, parameterNames } from "../../../controllers/virtual/database/parameter-places.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { cabinet, everyObject, type Setting, settingsOf, writeOf } from "./cabinet.ts";

const layout = layoutMaker()(sizesFor(crossroads));
const BEGIN: Setting = ["dbCreateTransaction", [], dbState.transaction];
const VERIFY: Setting = ["dbCreateTransaction", [], dbState.verify];
const NORMAL: Setting = ["dbCreateTransaction", [], dbState.normal];

describe("the database of a virtual controller", () => {
  test("is delivered with the timing of its intersection", () => {
    const bench = cabinet();
    for (const phase of crossroads.signal.phases) {
      expect(bench.read("phaseMinimumGreen", phase.number)).toBe(phase.min_green_s);
      expect(bench.read("phaseMaximum1", phase.number)).toBe(phase.max_green_s);
      expect(bench.read("phasePassage", phase.number)).toBe(phase.passage_s * 10);
      expect(bench.read("phaseWalk", phase.number)).toBe(phase.walk_s);
      expect(bench.read("phasePedestrianClear", phase.number)).toBe(phase.ped_clear_s);
      expect(bench.read("phaseYellowChange", phase.number)).toBe(33);
      expect(bench.read("phaseRedClear", phase.number)).toBe(17);
      expect(bench.read("phaseRing", phase.number)).toBe(phase.number <= 4 ? 1 : 2);
    }
    expect(bench.text("phaseConcurrency", 2)).toBe("5,6");
    expect(bench.text("sequenceData", 1, 2)).toBe("5,6,7,8");
    expect(bench.read("phaseOptions", 9) & phaseOption.enabled).toBe(0);
    expect(bench.read("unitBackupTime")).toBeGreaterThan(0);
  });

  test("holds a value within its range for every parameter of the object table", () => {
    const parameters = initialParameters(crossroads, layout);
    for (const name of parameterNames) {
      const spec = objects[name];
      const value = parameters.value(oid(name, ...spec.index.map(() => 1)));
      expect(value, name).toBeDefined();
      if (typeof value !== "number") continue;
      expect(value, name).toBeGreaterThanOrEqual(spec.min);
      expect(value, name).toBeLessThanOrEqual(spec.max);
    }
  });

  test("reads every object it lists, in the order of their identifiers", () => {
    const { objects: store, device } = cabinet().controller;
    let at = "1.3.6.1";
    const walked: string[] = [];
    for (let next = store.after(at); next !== null; next = store.after(at)) {
      at = next.oid;
      walked.push(at);
    }
    expect(walked).toEqual(device.layout.instances.map((instance) => instance.oid));
    const names = new Set(device.layout.instances.map((instance) => instance.name));
    expect([...names].sort()).toEqual([...everyObject].sort());
    for (const identifier of walked) expect(store.get(identifier)).toMatchObject({ oid: identifier });
  });

  test.each(everyObject.filter((name) => objects[name].kind === "P" && objects[name].syntax === "integer"))(
    "%s is refused outside its range",
    (name) => {
      const bench = cabinet();
      const { index, min, max } = objects[name];
      const first = index.map(() => 1);
      expect(bench.set([[name, first, max + 1]])).toEqual({ fault: "wrongValue", at: 0 });
      // Below zero begin the upper halves of the bit fields of 32 bits.
      if (max < 2 ** 31) expect(bench.set([[name, first, min - 1]])).toEqual({ fault: "wrongValue", at: 0 });
      expect(bench.set([[name, first, bench.read(name, ...first)]])).toBeNull();
    },
  );

  test.each(everyObject.filter((name) => objects[name].kind === "P2"))(
    "%s is written in a transaction only",
    (name) => {
      const bench = cabinet();
      const first = objects[name].index.map(() => 1);
      const value = initialParameters(crossroads, layout).value(oid(name, ...first)) ?? 0;
      expect(bench.set([[name, first, value]])).toEqual({ fault: "genErr", at: 0 });
      bench.set([BEGIN]);
      expect(bench.set([[name, first, value]])).toBeNull();
    },
  );

  test.each(everyObject.filter((name) => objects[name].kind === "S"))("%s is read only", (name) => {
    const first = objects[name].index.map(() => 1);
    expect(cabinet().set([[name, first, objects[name].min]])).toEqual({ fault: "notWritable", at: 0 });
  });

  test("takes several writes together or not at all", () => {
    const bench = cabinet();
    const before = bench.read("phaseMinimumGreen", 1);
    const fault = bench.set([
      ["phaseMinimumGreen", [1], 12],
      ["systemPatternControl", [], 254],
      ["phaseMinimumGreen", [2], 256],
    ]);
    expect(fault).toEqual({ fault: "wrongValue", at: 2 });
    expect(bench.read("phaseMinimumGreen", 1)).toBe(before);
    expect(bench.read("systemPatternControl")).toBe(0);
  });

  test("refuses what is not there, the wrong type, and a reserved bit", () => {
    const bench = cabinet();
    const { objects: store } = bench.controller;
    expect(bench.set([["phaseMinimumGreen", [17], 5]])).toEqual({ fault: "noCreation", at: 0 });
    expect(bench.set([["phaseMinimumGreen", [1], [5]]])).toEqual({ fault: "wrongType", at: 0 });
    expect(store.set([{ ...writeOf(["phaseMinimumGreen", [1], 5]), syntax: "counter" }], "centre")?.fault).toBe(
      "wrongType",
    );
    expect(bench.set([["unitControl", [], 1]])).toEqual({ fault: "wrongValue", at: 0 });
    expect(bench.set([["unitControl", [], 4]])).toBeNull();
  });

  test("refuses a direct write that would leave it without a phase", () => {
    const bench = cabinet();
    const off = crossroads.signal.phases.map(({ number }): Setting => ["phaseOptions", [number], 0]);
    expect(bench.set(off)).toEqual({ fault: "inconsistentValue", at: 0 });
  });

  test("keeps a yellow that is too short, and shows 3 s all the same", () => {
    const bench = cabinet();
    expect(
      bench.set([...crossroads.signal.phases.map(({ number }): Setting => ["phaseYellowChange", [number], 0])]),
    ).toBeNull();
    expect(bench.read("phaseYellowChange", 2)).toBe(0);
    bench.set([["phaseControlGroupVehCall", [1], 255]]);
    const seen = new Map<number, number>();
    const lengths: number[] = [];
    bench.run(300, () => {
      for (let phase = 1; phase <= 8; phase += 1) {
        const yellow = (bench.controller.device.lamps.yellows & (1 << (phase - 1))) !== 0;
        const before = seen.get(phase) ?? 0;
        if (!yellow && before > 0) lengths.push(before);
        seen.set(phase, yellow ? before + 1 : 0);
      }
    });
    expect(lengths.length).toBeGreaterThan(0);
    for (const length_ds of lengths) expect(length_ds).toBeGreaterThanOrEqual(30);
  });

  test("changes its checksum when a parameter changes, and only then", () => {
    const bench = cabinet();
    const before = bench.read("globalSetIDParameter");
    bench.set([["systemPatternControl", [], 254]]);
    bench.run(60);
    expect(bench.read("globalSetIDParameter")).toBe(before);
    bench.set([["phaseMinimumGreen", [1], 9]]);
    expect(bench.read("globalSetIDParameter")).not.toBe(before);
    bench.set([["phaseMinimumGreen", [1], 5]]);
    expect(bench.read("globalSetIDParameter")).toBe(before);
  });

  test("shows two latched alarms until somebody reads them", () => {
    const bench = cabinet();
    expect(bench.read("unitAlarmStatus2") & 1).toBe(1);
    expect(bench.read("unitAlarmStatus2") & 1).toBe(0);
  });

  test("takes the time it is given", () => {
    const bench = cabinet();
    bench.run(1);
    bench.set([["globalTime", [], 1_800_000_000]]);
    bench.run(10);
    expect(bench.read("globalTime")).toBe(1_800_000_010);
  });
});

describe("a database transaction", () => {
  test("puts its values in force together at its end, and nothing before", () => {
    const bench = cabinet();
    expect(bench.set([BEGIN])).toBeNull();
    expect(bench.set(settingsOf(crossroadsPlan))).toBeNull();
    expect(bench.read("patternCycleTime", 1)).toBe(0);
    expect(bench.set([VERIFY])).toBeNull();
    expect(bench.read("dbCreateTransaction")).toBe(dbState.verify);
    expect(bench.read("dbVerifyStatus")).toBe(dbVerify.notDone);
    bench.run(1);
    expect(bench.read("dbCreateTransaction")).toBe(dbState.done);
    expect(bench.read("dbVerifyStatus")).toBe(dbVerify.doneWithNoError);
    expect(bench.text("dbVerifyError")).toBe("NO VERIFICATION ERROR");
    // The state it is in, set once more: the first answer may have been lost.
    expect(bench.set([["dbCreateTransaction", [], dbState.done]])).toBeNull();
    expect(bench.read("patternCycleTime", 1)).toBe(0);
    expect(bench.set([NORMAL])).toBeNull();
    expect(bench.read("dbCreateTransaction")).toBe(dbState.normal);
    for (const [name, index, value] of settingsOf(crossroadsPlan)) expect(bench.read(name, ...index)).toBe(value);
  });

  test("is discarded when it is ended without verification", () => {
    const bench = cabinet();
    bench.set([BEGIN]);
    bench.set(settingsOf(crossroadsPlan));
    bench.set([NORMAL]);
    expect(bench.read("patternCycleTime", 1)).toBe(0);
    bench.set([BEGIN]);
    bench.set([VERIFY]);
    bench.run(1);
    bench.set([NORMAL]);
    expect(bench.read("patternCycleTime", 1)).toBe(0);
  });

  const faults: readonly (readonly [string, readonly Setting[], string])[] = [
    ["a phase concurrent with one of its own ring", [["phaseConcurrency", [1], [2, 5]]], "PHASE 01 CONCURRENCY FAULT"],
    ["a concurrency that is not mutual", [["phaseConcurrency", [1], [5, 6, 7]]], "PHASE 01 MUTUAL FAULT"],
    ["a phase twice in a sequence", [["sequenceData", [1, 1], [1, 2, 1, 3, 4]]], "SEQ 01 SAME PHASE FAULT"],
    ["a phase in the wrong ring", [["sequenceData", [2, 1], [1, 5]]], "SEQ 02 RING # FAULT"],
    ["a phase left out of a sequence", [["sequenceData", [1, 1], [1, 2, 3]]], "SEQ 01 SEQUENCING FAULT"],
    ["a barrier crossed twice", [["sequenceData", [1, 1], [1, 3, 2, 4]]], "SEQ 01 CG SEQ FAULT"],
    ["no minimum green", [["phaseMinimumGreen", [4], 0]], "PHASE 04 MINIMUM GREEN FAULT"],
    ["a yellow below 3 s", [["phaseYellowChange", [8], 20]], "PHASE 08 YELLOW CHANGE FAULT"],
  ];

  test.each(faults)("with %s is refused at verification and leaves everything as it was", (_what, settings, text) => {
    const bench = cabinet();
    const before = bench.read("globalSetIDParameter");
    bench.set([BEGIN]);
    expect(bench.set([...settings, ...settingsOf(crossroadsPlan)])).toBeNull();
    bench.set([VERIFY]);
    bench.run(1);
    expect(bench.read("dbVerifyStatus")).toBe(dbVerify.doneWithError);
    expect(bench.text("dbVerifyError")).toBe(text);
    bench.set([NORMAL]);
    expect(bench.read("globalSetIDParameter")).toBe(before);
  });

  test("follows its states and no others", () => {
    const bench = cabinet();
    const refused = { fault: "inconsistentValue", at: 0 };
    const to = (state: number) => bench.set([["dbCreateTransaction", [], state]]);
    expect(to(3)).toEqual(refused);
    expect(to(6)).toEqual(refused);
    expect(to(2)).toBeNull();
    expect(to(6)).toEqual(refused);
    expect(to(3)).toBeNull();
    expect(to(1)).toEqual(refused);
    expect(to(2)).toEqual(refused);
    bench.run(1);
    expect(to(2)).toEqual(refused);
    expect(to(3)).toEqual(refused);
    expect(to(1)).toBeNull();
    expect(to(9)).toEqual({ fault: "wrongValue", at: 0 });
  });

  test("takes no parameter while the device verifies or waits for its end", () => {
    const bench = cabinet();
    bench.set([BEGIN]);
    bench.set([VERIFY]);
    expect(bench.set([["phaseMinimumGreen", [1], 7]])).toEqual({ fault: "genErr", at: 0 });
    bench.run(1);
    expect(bench.set([["phaseMinimumGreen", [1], 7]])).toEqual({ fault: "genErr", at: 0 });
  });

  test("keeps other managers' parameters out, and lets their commands through", () => {
    const bench = cabinet();
    bench.set([BEGIN], "centre");
    expect(bench.set([["phaseMinimumGreen", [1], 7]], "other")).toEqual({ fault: "genErr", at: 0 });
    expect(bench.set([NORMAL], "other")).toEqual({ fault: "genErr", at: 0 });
    expect(bench.set([["systemPatternControl", [], 254]], "other")).toBeNull();
    bench.set([NORMAL], "centre");
    expect(bench.set([["phaseMinimumGreen", [1], 7]], "other")).toBeNull();
  });

  test("does not share a request with parameters, which would have no order", () => {
    const bench = cabinet();
    expect(bench.set([BEGIN, ["phaseMinimumGreen", [1], 7]])).toEqual({ fault: "genErr", at: 1 });
    expect(bench.read("dbCreateTransaction")).toBe(dbState.normal);
  });

  test("that is forgotten gives up after a minute and discards", () => {
    const bench = cabinet();
    bench.set([BEGIN]);
    bench.run(30);
    bench.set(settingsOf(crossroadsPlan));
    bench.run(59.9);
    expect(bench.read("dbCreateTransaction")).toBe(dbState.transaction);
    bench.run(0.1);
    expect(bench.read("dbCreateTransaction")).toBe(dbState.normal);
    expect(bench.read("patternCycleTime", 1)).toBe(0);
    expect(bench.set([["phaseMinimumGreen", [1], 7]], "other")).toBeNull();
  });
});

test("every object of the table belongs to one kind that the device treats", () => {
  const kinds = (name: ObjectName): string => (isParameter(name) ? "parameter" : objects[name].kind);
  expect(new Set(everyObject.map(kinds))).toEqual(new Set(["parameter", "S", "C"]));
});
