/** Old recordings of cameras that are recorded no more still have to leave. */
import type { Clock } from "../../core/ports/clock.ts";
import { type LeftBehind, tidyLeftBehind } from "../../detectors/index.ts";
import type { Site } from "../site/schema.ts";
import { recordingsFolder } from "./recordings-folder.ts";

export interface LeftBehindSettings {
  readonly site: Site;
  readonly dataDir: string;
  /** Cameras that are watched. */
  readonly watched: readonly string[];
  readonly clock: Clock;
}

export function leftBehind({ site, dataDir, watched, clock }: LeftBehindSettings): LeftBehind {
  const keep_h = (camera: string): number =>
    site.cameras.find(({ id }) => id === camera)?.recording?.keep_h ?? site.recording.keep_h;
  const recorded = new Set(watched.filter((camera) => keep_h(camera) > 0));
  return tidyLeftBehind({ folder: recordingsFolder(site, dataDir), recorded, keep_h, clock });
}
