/**
 * The SNMP community of the virtual controllers: made once, kept beside the data with owner-only access, so that it
 * is neither a default nor a word in a file that is shared.
 */
import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const VIRTUAL_COMMUNITY_VARIABLE = "GREENWAVE_VIRTUAL_COMMUNITY";

export async function virtualCommunity(dataDir: string): Promise<string> {
  const given = process.env[VIRTUAL_COMMUNITY_VARIABLE];
  if (given !== undefined && given !== "") return given;
  const file = join(dataDir, "virtual-community");
  try {
    return (await readFile(file, "utf8")).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const made = randomBytes(12).toString("hex");
  await mkdir(dataDir, { recursive: true });
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}
