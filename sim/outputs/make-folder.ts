/** A folder and those above it. Node's own way never comes back where the kernel lets nobody make one, as under /proc. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/** Throws what the file system says. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another seed's process may have been faster.
    if (!existsSync(path)) throw error;
  }
}
