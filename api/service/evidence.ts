/** The making of evidence joined to the rest of the service: recordings, cases, the signing key, and the networks. */
import { join } from "node:path";
import type { Logger } from "pino";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { openRing, readVehiclePlate, redactClip, redactPictures } from "../../detectors/index.ts";
import { signingKey } from "../evidence/keys.ts";
import { createEvidenceMaking, type EvidenceMaking } from "../evidence/making/making.ts";
import type { Site } from "../site/schema.ts";
import { recordingsFolder } from "./recordings-folder.ts";

export interface EvidenceSettings {
  readonly site: Site;
  readonly dataDir: string;
  readonly cases: CaseStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Logger;
}

/** From before the act to after it, as whoever judges a clip expects it. */
const span = { before_ms: 5000, after_ms: 5000 } as const;

export const evidenceFolder = (dataDir: string): string => join(dataDir, "evidence");
/** Of the traffic centre: the secret one, and beside it the public one, which is to be published. */
export const keysFolder = (dataDir: string): string => join(dataDir, "keys");

export async function evidenceMaking({ site, dataDir, cases, ...rest }: EvidenceSettings): Promise<EvidenceMaking> {
  const { id, timezone, country } = site.site;
  const places = new Map(site.rules.map((each) => [each.id, each.name]));
  const names = new Map(site.intersections.map((each) => [each.id, each.name]));
  return createEvidenceMaking({
    ...rest,
    ring: openRing(recordingsFolder(site, dataDir)),
    cases,
    folder: evidenceFolder(dataDir),
    keys: [await signingKey(keysFolder(dataDir))],
    tools: { readPlate: readVehiclePlate, redactClip, redactPictures },
    site: {
      id,
      timezone,
      country,
      place: ({ rule, intersection }) => places.get(rule.place) ?? names.get(intersection) ?? intersection,
    },
    span,
  });
}
