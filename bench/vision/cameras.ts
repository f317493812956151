/** Cameras made of software: one GStreamer RTSP server each, as every real camera is a machine with a clock of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

export interface SoftwareCamera {
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}

async function ready(child: ChildProcess): Promise<void> {
  let complaint = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error(`no RTSP server: ${complaint.trim().split("\n").at(-1)}`)));
  });
}

/** Rejects where GStreamer's RTSP server is not installed, with what it said. */
export async function startCamera(root: string, film: string): Promise<SoftwareCamera> {
  const port = await freePort();
  const server = join(root, "test", "support", "rtsp-server.py");
  const child = spawn("/usr/bin/python3", [server, film, String(port)], { stdio: ["pipe", "pipe", "pipe"] });
  await ready(child);
  return {
    url: `rtsp://127.0.0.1:${port}/camera`,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}
