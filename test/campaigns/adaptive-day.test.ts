/**
 * A day of a crossroads that a policy leads over SNMP, with everything that goes wrong: a camera that sees nothing, detectors that stick, a
 * line that is cut or loses messages, preempts, people at their buttons. The conflict monitor must never trip, a second watcher must see no
 * interval cut short, nobody who calls may wait beyond the limit, and each fall back to the plan, and each return, must be told. 24
 * simulated hours for each of six seeds as a campaign, fifty minutes of one in the normal suite.
 */
import { expect, it } from "vitest";
import { AdaptiveDay } from "../support/adaptive-day.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const only = process.env["GREENWAVE_SEED"];
const SEEDS = only === undefined ? (full ? [101, 102, 103, 104, 105, 106] : [101]) : [Number(only)];
const HOURS = Number(process.env["GREENWAVE_HOURS"] ?? (full ? 24 : 5 / 6));

it.each(SEEDS)(
  `${HOURS.toFixed(1)} hours without a trip, a short interval or a wait beyond its limit, and every fall back is told (seed %i)`,
  async (seed) => {
    const day = await AdaptiveDay.open(seed);
    try {
      await day.run(HOURS * 3600);
      process.stderr.write(`seed ${seed}: ${day.summary()}\n`);
      expect(day.faults).toEqual([]);
      // The day proves something only where things have really happened.
      expect([...day.seen].sort()).toEqual(["blind", "cut", "loss", "preempt", "stuck", "walk"]);
    } finally {
      await day.close();
    }
  },
  full ? 3_600_000 : 180_000,
);
