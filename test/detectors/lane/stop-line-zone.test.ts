import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { StopLineZones } from "../../../detectors/lane/stop-line-zone.ts";

interface Switch {
  readonly at_ms: number;
  readonly on: boolean;
}

function watch(pictures: readonly (readonly [at_ms: number, covered: boolean])[], end = true) {
  const switches: Switch[] = [];
  const state = { covered_ms: 0 };
  const zones = new StopLineZones(1, {
    covered: (_, from_ms, to_ms) => {
      state.covered_ms += to_ms - from_ms;
    },
    switched: (_, at_ms, on) => void switches.push({ at_ms, on }),
  });
  for (const [at_ms, covered] of pictures) zones.observe(0, at_ms, covered);
  if (end) zones.releaseAll();
  return { switches, covered_ms: state.covered_ms };
}

const every100 = (flags: string) => [...flags].map((flag, index) => [index * 100, flag === "#"] as const);

describe("a camera-made detector channel", () => {
  test("is on from the first covered picture to the first clear one", () => {
    const { switches, covered_ms } = watch(every100("..###......."));
    expect(switches).toEqual([
      { at_ms: 200, on: true },
      { at_ms: 500, on: false },
    ]);
    expect(covered_ms).toBe(300);
  });

  test("does not switch when the detector blinks", () => {
    const { switches, covered_ms } = watch(every100("##..##......"));
    expect(switches).toEqual([
      { at_ms: 0, on: true },
      { at_ms: 600, on: false },
    ]);
    expect(covered_ms).toBe(600);
  });

  test("separates two vehicles with a clear moment between", () => {
    expect(watch(every100("##.....##......")).switches).toHaveLength(4);
  });

  test("is off at the last picture when the pictures stop", () => {
    const before = every100("###");
    expect(watch([...before, [30_000, false]]).switches).toEqual([
      { at_ms: 0, on: true },
      { at_ms: 200, on: false },
    ]);
    expect(watch(before).switches.at(-1)).toEqual({ at_ms: 200, on: false });
  });

  test("switches to and fro in order, and is covered exactly while it is on", () => {
    const picture = fc.tuple(fc.integer({ min: 1, max: 1500 }), fc.boolean());
    fc.assert(
      fc.property(fc.array(picture, { maxLength: 200 }), (steps) => {
        let now_ms = 0;
        const pictures = steps.map(([wait_ms, covered]) => {
          now_ms += wait_ms;
          return [now_ms, covered] as const;
        });
        const { switches, covered_ms } = watch(pictures);
        expect(switches.map(({ on }) => on)).toEqual(switches.map((_, index) => index % 2 === 0));
        const times = switches.map(({ at_ms }) => at_ms);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        const on_ms = switches.reduce((sum, { at_ms, on }) => sum + (on ? -at_ms : at_ms), 0);
        expect(covered_ms).toBe(on_ms);
      }),
    );
  });
});
