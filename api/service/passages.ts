/** Plates of passing vehicles joined to the rest of the service: cameras, the recordings, storage and statistics. */
import { join } from "node:path";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PassageStore } from "../../core/ports/passages.ts";
import { openRing, readVehiclePlates } from "../../detectors/index.ts";
import { createPassageReading, type PassageReading } from "../plates/passage-reading.ts";
import { siteDistance } from "../plates/site-distance.ts";
import { TravelStatistics } from "../plates/travel-statistics.ts";
import type { Site } from "../site/schema.ts";
import { recordingsFolder } from "./recordings-folder.ts";

export interface PassagesOptions {
  readonly site: Site;
  readonly dataDir: string;
  readonly passages: PassageStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void };
}

export interface Passages {
  readonly reading: PassageReading;
  readonly travel: TravelStatistics;
}

/** Where no camera reads plates, old passages are still forgotten in time. */
export function passagesAtWork({ site, dataDir, passages, bus, clock, log }: PassagesOptions): Passages {
  const sections = site.rules.flatMap((rule) =>
    rule.kind === "section_speed" ? [{ ...rule, name: rule.id, from: rule.camera, to: rule.exit_camera }] : [],
  );
  const travel = new TravelStatistics({ distance: siteDistance(site), sections, clock });
  const reading = createPassageReading({
    cameras: site.cameras.flatMap(({ id: camera, intersection, plates }) =>
      plates === undefined
        ? []
        : [{ camera, intersection, country: plates.country ?? site.site.country, keep_h: plates.keep_h }],
    ),
    bus,
    ring: openRing(recordingsFolder(site, dataDir)),
    passages,
    seen: (passage) => travel.passed(passage),
    readPlates: readVehiclePlates,
    folder: join(dataDir, "work", "passages"),
    clock,
    log,
  });
  return { reading, travel };
}
