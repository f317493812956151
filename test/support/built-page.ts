/** The page built from its sources into a folder of its own, so that a test never sees yesterday's build. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const vite = fileURLToPath(new URL("../../node_modules/vite/bin/vite.js", import.meta.url));
const web = fileURLToPath(new URL("../../api/web/", import.meta.url));

export interface BuiltPage {
  readonly folder: string;
  remove(): void;
}

export function buildPage(): BuiltPage {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-page-"));
  const build = [vite, "build", "--outDir", folder, "--emptyOutDir", "--logLevel", "warn"];
  execFileSync(process.execPath, build, { cwd: web, stdio: ["ignore", "ignore", "inherit"] });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
