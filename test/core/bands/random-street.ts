import fc from "fast-check";
import type { BandCorridor } from "../../../core/bands/corridor.ts";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** A red of next to nothing is nothing to a driver and everything to arithmetic: greens are whole or shorter. */
const green = fc.oneof({ weight: 9, arbitrary: number(0.15, 0.97) }, { weight: 1, arbitrary: fc.constant(1) });

/** Streets of two to `most` lights with any greens, times and phasings. */
export const randomStreet = (most: number): fc.Arbitrary<BandCorridor> =>
  fc.record({ signals: fc.integer({ min: 1, max: most }), cycle_s: number(40, 160) }).chain(({ signals, cycle_s }) =>
    fc.record({
      cycle_s: fc.constant(cycle_s),
      signals: fc.array(
        fc
          .record({
            out: green,
            back: green,
            phasings: fc.array(number(-40, 40), { minLength: 1, maxLength: 4 }),
            greens_per_cycle: fc.constantFrom(1 as const, 1 as const, 1 as const, 2 as const),
          })
          .map(({ out, back, phasings, greens_per_cycle }) => ({
            green_out_s: (out * cycle_s) / greens_per_cycle,
            green_in_s: (back * cycle_s) / greens_per_cycle,
            phasings: phasings.map((inbound_after_s, i) => ({ name: `${i}`, inbound_after_s })),
            greens_per_cycle,
          })),
        { minLength: signals, maxLength: signals },
      ),
      out_s: fc.array(number(-5, 60), { minLength: signals - 1, maxLength: signals - 1 }),
      in_s: fc.array(number(-5, 60), { minLength: signals - 1, maxLength: signals - 1 }),
    }),
  );
