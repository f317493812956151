import { expect, test } from "vitest";
import { heightsAt } from "../../../detectors/probe/heights.ts";

const size = { width_px: 1000, height_px: 500 };
const line = { id: "stop-line", from: [0.2, 0.8], to: [0.8, 0.8] } as const;
const lines = [{ ...line, from: [...line.from] as [number, number], to: [...line.to] as [number, number] }];

/** A motorcycle whose wheels stand at (x, y). */
const rider = (x: number, y: number, h: number, name: "motorcycle" | "car" = "motorcycle") => ({
  class: name,
  score: 0.9,
  box: [x - 20, y - h, 40, h] as [number, number, number, number],
});
const seen = (...detections: ReturnType<typeof rider>[]) => [{ image: "1.jpg", ms: 1, detections }];

test("motorcycles are measured where they cross the line, and their plates from them", () => {
  const pictures = seen(rider(300, 400, 110), rider(500, 410, 120), rider(700, 395, 100), rider(500, 200, 40));
  expect(heightsAt(lines, pictures, size)).toEqual([
    { line: "stop-line", motorcycles: 3, motorcycle_px: 110, plate_px: 9.3 },
  ]);
});

test("cars, and motorcycles beside the line, say nothing of it", () => {
  const pictures = seen(rider(300, 400, 150, "car"), rider(100, 400, 110), rider(950, 400, 110), rider(500, 400, 110));
  expect(heightsAt(lines, pictures, size)).toEqual([
    { line: "stop-line", motorcycles: 1, motorcycle_px: null, plate_px: null },
  ]);
});
