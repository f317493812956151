/** Roots of days as files: in the data folder, and again wherever they are published. */
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { syncPath } from "../storage/disk-sync.ts";
import type { DayRoots } from "./day-roots.ts";

const fileOf = (day: string): string => `${day}.json`;

/** Whole or not at all, whenever the power goes. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const part = join(folder, `${name}.part`);
  await writeFile(part, text, { flush: true });
  await rename(part, join(folder, name));
  await syncPath(folder);
}

/** Closed days that have no file in `folder` yet get one. A file that is there is never touched. */
export async function writeRoots(folder: string, roots: DayRoots): Promise<void> {
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(folder));
  for (const day of await roots.days()) {
    const name = fileOf(day);
    if (!there.has(name)) await writeWhole(folder, name, (await roots.closedDay(day)).document);
  }
}
