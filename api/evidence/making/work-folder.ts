/** Where packages and what becomes of them lie, and what a crash left of the latter. */
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CasePlate } from "../../../core/ports/cases.ts";

export const packageFolder = (folder: string, id: string): string => join(folder, id);
export const workFolder = (folder: string, id: string): string => join(folder, `${id}.work`);
/** What was read, for whoever finds the package sealed and the case not noted: the manifest says less. */
export const plateNote = (folder: string, id: string): string => join(workFolder(folder, id), "plate.json");

/** Null when there is no note, or only part of one. */
export async function notedPlate(folder: string, id: string): Promise<CasePlate | null> {
  try {
    return JSON.parse(await readFile(plateNote(folder, id), "utf8")) as CasePlate | null;
  } catch {
    // The manifest's own words are what is left then.
    return null;
  }
}

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });

/** Takes away what was under way when the power went. `pending`: cases whose notes are still needed. */
export async function sweepWork(folder: string, pending: ReadonlySet<string>): Promise<void> {
  for (const name of await namesIn(folder)) {
    const work = /^([a-z0-9][a-z0-9-]*)\.(work|part)$/.exec(name);
    if (work === null || (work[2] === "work" && pending.has(work[1] ?? ""))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

/** A folder in the package's place that is no sound package is kept for a person to look at, under a free name. */
export async function setAside(folder: string, id: string): Promise<string> {
  const names = new Set(await namesIn(folder));
  let n = 1;
  while (names.has(`${id}.aside-${n}`)) n += 1;
  const aside = join(folder, `${id}.aside-${n}`);
  await rename(packageFolder(folder, id), aside);
  return aside;
}
