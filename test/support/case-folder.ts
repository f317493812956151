/** A service's data folder for tests of cases: its storage with the vault, its signing key, its ring, its packages. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type SigningKey, signingKey } from "../../api/evidence/keys.ts";
import { openPlateVault } from "../../api/plates/plate-vault.ts";
import { openStorage, type Storage } from "../../api/storage/open-storage.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { openRing, type Ring } from "../../detectors/index.ts";
import { need } from "./data-folder.ts";

export interface CaseFolder {
  readonly storage: Storage;
  readonly ring: Ring;
  readonly keys: readonly SigningKey[];
  /** Of the packages. */
  readonly evidence: string;
}

export async function openCaseFolder(dataDir: string, clock: Clock): Promise<CaseFolder> {
  const keys = join(dataDir, "keys");
  await mkdir(keys, { recursive: true, mode: 0o700 });
  const vault = need(await openPlateVault(dataDir, clock));
  return {
    storage: need(await openStorage({ dataDir, clock, vault })),
    ring: openRing(join(dataDir, "recordings")),
    keys: [await signingKey(keys)],
    evidence: join(dataDir, "evidence"),
  };
}
