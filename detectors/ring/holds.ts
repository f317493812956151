/** Spans that must stay, for evidence: one small file each in the camera's folder, so that a pin outlives everybody. */
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

const holdSchema = z.strictObject({
  from_ms: z.number().int(),
  to_ms: z.number().int(),
  /** Such as the number of a case. */
  reason: z.string(),
});

export interface Hold extends Readonly<z.infer<typeof holdSchema>> {
  readonly id: string;
}

const folderOf = (cameraFolder: string): string => join(cameraFolder, "holds");
const idForm = /^[0-9a-f-]{36}$/;

/** An unreadable hold pins everything: it must have meant something. */
async function readHold(folder: string, file: string): Promise<Hold> {
  const id = file.slice(0, -5);
  try {
    return { id, ...holdSchema.parse(JSON.parse(await readFile(join(folder, file), "utf8"))) };
  } catch {
    return { id, from_ms: 0, to_ms: Number.MAX_SAFE_INTEGER, reason: "this hold cannot be read" };
  }
}

export async function readHolds(cameraFolder: string): Promise<readonly Hold[]> {
  const folder = folderOf(cameraFolder);
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return Promise.all(files.filter((file) => file.endsWith(".json")).map((file) => readHold(folder, file)));
}

/** On the disk when it resolves. */
export async function addHold(cameraFolder: string, span: Omit<Hold, "id">): Promise<Hold> {
  const folder = folderOf(cameraFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = randomUUID();
  const file = join(folder, `${id}.json`);
  const handle = await open(`${file}.part`, "wx", 0o600);
  try {
    await handle.writeFile(JSON.stringify(span));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, file);
  return { id, ...span };
}

/** False when there is no such hold. */
export async function removeHold(cameraFolder: string, id: string): Promise<boolean> {
  if (!idForm.test(id)) return false;
  return rm(join(folderOf(cameraFolder), `${id}.json`)).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return false;
      throw error;
    },
  );
}
