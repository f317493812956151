/** Keeping joined to the rest of the service: the housekeeper, the closing of days, and the place of packages. */
import { join } from "node:path";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { createDayCloser } from "../keeping/day-closer.ts";
import { createKeeper, type Keeper } from "../keeping/keeper.ts";
import { createPackages, type Packages } from "../keeping/packages.ts";
import { s3Settings } from "../keeping/s3-settings.ts";
import { openS3 } from "../keeping/s3-store.ts";
import { siteRules } from "../keeping/site-rules.ts";
import type { Site } from "../site/schema.ts";
import type { Storage } from "../storage/open-storage.ts";
import { evidenceFolder, keysFolder } from "./evidence.ts";
import { recordingsFolder } from "./recordings-folder.ts";

export interface KeepingOptions {
  readonly site: Site;
  readonly dataDir: string;
  readonly storage: Storage;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Keeping {
  readonly keeper: Keeper;
  readonly packages: Packages;
  /** In the order of their start. */
  readonly services: readonly Service[];
  problems(): readonly { readonly name: string; readonly problem: Problem | null }[];
}

const GB = 1e9;

export const rootsFolder = (dataDir: string): string => join(dataDir, "roots");

/** Fails where the site names an evidence store that cannot be one. */
export async function createKeeping(options: KeepingOptions): Promise<Result<Keeping>> {
  const { site, dataDir, storage, bus, clock, env } = options;
  const s3 = s3Settings(env);
  if (!s3.ok) return s3;
  const { keeping: settings } = site;
  const { timezone } = site.site;
  const { roots, stored, deletions, samples } = storage.keeping;
  const packages = createPackages({
    folder: evidenceFolder(dataDir),
    stored,
    store: s3.value === null ? null : await openS3(s3.value),
    localCopyDays: settings.local_copy_days,
    clock,
  });
  const closer = createDayCloser({
    roots,
    bus,
    clock,
    site: site.site.id,
    timezone,
    keysFolder: keysFolder(dataDir),
    folders: [rootsFolder(dataDir), ...(settings.roots_folder === undefined ? [] : [settings.roots_folder])],
  });
  const keeper = createKeeper({
    cases: storage.cases,
    deletions,
    packages,
    passages: storage.passages,
    samples,
    chains: { ledger: storage.ledger, roots },
    rules: siteRules(settings),
    folders: { dataDir, recordings: recordingsFolder(site, dataDir) },
    quota_bytes: settings.quota_gb === undefined ? null : settings.quota_gb * GB,
    warnDays: settings.warn_days,
    timezone,
    clock,
  });
  return ok({
    keeper,
    packages,
    services: [packages, closer, keeper],
    problems: () => [
      { name: "daily root", problem: closer.problem() },
      { name: "evidence store", problem: packages.problem() },
      ...keeper.problems().map((problem) => ({ name: "keeping", problem })),
    ],
  });
}
