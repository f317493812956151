import { describe, expect, test } from "vitest";
import { dbState, type ObjectName, objectNames, objects } from "../../../controllers/ntcip/oids.ts";
import type { Value } from "../../../controllers/virtual/database/parameters.ts";
import { eightPhases } from "../../../controllers/virtual/eight-phases.ts";
import { Seeded } from "../../support/seeded.ts";
import { type Cabinet, cabinet, type Setting } from "./cabinet.ts";

const SEEDS = Number(process.env["ANY_VALUES_SEEDS"] ?? 4);
const writable = objectNames.filter((name) => objects[name].kind !== "S" && !name.startsWith("community"));

/** A value inside the range; often one of its ends. */
function anyValue(name: ObjectName, chance: Seeded): Value {
  const { syntax, min, max } = objects[name];
  if (syntax === "oid") return chance.pick(["0.0", "1.3.6.1.4.1.1206.4.2.1.5.3.1.1.2"]);
  if (syntax !== "integer" && syntax !== "counter" && syntax !== "gauge") {
    return Array.from({ length: Math.min(max, Math.max(min, chance.below(6))) }, () => chance.below(20));
  }
  return chance.pick([min, max, min + chance.below(Math.min(max - min, 40) + 1), min + chance.below(max - min + 1)]);
}

function anySetting(bench: Cabinet, chance: Seeded): Setting {
  const name = chance.pick(writable);
  const { instances } = bench.controller.device.layout;
  const rows = instances.filter((instance) => instance.name === name);
  return [name, chance.pick(rows.slice(0, 9)).index, anyValue(name, chance)];
}

describe("a virtual controller that is told anything a manager may say", () => {
  test.each(Array.from({ length: SEEDS }, (_, at) => 101 + at))("goes on (seed %i)", (seed) => {
    const chance = new Seeded(seed);
    const bench = cabinet(eightPhases("any"));
    for (let round = 0; round < 120; round += 1) {
      const inTransaction = chance.next() < 0.3;
      if (inTransaction) bench.set([["dbCreateTransaction", [], dbState.transaction]]);
      for (let left = chance.below(6); left > 0; left -= 1) bench.set([anySetting(bench, chance)]);
      if (inTransaction) {
        bench.set([["dbCreateTransaction", [], dbState.verify]]);
        bench.run(1);
        bench.set([["dbCreateTransaction", [], dbState.normal]]);
      }
      if (chance.next() < 0.2) bench.controller.device.detectors.set(1 + chance.below(8), chance.next() < 0.5);
      bench.run(chance.below(200) / 10);
    }
    expect(bench.read("maxPhases")).toBe(16);
  });
});
