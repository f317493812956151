/** Where packages and what becomes of them lie, and what a crash left of the latter. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CasePlate } from "../../../core/ports/cases.ts";

export const packageFolder = (folder: string, id: string): string => join(folder, id);

const PLATE = "plate.json";

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });

interface Leftover {
  readonly path: string;
  readonly id: string;
  /** Of a try; else of a seal. */
  readonly work: boolean;
}

async function leftovers(folder: string): Promise<readonly Leftover[]> {
  return (await namesIn(folder)).flatMap((name) => {
    const left = /^([a-z0-9][a-z0-9-]*)\.(work-\w+|part)$/.exec(name);
    return left === null ? [] : [{ path: join(folder, name), id: left[1] ?? "", work: left[2] !== "part" }];
  });
}

const workOf = async (folder: string, id: string): Promise<readonly Leftover[]> =>
  (await leftovers(folder)).filter((each) => each.work && each.id === id);

async function remove(all: readonly Leftover[]): Promise<void> {
  for (const { path } of all) await rm(path, { recursive: true, force: true });
}

export const removeWork = async (folder: string, id: string): Promise<void> => remove(await workOf(folder, id));

/**
 * A fresh folder for one try; those of earlier tries are gone. Never the same name twice: a program that outlived a
 * killed service may still write into the old one.
 */
export async function newWork(folder: string, id: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeWork(folder, id);
  return mkdtemp(join(folder, `${id}.work-`));
}

/** What was read, for whoever finds the package sealed and the case not noted: the manifest says less. */
export function notePlate(work: string, plate: CasePlate | null): Promise<void> {
  return writeFile(join(work, PLATE), JSON.stringify(plate), { mode: 0o600, flush: true });
}

/** Null when there is no note, or only part of one. */
export async function notedPlate(folder: string, id: string): Promise<CasePlate | null> {
  for (const { path } of await workOf(folder, id)) {
    try {
      return JSON.parse(await readFile(join(path, PLATE), "utf8")) as CasePlate | null;
    } catch {
      // The manifest's own words are what is left then.
    }
  }
  return null;
}

/** Takes away what was under way when the power went. `pending`: cases whose notes are still needed. */
export async function sweepWork(folder: string, pending: ReadonlySet<string>): Promise<void> {
  await remove((await leftovers(folder)).filter(({ id, work }) => !work || !pending.has(id)));
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
