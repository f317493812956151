/** Who measures which lane: cameras with a picture, and the arrival generator where the site file asks for it. */

import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectionFeed, DetectionSink } from "../../core/ports/detection-feed.ts";
import type { ControllerStatus } from "../../core/ports/signal-controller.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type Camera, createCameraFeed, ringOrder, usualFile } from "../../detectors/index.ts";
import { createSimulatedFeed } from "../../sim/index.ts";
import type { Site } from "../site/schema.ts";
import { secret } from "./controller-credentials.ts";
import { recordingsFolder } from "./recordings-folder.ts";
import type { ServeSettings } from "./settings.ts";

export interface FeedOptions {
  readonly site: Site;
  readonly settings: Pick<ServeSettings, "source" | "seed" | "dataDir">;
  readonly sink: DetectionSink;
  readonly clock: Clock;
  readonly signals: () => ReadonlyMap<string, ControllerStatus>;
}

/** A colour older than this is not known any more. */
const FRESH_MS = 3000;

export interface Watched {
  readonly camera: Camera;
  readonly source: string;
}

/** A stream shows the street now; a file shows whatever it was made of. */
export const isStream = (source: string): boolean => /^rtsps?:\/\//i.test(source);

function sourceOf(camera: Camera): Result<string | null> {
  if (camera.source_env === undefined) return ok(camera.source ?? null);
  return secret(`Camera ${camera.id}`, camera.source_env);
}

/** The camera that `--source` is for: the one named, else the first. */
function chosenCamera(site: Site, wanted: ServeSettings["source"]): Result<string | null> {
  if (wanted === null) return ok(null);
  const camera = wanted.camera ?? site.cameras[0]?.id;
  if (camera !== undefined && site.cameras.some(({ id }) => id === camera)) return ok(camera);
  const known = site.cameras.map(({ id }) => id).join(", ") || "none";
  return failed(problem("NO_SUCH_CAMERA", { camera: camera ?? "", known }));
}

/** The cameras that have a picture, and where it comes from; a problem for a variable that is not set. */
export function watchedCameras({ site, settings }: Pick<FeedOptions, "site" | "settings">): Result<readonly Watched[]> {
  const chosen = chosenCamera(site, settings.source);
  if (!chosen.ok) return chosen;
  const watched: Watched[] = [];
  for (const camera of site.cameras) {
    const source: Result<string | null> =
      camera.id === chosen.value ? ok(settings.source?.address ?? null) : sourceOf(camera);
    if (!source.ok) return source;
    if (source.value !== null) watched.push({ camera, source: source.value });
  }
  return ok(watched);
}

/** Lanes without a picture: those of cameras without a source, and every other one if the site asks for it. */
function lanesToSimulate(site: Site, watched: readonly Watched[]): readonly string[] {
  const seen = new Set(watched.flatMap(({ camera }) => camera.lines.flatMap(({ lane }) => lane ?? [])));
  const wanted = site.site.simulate_unmeasured_lanes
    ? site.intersections.flatMap(({ approaches }) => approaches.flatMap(({ lanes }) => lanes.map(({ id }) => id)))
    : site.cameras.flatMap(({ lines }) => lines.flatMap(({ lane }) => lane ?? []));
  return [...new Set(wanted)].filter((lane) => !seen.has(lane));
}

export function createFeeds(options: FeedOptions): Result<readonly DetectionFeed[]> {
  const { clock, settings, signals, sink, site } = options;
  const watched = watchedCameras(options);
  if (!watched.ok) return watched;
  const { recording } = site;
  const folder = recordingsFolder(site, settings.dataDir);
  const judged = new Set(site.rules.map((rule) => rule.camera));
  const cameras = watched.value.map(({ camera, source }) => {
    const intersection = site.intersections.find(({ id }) => id === camera.intersection);
    if (intersection === undefined) throw new Error(`camera ${camera.id} names an intersection the site does not have`);
    return createCameraFeed({
      camera: { ...camera, model: camera.model ?? site.model },
      intersection,
      source,
      cameras: watched.value.length,
      ring: ringOrder(folder, camera.id, {
        keep_h: camera.recording?.keep_h ?? recording.keep_h,
        keep_gb: camera.recording?.keep_gb ?? recording.keep_gb,
        leave_free_gb: recording.leave_free_gb,
      }),
      usual: usualFile(join(settings.dataDir, "cameras", `${camera.id}.usual`)),
      sightings: judged.has(camera.id),
      sink,
      clock,
    });
  });
  const lanes = lanesToSimulate(site, watched.value);
  if (lanes.length === 0) return ok(cameras);
  const greens = (intersection: string): readonly number[] | null => {
    const status = signals().get(intersection);
    return status !== undefined && clock.nowMs() - status.at_ms < FRESH_MS ? status.greens : null;
  };
  const simulated = createSimulatedFeed({
    intersections: site.intersections,
    volumes: site.volumes,
    lanesToSimulate: lanes,
    seed: settings.seed,
    clock,
    sink,
    signal: greens,
    interval_s: Math.min(...site.cameras.map(({ interval_s }) => interval_s), 60),
  });
  return ok([...cameras, simulated]);
}
