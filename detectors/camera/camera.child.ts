/** Child process: one camera, from the stream to its flow intervals. Obeys its parent, and ends with it. */
import { ProblemError, sentence } from "../../core/problems/problem.ts";
import { loadPlannedDetector } from "../pace/planned-detector.ts";
import { systemClock } from "../system-clock.ts";
import { CameraEye } from "./camera-eye.ts";
import { type FromCamera, toCamera, type WatchOrder } from "./camera-messages.ts";

/** Messages on their way; above this the parent is not listening. */
const mostUnderWay = 16;

const stopping = new AbortController();
let underWay = 0;
let allSaid: (() => void) | null = null;
let watching = false;
let eye: CameraEye | null = null;

function say(message: FromCamera): boolean {
  if (process.connected) {
    underWay += 1;
    process.send?.(message, () => {
      underWay -= 1;
      if (underWay === 0) allSaid?.();
    });
  }
  return underWay < mostUnderWay;
}

async function watch(order: WatchOrder): Promise<void> {
  const detector = await loadPlannedDetector(order.camera, order.cameras);
  eye = new CameraEye({ order, detector, clock: systemClock, chance: Math.random, say });
  await eye.run(stopping.signal);
  await detector.close();
}

async function leave(): Promise<void> {
  if (process.connected && underWay > 0) {
    await new Promise<void>((resolve) => {
      allSaid = resolve;
      process.once("disconnect", resolve);
    });
  }
  process.exit(0);
}

/** The last line on stderr is what the parent shows as the reason. */
function fail(error: unknown): never {
  const said = error instanceof ProblemError ? error.problems.map((p) => sentence(p)).join(" ") : String(error);
  process.stderr.write(`${said}\n`);
  process.exit(1);
}

function obey(message: unknown): void {
  const order = toCamera.parse(message);
  if (order.kind === "stop") stop();
  else if (order.kind === "still") still();
  else if (order.kind === "accept") eye?.accept();
  else if (!watching) {
    watching = true;
    watch(order).then(leave).catch(fail);
  }
}

function still(): void {
  if (eye === null) say({ kind: "still", jpeg: null });
  else eye.still();
}

function stop(): void {
  stopping.abort();
  if (!watching) process.exit(0);
}

process.on("message", obey);
// Without a parent nobody wants to know; ffmpeg is stopped on the way out.
process.on("disconnect", stop);
process.on("SIGTERM", stop);
// Ctrl-C reaches the whole process group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
