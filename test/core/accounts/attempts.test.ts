import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Attempts } from "../../../core/accounts/attempts.ts";

describe("tries to log in", () => {
  test("a person who mistypes a few times waits for nothing", () => {
    const attempts = new Attempts();
    for (let time = 0; time < 4; time += 1) attempts.failed("lan", "here", time);
    expect(attempts.wait_ms("lan", "here", 5)).toBe(0);
  });

  test("however often somebody guesses, in a day there are few guesses at one name, from wherever they come", () => {
    const attempts = new Attempts();
    let guesses = 0;
    for (let now_ms = 0; now_ms < 86_400_000; now_ms += 1000) {
      if (attempts.wait_ms("lan", `address ${now_ms}`, now_ms) > 0) continue;
      attempts.failed("lan", `address ${now_ms}`, now_ms);
      guesses += 1;
    }
    expect(guesses).toBeLessThan(120);
  });

  test("many names from one address are slowed too", () => {
    const attempts = new Attempts();
    for (let each = 0; each < 21; each += 1) attempts.failed(`name ${each}`, "one", 0);
    expect(attempts.wait_ms("another", "one", 1)).toBeGreaterThan(0);
    expect(attempts.wait_ms("another", "two", 1)).toBe(0);
  });

  test("the right password clears the name, and an hour clears everything", () => {
    const attempts = new Attempts();
    for (let time = 0; time < 8; time += 1) attempts.failed("lan", "here", 0);
    attempts.succeeded("lan");
    expect(attempts.wait_ms("lan", "there", 1)).toBe(0);
    for (let time = 0; time < 8; time += 1) attempts.failed("minh", "here", 0);
    attempts.failed("minh", "here", 4_000_000);
    expect(attempts.wait_ms("minh", "there", 4_000_001)).toBe(0);
  });

  test("the wait never grows beyond a quarter of an hour", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), (times) => {
        const attempts = new Attempts();
        for (let time = 0; time < times; time += 1) attempts.failed("lan", "here", time);
        expect(attempts.wait_ms("lan", "here", times)).toBeLessThanOrEqual(900_000);
      }),
    );
  });
});
