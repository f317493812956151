/** Keeping joined to the rest of the service: the housekeeper, the closing of days, and the place of packages. */
import { join } from "node:path";
import type { Inclusion } from "../../core/evidence/day-root.ts";
import { sealOf } from "../../core/evidence/package/seals.ts";
import { localDay } from "../../core/keeping/calendar.ts";
import type { RetentionRule } from "../../core/keeping/retention-rules.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { ok, type Problem, type Result } from "../../core/problems/problem.ts";
import { createDayCloser, type DayCloser } from "../keeping/day-closer.ts";
import { createKeeper, type Keeper } from "../keeping/keeper.ts";
import { createPackages, type Packages } from "../keeping/packages.ts";
import { s3Settings } from "../keeping/s3-settings.ts";
import { openS3 } from "../keeping/s3-store.ts";
import { siteRules } from "../keeping/site-rules.ts";
import type { KeepingStores } from "../keeping/stores.ts";
import { keptTooLong } from "../keeping/too-long.ts";
import type { Site } from "../site/schema.ts";
import type { Storage } from "../storage/open-storage.ts";
import { evidenceFolder, keysFolder } from "./evidence.ts";
import { recordingsFolder } from "./recordings-folder.ts";

export interface KeepingOptions {
  readonly site: Site;
  readonly dataDir: string;
  readonly storage: Storage;
  /** As everybody here uses it: what happens to a case is told. */
  readonly cases: CaseStore;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Keeping {
  readonly stores: KeepingStores;
  readonly keeper: Keeper;
  readonly closer: DayCloser;
  readonly rules: readonly RetentionRule[];
  readonly timezone: string;
  readonly packages: Packages & {
    /** That the package's seal is under the root of its day; null while that day is not closed. */
    proofOf(caseId: string, manifest_sha256: string): Promise<Inclusion | null>;
  };
  /** In the order of their start. */
  readonly services: readonly Service[];
  problems(): readonly { readonly name: string; readonly problem: Problem | null }[];
}

const GB = 1e9;

const rootsFolder = (dataDir: string): string => join(dataDir, "roots");

/** Fails where the site names an evidence store that cannot be one. */
export async function createKeeping(options: KeepingOptions): Promise<Result<Keeping>> {
  const { site, dataDir, storage, cases, bus, clock, env } = options;
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
  const rules = siteRules(settings);
  const keeper = createKeeper({
    cases,
    deletions,
    packages,
    samples,
    chains: { ledger: storage.ledger, roots },
    rules,
    folders: { dataDir, recordings: recordingsFolder(site, dataDir) },
    quota_bytes: settings.quota_gb === undefined ? null : settings.quota_gb * GB,
    warnDays: settings.warn_days,
    timezone,
    clock,
  });
  const proofOf = async (caseId: string, manifest_sha256: string): Promise<Inclusion | null> => {
    const seal = sealOf(await cases.log(caseId), caseId, manifest_sha256);
    return seal === null ? null : roots.proof(caseId, seal.seq);
  };
  return ok({
    stores: storage.keeping,
    keeper,
    closer,
    rules,
    timezone,
    packages: Object.assign(packages, { proofOf }),
    services: [packages, closer, keeper],
    problems: () => [
      { name: "daily root", problem: closer.problem() },
      { name: "evidence store", problem: packages.problem() },
      ...[...keptTooLong(site, rules, localDay(clock.nowMs(), timezone)), ...keeper.problems()].map((problem) => ({
        name: "keeping",
        problem,
      })),
    ],
  });
}
