import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import type { FoundFile } from "../../core/evidence/package/check-files.ts";

/** Reads the file once, whatever its length. */
export async function hashFile(path: string, name: string): Promise<FoundFile> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { name, sha256: hash.digest("hex"), bytes };
}
