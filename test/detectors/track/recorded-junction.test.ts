import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { directedLine } from "../../../core/geometry/segment.ts";
import type { VehicleClass } from "../../../core/traffic/vehicle-class.ts";
import { LineCounter } from "../../../detectors/lane/line-counter.ts";
import { Tracker } from "../../../detectors/track/tracker.ts";
import { detectionsOf, type Sighting } from "../../support/drive.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const classes: Readonly<Record<string, VehicleClass>> = {
  person: "pedestrian",
  bicycle: "bicycle",
  motorbike: "motorcycle",
  car: "car",
  bus: "bus",
  truck: "truck",
};

/** Another detector's boxes of the junction video, by frame; frames count from 1 and the first 15 have none. */
function recordedStreet(): readonly (readonly Sighting[])[] {
  const file = `${sharedFolder}data/vision/videos/junction-a.detections.csv`;
  const frames: Sighting[][] = Array.from({ length: 266 }, () => []);
  for (const row of readFileSync(file, "utf8").trim().split("\n").slice(1)) {
    const [frame = "", name = "", ...numbers] = row.split(",");
    const [score = 0, x = 0, y = 0, w = 0, h = 0] = numbers.map(Number);
    const known = classes[name];
    if (known !== undefined) frames[Number(frame)]?.push({ class: known, score, box: [x, y, w, h] });
  }
  return frames;
}

/** Frames at which vehicles cross the line, downwards and upwards. */
function crossings(street: readonly (readonly Sighting[])[], y: number) {
  const tracker = new Tracker();
  const counter = new LineCounter([directedLine(100, y, 440, y)]);
  const found = { down: [] as number[], up: [] as number[] };
  for (const [frame, sightings] of street.entries()) {
    tracker.update(detectionsOf(sightings), 640, 360, frame / 30);
    counter.observe(tracker, frame / 30, ({ direction, t_s }) => {
      found[direction === "forward" ? "down" : "up"].push(t_s * 30);
    });
  }
  return found;
}

describe.skipIf(missing("shared data"))("the junction as another detector saw it", () => {
  const street = missing("shared data") ? [] : recordedStreet();

  test.each([-10, -5, 0, 5, 10])(
    "twelve vehicles go down and none up, the line %d px from where it was counted",
    (shift) => {
      const { down, up } = crossings(street, 250 + shift);
      expect(Math.abs(down.length - 12)).toBeLessThanOrEqual(1);
      expect(up.length).toBeLessThanOrEqual(1);
    },
  );

  test("each hand-counted crossing is found within 0.7 s", () => {
    const file = `${sharedFolder}data/vision/videos/ground_truth.json`;
    const truth = JSON.parse(readFileSync(file, "utf8")).videos.find(
      (video: { file: string }) => video.file === "junction-a.mp4",
    );
    const { down } = crossings(street, 250);
    for (const frame of truth.frames_at_crossing as readonly number[]) {
      expect(Math.min(...down.map((found) => Math.abs(found - frame))), `frame ${frame}`).toBeLessThan(0.7 * 30);
    }
  });
});
