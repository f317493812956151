/** ffmpeg comes from the system. As root on Debian or Ubuntu we may install it; anyone else is told what to type. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runStep } from "./run-step.js";

const RETRY_AFTER_MS = 24 * 3600 * 1000;

const hasFfmpeg = () => spawnSync("ffmpeg", ["-version"], { stdio: "ignore" }).status === 0;

function aptMayInstall() {
  if (process.env.GREENWAVE_NO_APT !== undefined || process.getuid?.() !== 0 || !existsSync("/etc/os-release"))
    return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** A machine that could not reach its package archive once is not made to wait for it at every start. */
const triedLately = (marker) => existsSync(marker) && Date.now() - statSync(marker).mtimeMs < RETRY_AFTER_MS;

export async function ensureFfmpeg(root) {
  if (hasFfmpeg()) return;
  const marker = join(root, ".greenwave", "setup", "ffmpeg-not-installed");
  if (aptMayInstall() && !triedLately(marker)) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const network = ["-o", "Acquire::http::Timeout=15", "-o", "Acquire::Retries=1"];
    const options = { cwd: root, env, must: false };
    await runStep("reading the package list (apt-get update)", "apt-get", [...network, "update"], options);
    const install = [...network, "install", "-y", "--no-install-recommends", "ffmpeg"];
    if ((await runStep("installing ffmpeg (apt-get)", "apt-get", install, options)) && hasFfmpeg()) return;
    mkdirSync(join(root, ".greenwave", "setup"), { recursive: true });
    writeFileSync(marker, "");
  }
  process.stderr.write(
    "greenwave: ffmpeg is not installed, so no camera can be decoded. On Debian or Ubuntu: sudo apt-get install ffmpeg\n",
  );
}
