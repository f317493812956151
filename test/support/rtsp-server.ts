/** A camera for tests: GStreamer's RTSP server, sending one H.264 or H.265 file over and over as one long broadcast. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

export interface RtspServer {
  /** The same across restarts; without a password. */
  readonly url: string;
  readonly port: number;
  /** Resolves when it is gone: its connections are closed and its port refuses. Does nothing when it is not running. */
  stop(): Promise<void>;
  /** Stops it if it runs; resolves when it listens again. The broadcast begins anew. */
  restart(): Promise<void>;
  /** It keeps its connections and says no more, as a camera does whose cable was pulled. */
  freeze(): void;
  thaw(): void;
  /** One of the orders of rtsp-server.py, such as `stall`; resolves when it is obeyed. */
  order(text: string): Promise<void>;
}

export interface RtspLogin {
  readonly user: string;
  readonly password: string;
}

const script = fileURLToPath(new URL("rtsp-server.py", import.meta.url));

class PythonCamera {
  readonly process: ChildProcess;
  readonly #answers: (() => void)[] = [];
  readonly #gone: Promise<never>;

  constructor(args: readonly string[]) {
    const child = spawn("/usr/bin/python3", [script, ...args], { stdio: ["pipe", "pipe", "pipe"] });
    this.process = child;
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4000);
    });
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      for (const _line of text.trim().split("\n")) this.#answers.shift()?.();
    });
    child.stdin.on("error", () => undefined);
    this.#gone = new Promise((_resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => reject(new Error(`the RTSP server ended with ${code ?? signal}: ${said}`)));
    });
    this.#gone.catch(() => undefined);
  }

  /** Its next line: "ready" first, then "done" after every order. */
  answer(): Promise<void> {
    return Promise.race([new Promise<void>((resolve) => this.#answers.push(resolve)), this.#gone]);
  }

  async order(text: string): Promise<void> {
    const answered = this.answer();
    this.process.stdin?.write(`${text}\n`);
    await answered;
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }
}

/** Serves `file` on a port of its own that stays the same; with a login, to nobody else. */
export async function startRtspServer(file: string, login?: RtspLogin): Promise<RtspServer> {
  const port = await freePort();
  const args = [file, String(port), ...(login === undefined ? [] : [login.user, login.password])];
  const start = async (): Promise<PythonCamera> => {
    const camera = new PythonCamera(args);
    await camera.answer();
    return camera;
  };
  let running: PythonCamera | null = await start();
  const stop = async (): Promise<void> => {
    const camera = running;
    running = null;
    await camera?.kill();
  };
  const restart = async (): Promise<void> => {
    await stop();
    running = await start();
  };
  const freeze = (): void => void running?.process.kill("SIGSTOP");
  const thaw = (): void => void running?.process.kill("SIGCONT");
  const order = async (text: string): Promise<void> => running?.order(text);
  return { url: `rtsp://127.0.0.1:${port}/camera`, port, stop, restart, freeze, thaw, order };
}
