import { expect, it } from "vitest";
import { readPicture } from "../../../detectors/detect/picture.ts";
import type { Detections } from "../../../detectors/inference/detector.ts";
import { loadRoadUsers } from "../../../detectors/inference/road-users.ts";
import { missing, sharedFolder } from "../../support/peers.ts";

const street = `${sharedFolder}data/vision/motorcycles/images/tripureshwor_42252.jpg`;

it.skipIf(missing("shared data"))("sees at night what it sees by day", { timeout: 60_000 }, async () => {
  const picture = await readPicture(street);
  if (!picture.ok) throw new Error(JSON.stringify(picture.problems));
  const { rgb, width, height } = picture.value;
  const detector = await loadRoadUsers({ threads: 1 });
  const seen = async (pixels: Uint8Array): Promise<number> => {
    const { count, scores }: Detections = await detector.detect(pixels, width, height);
    return scores.subarray(0, count).filter((score) => score > 0.4).length;
  };
  const byDay = await seen(rgb);
  const atNight = await seen(rgb.map((value) => value * 0.08));
  await detector.close();
  expect(byDay).toBeGreaterThan(5);
  // Six of 17 if it were shown as it is.
  expect(atNight).toBeGreaterThan(0.7 * byDay);
});
