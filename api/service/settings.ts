/** Where things are when nobody says otherwise. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json: the same from sources and from a build. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package.json not found above the program");
    folder = parent;
  }
  return folder;
}

export const defaultSiteFile = (): string => join(projectRoot(), "docs", "sample-site.yaml");

export const defaultDataDir = (): string => process.env["GREENWAVE_DATA"] ?? join(projectRoot(), ".greenwave", "data");

/** Where everything is remembered: in `dataDir`, and in the tables of DATABASE_URL where that is set. */
export const storagePlace = (dataDir: string): { dataDir: string; databaseUrl: string | undefined } => ({
  dataDir,
  databaseUrl: process.env["DATABASE_URL"] || undefined,
});

export const DEFAULT_PORT = 8080;

/** What one run of the service was asked for. */
export interface ServeSettings {
  readonly siteFile: string;
  readonly dataDir: string;
  readonly port: number;
  /** A real picture for one camera, in place of what the site file says. */
  readonly source: { readonly address: string; readonly camera: string | null } | null;
  readonly seed: number;
}
