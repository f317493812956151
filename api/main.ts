/** The program: the verbs, the signals that stop it, and the exit code. */
import { bandsVerb } from "./cli/bands.ts";
import { calibrateVerb } from "./cli/calibrate.ts";
import { camerasVerb } from "./cli/cameras.ts";
import { checkVerb } from "./cli/check.ts";
import { countVerb } from "./cli/count.ts";
import { detectVerb } from "./cli/detect.ts";
import { devicesVerb } from "./cli/devices.ts";
import { diagramVerb } from "./cli/diagram.ts";
import { doctorVerb } from "./cli/doctor.ts";
import { evalTracksVerb } from "./cli/eval-tracks.ts";
import { eventsVerb } from "./cli/events.ts";
import { forecastVerb } from "./cli/forecast.ts";
import { keepingVerb } from "./cli/keeping.ts";
import { pivotVerb } from "./cli/pivot.ts";
import { platesVerb } from "./cli/plates.ts";
import { playerVerb } from "./cli/player.ts";
import { probeVerb } from "./cli/probe.ts";
import { pushVerb } from "./cli/push.ts";
import { recordingsVerb } from "./cli/recordings.ts";
import { retimeVerb } from "./cli/retime.ts";
import { rsmpSiteVerb } from "./cli/rsmp-site.ts";
import { rsmpSupervisorVerb } from "./cli/rsmp-supervisor.ts";
import { runCommandLine, type Terminal } from "./cli/run.ts";
import { scheduleVerb } from "./cli/schedule.ts";
import { scrambleVerb } from "./cli/scramble.ts";
import { secretsVerb } from "./cli/secrets.ts";
import { serveVerb } from "./cli/serve.ts";
import { simulateVerb } from "./cli/simulate.ts";
import { traceVerb } from "./cli/trace.ts";
import { vcontrollerVerb } from "./cli/vcontroller.ts";
import { verifyVerb } from "./cli/verify.ts";
import { version } from "./service/version.ts";

const verbs = [
  serveVerb,
  countVerb,
  detectVerb,
  platesVerb,
  probeVerb,
  calibrateVerb,
  camerasVerb,
  recordingsVerb,
  retimeVerb,
  forecastVerb,
  scheduleVerb,
  pivotVerb,
  scrambleVerb,
  bandsVerb,
  diagramVerb,
  simulateVerb,
  playerVerb,
  pushVerb,
  devicesVerb,
  vcontrollerVerb,
  rsmpSiteVerb,
  rsmpSupervisorVerb,
  traceVerb,
  checkVerb,
  eventsVerb,
  keepingVerb,
  evalTracksVerb,
  verifyVerb,
  secretsVerb,
  doctorVerb,
];

const terminal: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** A reader that went away (`greenwave … | head`) is no failure of ours. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}

export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on("error", ignoreClosedPipe);
  process.stderr.on("error", ignoreClosedPipe);
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  process.exitCode = await runCommandLine(verbs, version(), argv, terminal, stop.signal);
}
