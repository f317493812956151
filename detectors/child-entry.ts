/** Child processes run compiled code, found from the project root, whether their parent runs from `dist` or sources. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** `entry` is a path below `dist/detectors`, such as `count/count.child.js`. */
export function childEntry(entry: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, "dist", "detectors", entry);
}
