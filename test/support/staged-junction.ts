/**
 * A staged scene: the shared video of a junction, played as a camera over a virtual controller whose phase 2 rests in green
 * and whose phase 4 in red. The vehicles and their ways are real; the stop line, the signal and the metres are not: nobody in
 * that video drove over red.
 */
import { crossroads } from "./crossroads.ts";
import { junctionVideo } from "./junction-camera.ts";
import { type StreetCamera, surveyed } from "./street-camera.ts";

const stagedCamera = "camera-junction";
export const stagedPictures_per_s = 15;
/** Of the oncoming carriageway, which is on the left of the picture: forward is towards the camera. */
const stagedStopLine = { from: [0.16, 0.65], to: [0.65, 0.65] } as const;

/** A camera that would see the street so: lanes come out 3.3 m wide. Nobody surveyed it. */
const plausible: StreetCamera = { width: 640, height: 360, height_m: 6, down_deg: 12, roll_deg: 0, view_deg: 60 };
const marks = [
  [-6, 14],
  [4, 14],
  [-8, 32],
  [6, 32],
  [-2, 20],
  [2, 25],
] as const;

export const stagedCalibration = { picture_px: [640, 360], points: surveyed(plausible, marks) };

const stopLineRule = (id: string, phase: number) => ({
  id,
  kind: "red_light",
  camera: stagedCamera,
  line: "stop-line",
  phase,
});

/** A site file (JSON is YAML). `source`: absent, the shared video itself. */
export function stagedSite(source: string = junctionVideo): string {
  return JSON.stringify({
    version: 1,
    site: { id: "staged", name: "A staged junction", timezone: "Asia/Ho_Chi_Minh" },
    intersections: [crossroads],
    cameras: [
      {
        id: stagedCamera,
        intersection: crossroads.id,
        source,
        frames_per_s: stagedPictures_per_s,
        lines: [{ id: "stop-line", lane: "n-through", direction: "forward", ...stagedStopLine }],
        calibration: stagedCalibration,
      },
    ],
    controllers: [{ id: "cabinet", kind: "virtual", intersection: crossroads.id }],
    rules: [stopLineRule("on-green", 2), stopLineRule("on-red", 4)],
    clock: { source: "the test's own machine", uncertainty_ms: 10 },
  });
}
