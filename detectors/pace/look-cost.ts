/** What one look costs, in processor time: other work on the machine disturbs that little. */
import type { Detector } from "../inference/detector.ts";

/** Milliseconds of processor, the mean of `looks` at a made-up picture of 16:9 after one to warm up. */
export async function lookCost_ms(detector: Detector, longSide_px: number, looks: number): Promise<number> {
  const [width, height] = [longSide_px, Math.round((longSide_px * 9) / 32) * 2];
  const picture = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 31 + (i >> 7) * 17) & 255);
  await detector.detect(picture, width, height, 0);
  const before = process.cpuUsage();
  for (let look = 1; look <= looks; look += 1) await detector.detect(picture, width, height, look);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / looks;
}
