/** A package that was sealed before the power went, and not noted: it is as good as any, if it verifies. */
import { existsSync } from "node:fs";
import type { CasePlate, CaseRecord } from "../../../core/ports/cases.ts";
import type { PublicKey } from "../keys.ts";
import { verifyPackage } from "../verify-package.ts";
import { bytesOf, type MadePackage } from "./make-package.ts";
import { notedPlate, packageFolder, setAside } from "./work-folder.ts";

/** Null when there is none. One that does not verify, or is of another case, is set aside. */
export async function adoptPackage(
  { id }: CaseRecord,
  folder: string,
  keys: readonly PublicKey[],
): Promise<MadePackage | null> {
  const path = packageFolder(folder, id);
  if (!existsSync(path)) return null;
  const verdict = await verifyPackage(path, keys);
  if (!verdict.ok || verdict.value.findings.length > 0 || verdict.value.manifest.case_id !== id) {
    await setAside(folder, id);
    return null;
  }
  const { manifest, manifest_sha256 } = verdict.value;
  const said = manifest.plate;
  const noted = await notedPlate(folder, id);
  const known = noted !== null && noted.text === said?.text;
  const fromManifest: CasePlate | null =
    said === null ? null : { ...said, country: null, frames: 0, agreeing: 0, votes: [] };
  return {
    manifest_sha256,
    edition: manifest.edition,
    bytes: bytesOf(manifest),
    plate: known ? noted : fromManifest,
  };
}
