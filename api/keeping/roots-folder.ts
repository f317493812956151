/** Roots of days as files: in the data folder, and again wherever they are published. */
import { mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { DayRoots } from "./day-roots.ts";

const fileOf = (day: string): string => `${day}.json`;

/** Whole or not at all, whenever the power goes. */
async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const part = join(folder, `${name}.part`);
  const file = await open(part, "w");
  try {
    await file.writeFile(text, "utf8");
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, join(folder, name));
  const entries = await open(folder, "r");
  try {
    await entries.sync();
  } finally {
    await entries.close();
  }
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
