/** A camera's detector with as many threads as its own speed and the machine's processors ask for. */
import { loadCountingDetector } from "../inference/counting-detector.ts";
import type { Detector } from "../inference/detector.ts";
import { pictureSide_px } from "../inference/picture-side.ts";
import type { Eye } from "../schema.ts";
import { cpuAllowance } from "./cpu-allowance.ts";
import { threadsOfCamera } from "./eyes-plan.ts";
import { lookCost_ms } from "./look-cost.ts";

const trialLooks = 3;
/** As pictures come where nothing says how large they need to be. */
const usualSide_px = 1280;

/** `cameras`: how many share this machine. Rejects as `loadCountingDetector` does. */
export async function loadPlannedDetector(
  eye: Eye & { readonly frames_per_s: number },
  cameras: number,
): Promise<Detector> {
  const detector = await loadCountingDetector(1, eye);
  const { cores } = cpuAllowance();
  // What differs from the empty street is found without a network, and a trial would be taken for the street.
  if (cores < 2 * cameras || eye.model?.use === "background") return detector;
  const look_ms = await lookCost_ms(detector, pictureSide_px(eye) ?? usualSide_px, trialLooks);
  const threads = threadsOfCamera(cores, cameras, look_ms, eye.frames_per_s);
  if (threads === 1) return detector;
  await detector.close();
  return loadCountingDetector(threads, eye);
}
