/** Debian's SNMP agent, which is no signal controller, on a port and in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

export const SNMPD = {
  community: "peer-4471aa",
  user: "centre",
  authKey: "peer-auth-phrase-1",
  privKey: "peer-priv-phrase-1",
  description: "a quiet box in a cabinet",
} as const;

/** RFC 3411: the enterprise of Net-SNMP, a text, and the text `cabinet-peer`. Boots count on under the same engine alone. */
const ENGINE_ID = `0x80001f8804${Buffer.from("cabinet-peer").toString("hex")}`;

export interface Snmpd {
  readonly host: string;
  readonly port: number;
  /** Ends it and starts it anew, as one that was started so often before. */
  restart(boots: number): Promise<void>;
  remove(): Promise<void>;
}

export async function startSnmpd(): Promise<Snmpd> {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-snmpd-"));
  const kept = join(folder, "kept");
  const port = await freePort();
  const settings = join(folder, "snmpd.conf");
  const { community, user, authKey, privKey, description } = SNMPD;
  const lines = [
    `agentaddress udp:127.0.0.1:${port}`,
    `rocommunity ${community}`,
    "engineID cabinet-peer",
    `createUser ${user} SHA-256 ${authKey} AES ${privKey}`,
    `rouser ${user} priv`,
    `sysDescr ${description}`,
  ];
  let server: ChildProcess | null = null;
  const start = async (boots: number): Promise<void> => {
    writeFileSync(settings, `${[...lines, `oldEngineID ${ENGINE_ID}`, `engineBoots ${boots}`].join("\n")}\n`);
    const child = spawn("/usr/sbin/snmpd", ["-f", "-Lo", "-C", "-c", settings, "-I", "-systemd_agent"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, SNMP_PERSISTENT_DIR: kept },
    });
    server = child;
    await new Promise<void>((resolve, reject) => {
      const hear = (text: string): void => {
        if (text.includes("NET-SNMP version")) resolve();
      };
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`snmpd ended with ${code}`)));
      child.stdout.setEncoding("utf8").on("data", hear);
      child.stderr.setEncoding("utf8").on("data", hear);
    });
  };
  const stop = async (): Promise<void> => {
    const running = server;
    server = null;
    if (running === null || running.exitCode !== null) return;
    running.kill("SIGTERM");
    await once(running, "exit");
  };
  await start(7);
  return {
    host: "127.0.0.1",
    port,
    restart: async (boots) => {
      await stop();
      rmSync(kept, { recursive: true, force: true });
      await start(boots);
    },
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
