import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { problem } from "../../../core/problems/problem.ts";
import {
  advance,
  beginSupervision,
  type Supervision,
  supervisionDefaults,
} from "../../../detectors/source/supervision.ts";

const settings = { ...supervisionDefaults, source: "rtsp://camera/1" };
const lost = problem("STREAM_LOST", { source: settings.source, reason: "end of file" });
const refused = problem("STREAM_REFUSED", { source: settings.source });

/** What the program around the state machine adds: how often it looks, how long ffmpeg may take to leave or to be silent. */
const tick_ms = 250;
const leaving_ms = 1500;
const silence_ms = 4500;
/** Of the camera: from the opening to its answer, and from there to its next keyframe. */
const opening_ms = 1000;
const keyframe_ms = 2000;
const promise_ms = 10_000;

/** How a connection that leads nowhere ends: refused at once, silent, or talking on without a picture until it is given up. */
interface DeadEnd {
  readonly how: "refused" | "silent" | "talks";
  readonly share: number;
  readonly chance: number;
}

/** Follows one connection from `at_ms` to the moment when its end is known. */
function dies(state: Supervision, at_ms: number, { how, share, chance }: DeadEnd): readonly [Supervision, number] {
  const breaks_ms = how === "talks" ? Number.POSITIVE_INFINITY : at_ms + share * (how === "silent" ? silence_ms : 300);
  let [now, now_ms] = [state, at_ms];
  while (now_ms < breaks_ms && now.phase !== "stalled") {
    now_ms = Math.min(now_ms + tick_ms, Math.max(now_ms + 1, breaks_ms));
    now = advance(now, { kind: "tick", at_ms: now_ms }, settings);
  }
  if (now.phase === "stalled") now_ms += share * leaving_ms;
  return [
    advance(now, { kind: "ended", at_ms: now_ms, problem: how === "refused" ? refused : lost, chance }, settings),
    now_ms,
  ];
}

/** When a camera that was seen until 0 is seen again, if connections opened before `back_ms` come to these ends. */
function seenAgain_ms(back_ms: number, ends: readonly DeadEnd[]): number {
  let state = beginSupervision(-60_000);
  for (const at_ms of [-50_000, -40_000, 0]) state = advance(state, { kind: "progress", at_ms }, settings);
  let at_ms = 0;
  for (let n = 0; ; n += 1) {
    const end = ends[n % ends.length] as DeadEnd;
    [state, at_ms] = dies(state, at_ms, end);
    at_ms = Math.max(at_ms, state.retry_ms ?? at_ms);
    state = advance(state, { kind: "opened", at_ms }, settings);
    if (at_ms >= back_ms) return at_ms + opening_ms + keyframe_ms;
  }
}

const deadEnd = (hows: readonly DeadEnd["how"][]): fc.Arbitrary<DeadEnd> =>
  fc.record({
    how: fc.constantFrom(...hows),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    chance: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
const outage_ms = fc.integer({ min: 1, max: 120_000 });

describe("a camera that is back", () => {
  test("is live within ten seconds, however it was gone", () => {
    fc.assert(
      fc.property(
        outage_ms,
        fc.array(deadEnd(["refused", "silent"]), { minLength: 1, maxLength: 20 }),
        (back_ms, ends) => {
          expect(seenAgain_ms(back_ms, ends) - back_ms).toBeLessThanOrEqual(promise_ms);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("is live within ten seconds when one connection before it talked on and showed nothing", () => {
    const ends = fc.tuple(deadEnd(["talks"]), deadEnd(["refused", "silent"]));
    fc.assert(
      fc.property(outage_ms, ends, (back_ms, [first, others]) => {
        expect(seenAgain_ms(back_ms, [others, first, others]) - back_ms).toBeLessThanOrEqual(promise_ms);
      }),
      { numRuns: 2000 },
    );
  });
});
