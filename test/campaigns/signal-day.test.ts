/**
 * A day of everything that a centre, the street and a cabinet may do to controllers at random intersections: calls,
 * preempts, orders to phases and rings, plan changes, rewritten databases, clock jumps, flash. The conflict monitor in
 * the cabinet must never trip, and a second watcher, with no code of either, must see no conflict and no interval cut
 * short. 24 simulated hours at each of twelve intersections as a campaign, as many in all in the normal suite, and at as many
 * as GREENWAVE_INTERSECTIONS says, for a campaign in parts; the seed of a failure is in its message.
 */
import { expect, it } from "vitest";
import { randomStreet } from "../controllers/virtual/random-street.ts";
import { SignalDay } from "../controllers/virtual/signal-day.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const HOURS = full ? 24 : 2;
const INTERSECTIONS = Number(process.env["GREENWAVE_INTERSECTIONS"] ?? 12);

it(
  `T3: ${HOURS} hours at ${INTERSECTIONS} intersections without a conflict, a short clearance or a trip (seed ${SEED})`,
  () => {
    const seen = new Set<string>();
    for (let at = 0; at < INTERSECTIONS; at += 1) {
      const day = new SignalDay(randomStreet(SEED + at), SEED * 31 + at);
      day.run(HOURS * 3600);
      expect(day.faults, `intersection ${at} of seed ${SEED}`).toEqual([]);
      for (const each of day.seen) seen.add(each);
    }
    // The day proves something only where things have really happened.
    expect([...seen].sort()).toEqual([
      "clock jump",
      "coordinated",
      "flash",
      "free",
      "overlap",
      "preempt dwell",
      "preempt flash",
      "preempt track",
      "transaction",
      "walk",
    ]);
  },
  full ? 3_600_000 : 180_000,
);
