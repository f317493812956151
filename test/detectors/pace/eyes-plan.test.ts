import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { camerasCarried, threadsOfCamera } from "../../../detectors/pace/eyes-plan.ts";

const cost = fc.record({
  decode_ms: fc.double({ min: 1, max: 40, noNaN: true }),
  look_ms: fc.double({ min: 1, max: 200, noNaN: true }),
});

describe("the cameras that a machine carries", () => {
  it("leave a fifth of it free", () => {
    // 25 x 4 ms + 10 x 6 ms = 0.16 of a core each.
    expect(camerasCarried(2, { decode_ms: 4, look_ms: 6 }, { sent_per_s: 25, looks_per_s: 10 })).toBe(10);
  });

  it("are no fewer with more cores, and no more with more looks", () => {
    fc.assert(
      fc.property(
        cost,
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 5, max: 30 }),
        (costs, cores, looks_per_s) => {
          const carried = camerasCarried(cores, costs, { sent_per_s: 25, looks_per_s });
          expect(camerasCarried(cores + 1, costs, { sent_per_s: 25, looks_per_s })).toBeGreaterThanOrEqual(carried);
          expect(camerasCarried(cores, costs, { sent_per_s: 25, looks_per_s: looks_per_s + 1 })).toBeLessThanOrEqual(
            carried,
          );
        },
      ),
    );
  });

  it("are not looked at more often than they send", () => {
    const costs = { decode_ms: 4, look_ms: 6 };
    const slow = camerasCarried(2, costs, { sent_per_s: 5, looks_per_s: 30 });
    expect(slow).toBe(camerasCarried(2, costs, { sent_per_s: 5, looks_per_s: 5 }));
  });
});

describe("the threads of a camera", () => {
  it("are one where one is fast enough, however many processors there are", () => {
    expect(threadsOfCamera(64, 1, 6, 10)).toBe(1);
  });

  it("are one where every processor has its camera", () => {
    expect(threadsOfCamera(4, 4, 200, 10)).toBe(1);
  });

  it("are as many as a slow network needs for its rate", () => {
    // 10 looks of 130 ms are 1.3 s of work, and a look may take 0.7 of the time between two.
    expect(threadsOfCamera(8, 2, 130, 10)).toBe(2);
    expect(threadsOfCamera(16, 1, 500, 10)).toBe(4);
  });
});
