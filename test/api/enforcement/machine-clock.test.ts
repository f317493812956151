import { describe, expect, test } from "vitest";
import { MachineClock, type MachineClockOptions, readTracking } from "../../../api/enforcement/machine-clock.ts";
import { clockSchema } from "../../../api/enforcement/schema.ts";

/** As chrony 4 prints it: 12 microseconds slow, 8 ms root delay, 1 ms dispersion. */
const answer =
  "A29FC87B,time.example.org,3,1795342507.123456789,0.000012000,-0.000003,0.000021,-12.345,-0.001,0.042,0.008000,0.001000,64.5,Normal\n";

const clock = { nowMs: () => 1000, sleep: () => Promise.reject(new Error("stopped")) };
const never = new AbortController().signal;

async function stateOf(stated: Record<string, unknown>, tracking: MachineClockOptions["tracking"]) {
  const machine = new MachineClock({ stated: clockSchema.parse(stated), clock, tracking });
  await machine.start(never);
  const state = machine.state();
  await machine.close();
  return state;
}

const silent = () => Promise.reject(new Error("chronyc: not found"));

describe("this machine's clock", () => {
  test("is as good as chrony says", async () => {
    const state = await stateOf({ source: "a guess", uncertainty_ms: 80 }, () => Promise.resolve(answer));
    expect(state).toMatchObject({ source: "chrony: time.example.org", checked_at_ms: 1000 });
    expect(state?.offset_ms).toBeCloseTo(0.012, 6);
    expect(state?.uncertainty_ms).toBeCloseTo(5, 6);
  });

  test("is as good as the site file states where there is no chrony, or one that is not synchronised", async () => {
    const lost = answer.replace("Normal", "Not synchronised");
    for (const tracking of [silent, () => Promise.resolve(lost)]) {
      const state = await stateOf({ source: "GPS", uncertainty_ms: 3 }, tracking);
      expect(state).toEqual({ source: "stated: GPS", offset_ms: 0, uncertainty_ms: 3, checked_at_ms: 1000 });
    }
  });

  test("is not known where nobody says anything, or only half of it", async () => {
    expect(await stateOf({}, silent)).toBeNull();
    expect(await stateOf({ source: "GPS" }, silent)).toBeNull();
  });

  test.each(["", "506 Cannot talk to daemon", answer.slice(0, 60), answer.replace("0.008000", "x")])(
    "is not read out of %j",
    (text) => {
      expect(readTracking(text, 0)).toBeNull();
    },
  );
});
