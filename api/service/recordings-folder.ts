/** Where recordings are: what the site file says, else beside everything else that is remembered. */
import { join } from "node:path";
import type { Site } from "../site/schema.ts";

export const recordingsFolder = ({ recording }: Pick<Site, "recording">, dataDir: string): string =>
  recording.folder ?? join(dataDir, "recordings");
