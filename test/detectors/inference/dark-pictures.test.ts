import { describe, expect, test } from "vitest";
import { createBrighteningDetector } from "../../../detectors/inference/dark-pictures.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";

const nothing: Detections = {
  count: 0,
  boxes: new Float32Array(0),
  scores: new Float32Array(0),
  classes: new Uint8Array(0),
};

/** What reaches the detector inside. */
async function shown(rgb: Uint8Array): Promise<Uint8Array> {
  let seen = new Uint8Array(0);
  const detector = createBrighteningDetector({
    detect: (frame) => {
      seen = frame as typeof seen;
      return Promise.resolve(nothing);
    },
    close: () => Promise.resolve(),
  });
  await detector.detect(rgb, 40, rgb.length / 120);
  await detector.close();
  return seen;
}

const mean = (values: Uint8Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const street = (brightness: number): Uint8Array =>
  Uint8Array.from({ length: 40 * 30 * 3 }, (_, i) => brightness * (0.5 + ((i * 31) % 89) / 89));

describe("a picture for the network", () => {
  test("goes through untouched by day", async () => {
    const day = street(110);
    expect(await shown(day)).toBe(day);
  });

  test("is raised to a usual brightness at dusk, and stays as it is for everybody else", async () => {
    const dusk = street(35);
    const before = dusk.slice();
    expect(mean(await shown(dusk))).toBeGreaterThan(80);
    expect(mean(await shown(dusk))).toBeLessThan(100);
    expect(dusk).toEqual(before);
  });

  test("is raised alike wherever its bytes lie in memory, and however many there are", async () => {
    const dusk = street(35);
    const usual = await shown(dusk);
    const shifted = new Uint8Array(dusk.length + 1).subarray(1);
    shifted.set(dusk);
    expect(await shown(shifted)).toEqual(usual);
    const odd = dusk.slice(0, -1);
    expect((await shown(odd)).at(-1)).toBe(usual.at(-2));
  });

  test("keeps the order of its greys", async () => {
    const dusk = street(35);
    const seen = await shown(dusk);
    for (let i = 1; i < dusk.length; i++) {
      const [a = 0, b = 0] = [dusk[i - 1], dusk[i]];
      if (a <= b) expect(seen[i - 1]).toBeLessThanOrEqual(seen[i] ?? 0);
    }
  });

  test("changes hardly at all where dusk begins", async () => {
    const begins = street(88);
    const seen = await shown(begins);
    expect(Math.max(...seen.map((value, i) => Math.abs(value - (begins[i] ?? 0))))).toBeLessThan(8);
  });

  test("stays black when it is", async () => {
    expect(mean(await shown(new Uint8Array(3600)))).toBe(0);
  });
});
