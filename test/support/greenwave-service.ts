/** The real service as a user runs it: its own process, its own data folder, any free port. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../scripts/greenwave.js", import.meta.url));

export interface ReadyDocument {
  readonly ready: true;
  readonly url: string;
  readonly pid: number;
  readonly data: string;
  readonly controllers: readonly { readonly id: string; readonly intersection: string; readonly port: number }[];
}

export interface RunningGreenwave {
  readonly ready: ReadyDocument;
  readonly process: ChildProcess;
  /** Everything the service said on stderr so far. */
  log(): string;
  json<T>(path: string): Promise<T>;
  /** The community of its virtual controllers. */
  community(): string;
  /** SIGTERM and the exit code; SIGKILL leaves no code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "greenwave-"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Resolves once the service announces itself; rejects with what it said when it exits before. */
export async function startGreenwave(
  dataDir: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = process.env,
): Promise<RunningGreenwave> {
  const child = spawn(process.execPath, [command, "serve", "--json", "--port", "0", "--data", dataDir, ...args], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr = (stderr + text).slice(-200_000);
  });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const ready = await new Promise<ReadyDocument>((resolve, reject) => {
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (stdout.includes("\n")) resolve(JSON.parse(stdout) as ReadyDocument);
    });
    child.once("exit", (code) => reject(new Error(`the service ended with ${code} before it was ready:\n${stderr}`)));
  });
  return {
    ready,
    process: child,
    log: () => stderr,
    json: async <T>(path: string) => (await (await fetch(new URL(path, ready.url))).json()) as T,
    community: () => readFileSync(join(dataDir, "virtual-community"), "utf8").trim(),
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return (await exited)[0];
    },
  };
}

/** Asks until the answer satisfies, or fails with the last answer at the deadline. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T>,
  satisfied: (answer: T) => boolean,
  deadlineMs: number,
): Promise<T> {
  const endMs = Date.now() + deadlineMs;
  let last: T | undefined;
  while (Date.now() < endMs) {
    last = await ask();
    if (satisfied(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(
    `${what} did not happen within ${deadlineMs / 1000} s; last answer: ${JSON.stringify(last)?.slice(0, 2000)}`,
  );
}
