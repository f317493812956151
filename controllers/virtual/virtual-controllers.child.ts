/** Child process: all virtual controllers of a site. Starts on the parent's word and ends with the parent. */
import { type ChildMessage, startMessage } from "./child-messages.ts";
import { systemClock } from "./system-clock.ts";
import { startVirtualControllers, type VirtualControllers } from "./virtual-controllers.ts";

let running: VirtualControllers | null = null;

const say = (message: ChildMessage): void => {
  process.send?.(message);
};

async function start(message: unknown): Promise<void> {
  const read = startMessage.safeParse(message);
  if (!read.success) {
    say({
      kind: "failed",
      reason: read.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`).join("; "),
    });
    return;
  }
  try {
    running = await startVirtualControllers({
      controllers: read.data.controllers,
      clock: systemClock,
      onTrip: (controller, trip) => say({ kind: "tripped", controller, fault: JSON.stringify(trip.reason) }),
    });
    say({ kind: "ready", ports: Object.fromEntries([...running.controllers].map(([id, { port }]) => [id, port])) });
  } catch (cause) {
    say(refusal(cause));
  }
}

function refusal(cause: unknown): ChildMessage {
  const { code, port } = cause as { readonly code?: unknown; readonly port?: unknown };
  if (code === "EADDRINUSE" && typeof port === "number") return { kind: "busy", port };
  return { kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) };
}

async function stop(): Promise<void> {
  await running?.close();
  process.exit(0);
}

process.on("message", (message) => void start(message));
process.on("disconnect", () => void stop());
process.on("SIGTERM", () => void stop());
// Ctrl-C reaches the whole process group; the parent decides when its children end.
process.on("SIGINT", () => undefined);
say({ kind: "listening" });
