/** A camera for tests: GStreamer's RTSP server, sending one H.264 file over and over as one long broadcast. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

export interface RtspServer {
  /** The same across restarts. */
  readonly url: string;
  /** Resolves when it is gone: its connections are closed and its port refuses. Does nothing when it is not running. */
  stop(): Promise<void>;
  /** Stops it if it runs; resolves when it listens again. The broadcast begins anew. */
  restart(): Promise<void>;
  /** It keeps its connections and says no more, as a camera does whose cable was pulled. */
  freeze(): void;
  thaw(): void;
}

const script = fileURLToPath(new URL("rtsp-server.py", import.meta.url));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function listening(file: string, port: number): Promise<ChildProcess> {
  const child = spawn("/usr/bin/python3", [script, file, String(port)], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", () => resolve());
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the RTSP server ended with ${code}: ${said}`)));
  });
  return child;
}

/** Serves `file` on a port of its own that stays the same. */
export async function startRtspServer(file: string): Promise<RtspServer> {
  const port = await freePort();
  let child: ChildProcess | null = await listening(file, port);
  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    running.kill("SIGKILL");
    await once(running, "exit");
  };
  const restart = async (): Promise<void> => {
    await stop();
    child = await listening(file, port);
  };
  const freeze = (): void => void child?.kill("SIGSTOP");
  const thaw = (): void => void child?.kill("SIGCONT");
  return { url: `rtsp://127.0.0.1:${port}/camera`, stop, restart, freeze, thaw };
}
