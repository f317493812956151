/** Child processes run compiled code, whether their parent runs from `dist` or from sources. */
import { join } from "node:path";
import { projectRoot } from "./project-root.ts";

/** `entry` is a path below `dist/detectors`, such as `count/count.child.js`. */
export const childEntry = (entry: string): string => join(projectRoot(), "dist", "detectors", entry);
