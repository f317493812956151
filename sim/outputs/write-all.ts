/** A file system may take fewer bytes at once than it is given. */
import { writeSync } from "node:fs";

/** Throws what the file system says. */
export function writeAll(file: number, bytes: Uint8Array): void {
  let from = 0;
  while (from < bytes.length) from += writeSync(file, bytes, from, bytes.length - from);
}
