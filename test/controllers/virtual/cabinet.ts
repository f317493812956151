/** A virtual controller on the bench: scripted time, and SNMP without the network. */

import { type ObjectName, objects, oid, splitMode } from "../../../controllers/ntcip/oids.ts";
import { layoutMaker } from "../../../controllers/virtual/database/layout.ts";
import type { RefusedWrite, Write } from "../../../controllers/virtual/database/object-store.ts";
import type { Value } from "../../../controllers/virtual/database/parameters.ts";
import { VirtualController } from "../../../controllers/virtual/virtual-controller.ts";
import type { Intersection } from "../../../core/network/schema.ts";
import type { Plan } from "../../../core/signal/plan.ts";
import { crossroads } from "../../support/crossroads.ts";

const layoutFor = layoutMaker();
/** 2026-01-05T00:00:00Z in deciseconds. */
const MONDAY_DS = 17_675_712_000;

export type Setting = readonly [name: ObjectName, index: readonly number[], value: Value];

export interface Cabinet {
  readonly controller: VirtualController;
  readonly now_ds: number;
  /** Runs this long; `each` sees every step. */
  run(seconds: number, each?: (now_ds: number) => void): void;
  read(name: ObjectName, ...index: readonly number[]): number;
  text(name: ObjectName, ...index: readonly number[]): string;
  set(settings: readonly Setting[], who?: string): RefusedWrite | null;
  /** A whole database transaction; returns `dbVerifyError`. */
  transact(settings: readonly Setting[]): string;
}

export function writeOf([name, index, value]: Setting): Write {
  const syntax = typeof value === "number" ? "integer" : typeof value === "string" ? "oid" : "octets";
  return { oid: oid(name, ...index), syntax, value };
}

export function cabinet(site: Intersection = crossroads): Cabinet {
  const controller = new VirtualController(site, layoutFor);
  let now_ds = MONDAY_DS;
  const value = (name: ObjectName, index: readonly number[]): Value => {
    const reading = controller.objects.get(oid(name, ...index));
    if (typeof reading === "string") throw new Error(`${name}: ${reading}`);
    return reading.value;
  };
  const bench: Cabinet = {
    controller,
    get now_ds() {
      return now_ds;
    },
    run: (seconds, each) => {
      for (let step = 0; step < Math.round(seconds * 10); step += 1) {
        now_ds += 1;
        controller.step(now_ds);
        each?.(now_ds);
      }
    },
    read: (name, ...index) => Number(value(name, index)),
    text: (name, ...index) => String(value(name, index)),
    set: (settings, who = "centre") => controller.objects.set(settings.map(writeOf), who),
    transact: (settings) => {
      bench.set([["dbCreateTransaction", [], 2]]);
      bench.set(settings);
      bench.set([["dbCreateTransaction", [], 3]]);
      bench.run(1);
      const verdict = bench.text("dbVerifyError");
      bench.set([["dbCreateTransaction", [], 1]]);
      return verdict;
    },
  };
  return bench;
}

/** What a manager writes for a plan: pattern row and split row of the same number. */
export function settingsOf(plan: Plan): readonly Setting[] {
  const modes = {
    none: splitMode.none,
    min_recall: splitMode.minVehRecall,
    max_recall: splitMode.maxVehRecall,
    ped_recall: splitMode.pedRecall,
    omitted: splitMode.phaseOmitted,
  };
  return [
    ["patternCycleTime", [plan.pattern], plan.cycle_s],
    ["patternOffsetTime", [plan.pattern], plan.offset_s],
    ["patternSplitNumber", [plan.pattern], plan.pattern],
    ["patternSequenceNumber", [plan.pattern], plan.sequence],
    ...plan.splits.flatMap(({ phase, split_s, mode }): readonly Setting[] => [
      ["splitTime", [plan.pattern, phase], split_s],
      ["splitMode", [plan.pattern, phase], modes[mode]],
    ]),
  ];
}

/** Numbers whose bit is set; bit 0 is 1. */
export const numbersIn = (mask: number): readonly number[] =>
  Array.from({ length: 16 }, (_, bit) => bit + 1).filter((number) => (mask & (1 << (number - 1))) !== 0);

export const everyObject = Object.keys(objects) as readonly ObjectName[];
