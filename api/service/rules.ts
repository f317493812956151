/** Rules joined to the rest of the service: cameras, lamps, the clock, storage and the recordings. */
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { NtcipController } from "../../controllers/index.ts";
import { isSampled } from "../../core/cases/sampling.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { failed, ok, type Result } from "../../core/problems/problem.ts";
import { modelIdentity, openRing } from "../../detectors/index.ts";
import { LampWatch } from "../control/lamp-watch.ts";
import { CaseOpener } from "../enforcement/case-opener.ts";
import { Enforcement, type WatchedCamera } from "../enforcement/enforcement.ts";
import { MachineClock } from "../enforcement/machine-clock.ts";
import { SignalFollower } from "../enforcement/signal-follower.ts";
import type { Site } from "../site/schema.ts";
import { sha256 } from "../storage/sha256.ts";
import { isStream, type Watched, watchedCameras } from "./feeds.ts";
import { recordingsFolder } from "./recordings-folder.ts";
import type { ServeSettings } from "./settings.ts";

export interface RulesOptions {
  readonly site: Site;
  readonly settings: Pick<ServeSettings, "source" | "seed" | "dataDir">;
  readonly controllers: readonly NtcipController[];
  readonly cases: Pick<CaseStore, "open" | "record">;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: { warn(words: object, message: string): void; info(words: object, message: string): void };
}

export interface RulesAtWork {
  readonly enforcement: Enforcement;
  /** In the order in which they start. */
  readonly services: readonly Service[];
}

async function watchedOf(site: Site, { camera, source }: Watched): Promise<Result<WatchedCamera>> {
  const model = await modelIdentity(camera.model ?? site.model);
  if (!model.ok) return model;
  const controller = site.controllers.find(({ intersection }) => intersection === camera.intersection);
  const staged = !isStream(source) || controller?.kind === "virtual";
  return ok({ camera, staged, model: model.value });
}

/** Cameras without a picture judge nothing. */
export async function rulesAtWork(options: RulesOptions): Promise<Result<RulesAtWork>> {
  const { site, settings, controllers, cases, bus, clock, log } = options;
  const filmed = watchedCameras({ site, settings });
  if (!filmed.ok) return filmed;
  const judged = filmed.value.filter(({ camera }) => site.rules.some((rule) => rule.camera === camera.id));
  const cameras: WatchedCamera[] = [];
  for (const each of judged) {
    const watched = await watchedOf(site, each);
    if (!watched.ok) return failed(...watched.problems);
    cameras.push(watched.value);
  }
  const signalled = new Set(site.rules.flatMap((rule) => ("phase" in rule ? [rule.camera] : [])));
  const asked = new Set(
    cameras.filter(({ camera }) => signalled.has(camera.id)).map((each) => each.camera.intersection),
  );
  const lamps = new LampWatch({
    controllers: controllers.filter(({ intersection }) => asked.has(intersection)),
    clock,
    log,
  });
  const machine = new MachineClock({ stated: site.clock, clock });
  const ring = openRing(recordingsFolder(site, settings.dataDir));
  // Nobody can tell beforehand who is in the sample; a case keeps what was drawn for it.
  const seed = randomUUID();
  const follower = new SignalFollower({ cases, lamps, clock, log });
  const opener = new CaseOpener({
    cases,
    opened: (id, detection) => follower.follow(id, detection),
    hold: (camera, span) => ring.hold(camera, span),
    bus,
    clock,
    ...(cameras.length === 0 ? {} : { journal: join(settings.dataDir, "acts-waiting") }),
    sampled: (id) => isSampled(id, site.cases.second_review_share, seed, sha256),
    log,
  });
  const { rules, clock: clockStated } = site;
  const { timezone } = site.site;
  const enforcement = new Enforcement({ rules, timezone, clockStated, cameras, lamps, machine, opener });
  return ok({ enforcement, services: [opener, machine, lamps, follower] });
}
