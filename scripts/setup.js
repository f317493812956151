/**
 * Set-up: what a fresh clone needs before the main job can run. Node built-ins only, idempotent, under one second
 * when there is nothing to do. `npm start`, `npm test` and the `greenwave` command call it as their own first step.
 */
import { createHash } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ensureFfmpeg } from "./ffmpeg.js";
import { runStep, SetUpError } from "./run-step.js";
import { withSetUpLock } from "./setup-lock.js";

export const root = fileURLToPath(new URL("..", import.meta.url));
const BUILT_FOLDERS = ["core", "detectors", "controllers", "sim", "api"];
const SOURCE_ENDINGS = [".ts", ".tsx", ".css", ".html", ".json", ".svg"];
/** Oldest minor version of the lines before 24 that our tools run on. */
const OLDEST_MINOR = { 20: 19, 22: 12 };

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major >= 24 || minor >= (OLDEST_MINOR[major] ?? Number.POSITIVE_INFINITY)) return;
  throw new SetUpError(
    `Node ${process.versions.node} does not do: greenwave needs 24 or newer, 22.12 or 20.19 (https://nodejs.org).`,
  );
}

const stampFile = (name) => join(root, ".greenwave", "setup", name);
const stampIs = (name, value) => existsSync(stampFile(name)) && readFileSync(stampFile(name), "utf8") === value;

function writeStamp(name, value) {
  mkdirSync(join(root, ".greenwave", "setup"), { recursive: true });
  writeFileSync(stampFile(name), value);
}

/**
 * `modules` changes with Node's major version. Native parts of today use Node-API and would do for every Node; one that a
 * site has built itself, or a later one, may not.
 */
function packagesDigest() {
  const hash = createHash("sha256").update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  for (const file of ["package.json", "package-lock.json", ".npmrc", "api/web/package.json"]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

/** The npm that runs us, or the one on the PATH. `npm ci` must see development packages: they hold the compiler. */
async function installPackages() {
  const digest = packagesDigest();
  if (existsSync(join(root, "node_modules")) && stampIs("packages", digest)) return false;
  const underNpm = process.env.npm_execpath;
  const [command, first] =
    underNpm !== undefined && /npm-cli\.c?js$/.test(underNpm) ? [process.execPath, [underNpm]] : ["npm", []];
  const args = [...first, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  await runStep("installing packages (npm ci)", command, args, { cwd: root });
  linkCommand();
  writeStamp("packages", digest);
  return true;
}

/** npm links the commands of dependencies, not of the package itself: this makes `npx greenwave` find ours. */
function linkCommand() {
  const link = join(root, "node_modules", ".bin", "greenwave");
  mkdirSync(join(root, "node_modules", ".bin"), { recursive: true });
  if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) rmSync(link);
  symlinkSync("../../scripts/greenwave.js", link);
}

/** Names, sizes and change times of every source: cheap, and enough to know that a build is current. */
function sourcesDigest() {
  const hash = createHash("sha256")
    .update(packagesDigest())
    .update(readFileSync(join(root, "tsconfig.json")));
  const visit = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === "node_modules") continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (SOURCE_ENDINGS.some((ending) => entry.name.endsWith(ending))) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path} ${size} ${mtimeMs}\n`);
      }
    }
  };
  for (const folder of BUILT_FOLDERS) visit(join(root, folder));
  return hash.digest("hex");
}

async function build() {
  const digest = sourcesDigest();
  if (
    existsSync(join(root, "dist", "api", "main.js")) &&
    existsSync(join(root, "dist", "web")) &&
    stampIs("build", digest)
  ) {
    return false;
  }
  const bin = (name) => join(root, "node_modules", name);
  await runStep("compiling", process.execPath, [bin("typescript/bin/tsc"), "-b", ...BUILT_FOLDERS], { cwd: root });
  const vite = [bin("vite/bin/vite.js"), "build", "--outDir", "../../dist/web", "--emptyOutDir", "--logLevel", "warn"];
  await runStep("building the page", process.execPath, vite, { cwd: join(root, "api", "web") });
  writeStamp("build", digest);
  return true;
}

/**
 * Does what is missing. `ffmpeg: true` also sees to ffmpeg, which only the system can bring; a machine without it
 * still gets a service that says what to type.
 */
export async function setUp({ ffmpeg = false } = {}) {
  checkNode();
  await withSetUpLock(join(root, ".greenwave"), async () => {
    await installPackages();
    await build();
    if (ffmpeg) await ensureFfmpeg(root);
  });
}

/** Runs set-up for a command: a failure is told in its own words, without a stack trace. */
export async function setUpOrExit(options) {
  try {
    await setUp(options);
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`greenwave: ${error.message}\n`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUpOrExit({ ffmpeg: !process.argv.includes("--build-only") });
}
