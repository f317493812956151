/** What was learned of devices, in one file each, so that the next start need not learn it again. No secret is in it. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { DeviceMemory } from "./ntcip-device.ts";
import { quirksSchema } from "./quirks.ts";

const memorySchema = z.strictObject({
  quirks: quirksSchema,
  checksum: z.number().int().min(0).max(65_535).nullable(),
});

const fileOf = (folder: string, controller: string): string => join(folder, `${controller}.json`);

/** Null where nothing is remembered, or where what is there cannot be read: then the device is asked again. */
export async function recallDevice(folder: string, controller: string): Promise<DeviceMemory | null> {
  try {
    const read = memorySchema.safeParse(JSON.parse(await readFile(fileOf(folder, controller), "utf8")));
    return read.success ? read.data : null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Whole or not at all: a power cut leaves the file that was there. */
export async function rememberDevice(folder: string, controller: string, memory: DeviceMemory): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = fileOf(folder, controller);
  await writeFile(`${file}.new`, `${JSON.stringify(memory)}\n`);
  await rename(`${file}.new`, file);
}
