/**
 * Staged traffic as a camera would see it: scripted vehicles on a straight street (test/core/violations/staged.ts), boxed as
 * solid bodies by a drawn camera, then tracked and laid on the ground by our own eyes. Nothing here was filmed. Truth is known
 * because it was written down.
 */

import type { SiteRule } from "../../api/enforcement/schema.ts";
import type { Sightings } from "../../core/ports/detection-feed.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { SignalTrace } from "../../core/violations/signal-trace.ts";
import { type Camera, cameraSchema } from "../../detectors/index.ts";
import { calibratedGround } from "../../detectors/lane/calibrated-ground.ts";
import { readSightings, SightingWatch } from "../../detectors/lane/sighting-watch.ts";
import { Tracker } from "../../detectors/track/tracker.ts";
import type { Script } from "../core/violations/staged.ts";
import { detectionsOf, type Sighting } from "./drive.ts";
import { judgeFilm } from "./judged-film.ts";
import { boxOf, sightingOf, type Vehicle } from "./seen-vehicle.ts";
import { normals, ordinaryCamera, roadMarks, seenBy, surveyed } from "./street-camera.ts";

/** Traffic comes towards the camera, or drives away from it. */
export type Way = "oncoming" | "receding";

/** How far ahead of the camera's foot the stop line lies, where the street's x is 0: with room to be seen on both sides. */
const stop_m: Readonly<Record<Way, number>> = { oncoming: 28, receding: 28 };
const bodies: Readonly<Record<VehicleClass, Omit<Vehicle, "class" | "length_m">>> = {
  motorcycle: { width_m: 0.7, height_m: 1.6 },
  bicycle: { width_m: 0.6, height_m: 1.6 },
  car: { width_m: 1.8, height_m: 1.5 },
  bus: { width_m: 2.5, height_m: 3.2 },
  truck: { width_m: 2.5, height_m: 3 },
  pedestrian: { width_m: 0.5, height_m: 1.7 },
};
const usual_m: Readonly<Partial<Record<VehicleClass, number>>> = { motorcycle: 1.9, bus: 11, truck: 7.5 };

/** From the street, x along it and y to its left, to metres right of and ahead of the camera's foot. */
export function onGround(way: Way, x_m: number, y_m: number): readonly [number, number] {
  return way === "oncoming" ? [y_m, stop_m[way] - x_m] : [-y_m, stop_m[way] + x_m];
}

/** Where the picture shows a place of the street, in shares. */
export function inPicture(way: Way, x_m: number, y_m: number): [number, number] {
  const [u = 0, v = 0] = seenBy(ordinaryCamera, ...onGround(way, x_m, y_m)) ?? [];
  return [u / ordinaryCamera.width, v / ordinaryCamera.height];
}

export function streetCamera(way: Way): Camera {
  // From the driver's right to the left: forward is with the traffic.
  const [from, to] = [inPicture(way, 0, -6), inPicture(way, 0, 6)];
  const { width, height } = ordinaryCamera;
  return cameraSchema.parse({
    id: "staged",
    intersection: "staged",
    lines: [{ id: "stop-line", from, to, direction: "forward" }],
    calibration: { picture_px: [width, height], points: surveyed(ordinaryCamera, roadMarks) },
  });
}

export interface StagedStreet {
  readonly sightings: readonly Sightings[];
  /** The script whose vehicle was followed under this number. */
  scriptOf(track: number): number;
}

interface Seeing {
  readonly way: Way;
  readonly per_s: number;
  /** Of each side of a box, as a share of its size. */
  readonly wobble: number;
  readonly seed: number;
}

function bodyAt(
  script: Script,
  way: Way,
  t_s: number,
): { readonly vehicle: Vehicle; readonly seen: Sighting["box"] } | null {
  const pose = t_s >= script.from_s && t_s < script.to_s ? script.pose(t_s) : null;
  if (pose === null) return null;
  const name = script.class ?? "car";
  const length_m = script.length_m ?? usual_m[name] ?? 4.4;
  const vehicle = { class: name, length_m, ...bodies[name] };
  const [x_m, y_m] = onGround(
    way,
    pose.x_m - (Math.cos(pose.heading_rad) * length_m) / 2,
    pose.y_m - (Math.sin(pose.heading_rad) * length_m) / 2,
  );
  const heading = pose.heading_rad + (way === "oncoming" ? -Math.PI / 2 : Math.PI / 2);
  const seen = boxOf(ordinaryCamera, vehicle, { x_m, y_m, heading });
  return seen && { vehicle, seen };
}

/** `at_ms` of the sightings is the scripts' time in milliseconds. */
export function filmStreet(scripts: readonly Script[], seeing: Seeing): StagedStreet {
  const { way, per_s, wobble, seed } = seeing;
  const ground = calibratedGround(streetCamera(way).calibration);
  if (ground === null) throw new Error("the staged camera has no ground");
  const { width, height } = ordinaryCamera;
  const [tracker, watch, chance] = [new Tracker(), new SightingWatch(ground), normals(seed)];
  const owners = new Map<number, number>();
  const sightings: Sightings[] = [];
  const [from_s, to_s] = [Math.min(...scripts.map((s) => s.from_s)), Math.max(...scripts.map((s) => s.to_s))];
  for (let picture = 0; from_s + picture / per_s < to_s; picture += 1) {
    const t_s = from_s + picture / per_s;
    const bodies = scripts.map((script) => bodyAt(script, way, t_s));
    const boxes = bodies.flatMap((body) =>
      body === null ? [] : [sightingOf(body.seen, body.vehicle, wobble, chance)],
    );
    const detections = detectionsOf(boxes);
    tracker.update(detections, width, height, t_s);
    const seen = { width, height, pts_s: t_s, arrival_ms: t_s * 1000, session_ms: 0 };
    const found = readSightings("staged", watch.observe(tracker, detections, seen));
    for (const { track, box } of found.tracks) owners.set(track, nearest(box, bodies));
    sightings.push(found);
  }
  return { sightings, scriptOf: (track) => owners.get(track) ?? -1 };
}

function nearest(
  [x, y, w, h]: readonly [number, number, number, number],
  bodies: readonly ReturnType<typeof bodyAt>[],
) {
  const { width, height } = ordinaryCamera;
  const off = (seen: Sighting["box"]): number =>
    Math.hypot((x + w / 2) * width - seen[0] - seen[2] / 2, (y + h / 2) * height - seen[1] - seen[3] / 2);
  const offs = bodies.map((body) => (body === null ? Number.POSITIVE_INFINITY : off(body.seen)));
  return offs.indexOf(Math.min(...offs));
}

export interface Told {
  readonly kind: SiteRule["kind"];
  readonly script: number;
  readonly at_ms: number;
}

export interface Judged {
  readonly told: readonly Told[];
  /** Codes of refusals, one for each. */
  readonly refused: readonly string[];
}

const fitness = { clock_offset_ms: 5, delay_uncertainty_ms: 50 };

/** What rules of the site file say of a staged street: the whole way from boxes to rulings. */
export function judgeStreet(
  rules: readonly Record<string, unknown>[],
  street: StagedStreet,
  way: Way,
  trace: SignalTrace,
): Judged {
  const judged = { camera: streetCamera(way), rules, trace, fitness };
  const { told, refused } = judgeFilm(street.sightings, judged);
  return {
    told: told.map(({ kind, track, at_ms }) => ({ kind, script: street.scriptOf(track), at_ms })),
    refused,
  };
}
