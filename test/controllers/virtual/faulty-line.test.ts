import { describe, expect, test } from "vitest";
import type { Faults } from "../../../controllers/virtual/agent/faults.ts";
import { FaultyLine } from "../../../controllers/virtual/agent/faulty-line.ts";

/** What arrives of ten requests, in the order of arrival. */
function arrivals(faults: Faults): readonly number[] {
  const line = new FaultyLine();
  line.faults = faults;
  const came: number[] = [];
  for (let request = 1; request <= 10; request += 1) line.request(() => came.push(request));
  line.close();
  return came;
}

describe("the line to a virtual controller", () => {
  test("delivers everything once and in order while nothing is wrong with it", () => {
    expect(arrivals({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("loses requests, evenly spread", () => {
    expect(arrivals({ loseShare: 0.2 })).toEqual([1, 2, 3, 4, 6, 7, 8, 9]);
    expect(arrivals({ silent: true })).toEqual([]);
  });

  test("delivers requests twice", () => {
    expect(arrivals({ duplicateShare: 0.25 })).toEqual([1, 2, 3, 4, 4, 5, 6, 7, 8, 8, 9, 10]);
  });

  test("lets the following request overtake", () => {
    expect(arrivals({ reorderShare: 0.25 })).toEqual([1, 2, 3, 5, 4, 6, 7, 8, 10, 9]);
  });

  test("does not keep a request for ever that nobody overtakes", async () => {
    const line = new FaultyLine();
    line.faults = { reorderShare: 1 };
    await new Promise<void>((resolve) => line.request(resolve));
    line.close();
  });

  test("lets replies wait, and none after it was closed", async () => {
    const line = new FaultyLine();
    line.faults = { delay_ms: 5, jitter_ms: 5 };
    const came: string[] = [];
    await new Promise<void>((resolve) => {
      line.reply(() => {
        came.push("reply");
        resolve();
      });
      came.push("sent");
    });
    line.reply(() => came.push("too late"));
    line.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(came).toEqual(["sent", "reply"]);
  });
});
