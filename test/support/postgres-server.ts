/** A PostgreSQL server for tests: Debian's own, in a folder and on a port of its own, gone afterwards. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

const debian = "/usr/lib/postgresql";

/** Debian keeps each major version apart, off the search path. */
export function postgresFolder(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folder = versions.map((version) => join(debian, version, "bin")).find((bin) => existsSync(join(bin, "initdb")));
  return folder ?? null;
}

export interface PostgresServer {
  /** `postgres://…` of a new, empty database. */
  database(): string;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** PostgreSQL refuses to run as root; Debian's package comes with a user for it. */
function owner(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

export async function startPostgres(): Promise<PostgresServer> {
  const bin = postgresFolder();
  if (bin === null) throw new Error("PostgreSQL is not here (Debian: apt-get install postgresql)");
  const folder = mkdtempSync(join(tmpdir(), "greenwave-postgres-"));
  const as = owner();
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, "data");
  const init = ["-D", data, "-U", "greenwave", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(bin, "initdb"), init, { ...as, stdio: "ignore" });
  const port = await freePort();
  let server: ChildProcess | null = null;
  let said = "";
  const run = async (): Promise<void> => {
    const settings = [`unix_socket_directories=${folder}`, "listen_addresses=127.0.0.1", `port=${port}`];
    const args = ["-D", data, ...settings.flatMap((each) => ["-c", each])];
    const child = spawn(join(bin, "postgres"), args, { ...as, stdio: ["ignore", "ignore", "pipe"] });
    server = child;
    await new Promise<void>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`postgres ended with ${code}: ${said}`)));
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        said = (said + text).slice(-4000);
        if (text.includes("ready to accept connections")) resolve();
      });
    });
  };
  const end = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running === null || running.exitCode !== null) return;
    // "Fast" shutdown: connections are cut and transactions rolled back.
    running.kill("SIGINT");
    await once(running, "exit");
  };
  await run();
  let made = 0;
  return {
    database: () => {
      made += 1;
      const args = ["-h", folder, "-p", String(port), "-U", "greenwave", `city_${made}`];
      execFileSync(join(bin, "createdb"), args, { stdio: "ignore" });
      return `postgres://greenwave@127.0.0.1:${port}/city_${made}`;
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
    restart: async () => {
      await end();
      await run();
    },
  };
}
