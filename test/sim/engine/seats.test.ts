import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Seats } from "../../../sim/engine/seats.ts";

const vehicles = 40;

/** Rounds of seating: each a draw of different seats, in the order in which they are to be the first. */
const rounds = fc.array(fc.uniqueArray(fc.nat({ max: vehicles - 1 }), { maxLength: vehicles }), { maxLength: 6 });

describe("seats", () => {
  it("keep together all that is known of a vehicle, and whoever names it", () => {
    fc.assert(
      fc.property(rounds, (drawn) => {
        const seats = new Seats(vehicles);
        const speed = seats.floats();
        const advice = seats.floats(0, 3);
        const named = Int32Array.from({ length: vehicles + 1 }, (_, at) => at - 1);
        seats.rename(
          () => named,
          () => named.length,
        );
        for (let v = 0; v < vehicles; v += 1) {
          speed[v] = 100 + v;
          for (let at = 0; at < 3; at += 1) advice[3 * v + at] = 1000 * at + v;
        }
        for (const order of drawn) {
          const wanted = order.map((seat) => seats.number[seat] as number);
          seats.seat(Int32Array.from(order), order.length);
          expect([...seats.number.subarray(0, order.length)]).toEqual(wanted);
        }
        for (let number = 0; number < vehicles; number += 1) {
          const seat = seats.of[number] as number;
          expect(seats.number[seat]).toBe(number);
          expect(speed[seat]).toBe(100 + number);
          expect([0, 1, 2].map((at) => advice[3 * seat + at])).toEqual([number, 1000 + number, 2000 + number]);
          expect(named[number + 1]).toBe(seat);
        }
        expect(named[0]).toBe(-1);
      }),
    );
  });
});
