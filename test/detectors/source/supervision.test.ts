import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problem } from "../../../core/problems/problem.ts";
import {
  advance,
  beginSupervision,
  type SourceEvent,
  type Supervision,
  supervisionDefaults,
} from "../../../detectors/source/supervision.ts";

const settings = { ...supervisionDefaults, source: "rtsp://camera/1" };
const refused = problem("STREAM_REFUSED", { source: settings.source });
const lost = problem("STREAM_LOST", { source: settings.source, reason: "end of file" });

type Step =
  | readonly [kind: "opened" | "progress" | "tick" | "stopped", at_s: number]
  | readonly ["ended", number, typeof lost];

const event = ([kind, at_s, reason]: Step): SourceEvent =>
  kind === "ended" ? { kind, at_ms: at_s * 1000, problem: reason, chance: 0 } : { kind, at_ms: at_s * 1000 };

const play = (steps: readonly Step[]): Supervision =>
  steps.reduce((state, step) => advance(state, event(step), settings), beginSupervision(0));

describe("a camera's picture", () => {
  test("is live from its first new frame time", () => {
    expect(play([["opened", 0]]).phase).toBe("connecting");
    const live = play([
      ["opened", 0],
      ["progress", 2],
    ]);
    expect(live).toMatchObject({ phase: "live", since_ms: 2000, trouble: null, gaps: [] });
  });

  test("is stalled four seconds after its last new frame time, and not before", () => {
    const live: readonly Step[] = [
      ["opened", 0],
      ["progress", 1],
      ["progress", 2],
    ];
    expect(play([...live, ["tick", 5.9]]).phase).toBe("live");
    const stalled = play([...live, ["tick", 6]]);
    expect(stalled).toMatchObject({ phase: "stalled", since_ms: 6000, gaps: [{ from_ms: 2000, to_ms: null }] });
    expect(stalled.trouble).toMatchObject({ code: "STREAM_STALLED", words: { seconds: 4 } });
  });

  test("keeps the reason of the stall when its decoder is then closed", () => {
    const closed = play([
      ["opened", 0],
      ["progress", 2],
      ["tick", 7],
      ["ended", 7.1, lost],
    ]);
    expect(closed).toMatchObject({ phase: "backing_off", trouble: { code: "STREAM_STALLED" }, retry_ms: 7600 });
  });

  test("that comes too late to save a stalled stream changes nothing", () => {
    expect(
      play([
        ["opened", 0],
        ["progress", 2],
        ["tick", 7],
        ["progress", 7.05],
      ]).phase,
    ).toBe("stalled");
  });

  test("that never comes is given up after a while, with the advice to look at the camera", () => {
    const silent: readonly Step[] = [["opened", 0]];
    expect(play([...silent, ["tick", 4.9]]).phase).toBe("connecting");
    expect(play([...silent, ["tick", 5]])).toMatchObject({
      phase: "stalled",
      trouble: { code: "STREAM_WITHOUT_PICTURE", words: { seconds: 5 } },
    });
  });

  test("may need a far keyframe, so that every other try waits longer for it", () => {
    const again: readonly Step[] = [
      ["opened", 0],
      ["tick", 5],
      ["ended", 5, lost],
      ["opened", 6],
    ];
    expect(play([...again, ["tick", 25.9]]).phase).toBe("connecting");
    const given = play([...again, ["tick", 26]]);
    expect(given.phase).toBe("stalled");
    expect(
      [event(["ended", 26, lost]), event(["opened", 27])].reduce(
        (state, next) => advance(state, next, settings),
        given,
      ),
    ).toMatchObject({
      phase: "connecting",
      patience_ms: settings.connect_ms,
    });
  });

  test("is refused when the camera says no, and lost when it had been there", () => {
    expect(
      play([
        ["opened", 0],
        ["ended", 1, refused],
      ]).phase,
    ).toBe("refused");
    expect(
      play([
        ["opened", 0],
        ["progress", 1],
        ["ended", 2, lost],
      ]).phase,
    ).toBe("backing_off");
  });

  test("says while it is opened again why it was lost", () => {
    const opening = play([
      ["opened", 0],
      ["ended", 1, refused],
      ["opened", 2],
    ]);
    expect(opening).toMatchObject({ phase: "connecting", trouble: { code: "STREAM_REFUSED" }, retry_ms: null });
  });

  test("goes on being live when a file starts over", () => {
    const looped = play([
      ["opened", 0],
      ["progress", 1],
      ["opened", 9],
      ["progress", 9.4],
    ]);
    expect(looped).toMatchObject({ phase: "live", since_ms: 1000, gaps: [] });
  });

  test("records an outage from the last picture to the next", () => {
    const back = play([
      ["opened", 0],
      ["progress", 10],
      ["ended", 11, lost],
      ["opened", 12],
      ["ended", 13, refused],
      ["opened", 30],
      ["progress", 31],
    ]);
    expect(back.gaps).toEqual([{ from_ms: 10_000, to_ms: 31_000 }]);
  });

  test("waits longer after every failure, four seconds at most, and briefly again once the picture held", () => {
    let state = beginSupervision(0);
    const waits: number[] = [];
    for (let at_s = 0; at_s < 70; at_s += 10) {
      state = advance(state, event(["opened", at_s]), settings);
      state = advance(state, event(["ended", at_s, refused]), settings);
      waits.push((state.retry_ms ?? 0) - at_s * 1000);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 4000, 4000, 4000]);
    const held = (
      [
        ["opened", 80],
        ["progress", 81],
        ["progress", 92],
        ["ended", 92, lost],
      ] as const
    ).reduce((before, step) => advance(before, event(step), settings), state);
    expect(held.retry_ms).toBe(92_500);
  });

  test("counts the time that a try took into the wait after it", () => {
    const tries = (took_s: number) =>
      play([
        ...[0, 10, 20, 30].flatMap((at_s): Step[] => [
          ["opened", at_s],
          ["ended", at_s + took_s, lost],
        ]),
      ]);
    expect(tries(0).retry_ms).toBe(34_000);
    expect(tries(3).retry_ms).toBe(34_000);
    expect(tries(5).retry_ms).toBe(35_500);
  });

  test("flickering on and off does not shorten the wait", () => {
    const flicker = play([
      ["opened", 0],
      ["progress", 1],
      ["ended", 2, lost],
      ["opened", 3],
      ["progress", 3.1],
      ["ended", 3.2, lost],
    ]);
    expect(flicker.retry_ms).toBe(4000);
  });

  test("once stopped stays stopped", () => {
    expect(
      play([
        ["stopped", 1],
        ["opened", 2],
        ["progress", 3],
        ["ended", 4, lost],
      ]).phase,
    ).toBe("stopped");
  });

  const step = fc.oneof(
    fc.constantFrom("opened" as const, "progress" as const, "tick" as const).map((kind) => ({ kind })),
    fc.record({
      kind: fc.constant("ended" as const),
      problem: fc.constantFrom(lost, refused),
      chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
    }),
  );

  function expectSound({ phase, since_ms, retry_ms, gaps }: Supervision): void {
    const open = gaps.filter(({ to_ms }) => to_ms === null);
    expect(open.length).toBeLessThanOrEqual(phase === "live" ? 0 : 1);
    expect(gaps.slice(0, -1)).not.toContainEqual(expect.objectContaining({ to_ms: null }));
    expect(gaps.length).toBeLessThanOrEqual(100);
    expect(gaps.every(({ from_ms, to_ms }) => to_ms === null || to_ms >= from_ms)).toBe(true);
    const waits_ms = retry_ms === null ? null : retry_ms - since_ms;
    expect(waits_ms !== null).toBe(phase === "backing_off" || phase === "refused");
    expect(waits_ms ?? 250).toBeGreaterThanOrEqual(250);
    expect(waits_ms ?? 4000).toBeLessThanOrEqual(4000);
  }

  test("whatever happens, has at most one open outage, which is the last, and none while live", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.integer({ min: 0, max: 8000 })), { maxLength: 400 }), (steps) => {
        let state = beginSupervision(0);
        let at_ms = 0;
        for (const [each, wait_ms] of steps) {
          at_ms += wait_ms;
          state = advance(state, { ...each, at_ms }, settings);
          expectSound(state);
        }
      }),
    );
  });

  test("keeps the newest hundred outages", () => {
    let state = beginSupervision(0);
    for (let at_s = 0; at_s < 1200; at_s += 10) {
      for (const each of [
        ["opened", at_s],
        ["progress", at_s + 1],
        ["ended", at_s + 2, lost],
      ] as const) {
        state = advance(state, event(each), settings);
      }
    }
    expect(state.gaps).toHaveLength(100);
    expect(state.gaps.at(-1)).toEqual({ from_ms: 1_191_000, to_ms: null });
  });
});
