/** A real S3 for tests: OpenStack Swift with its S3 interface, from Debian, in a folder and on a port of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";

const script = fileURLToPath(new URL("./s3-server.py", import.meta.url));

export interface S3Server {
  /** Environment of a service that keeps its evidence there. */
  readonly env: { readonly EVIDENCE_S3: string; readonly EVIDENCE_S3_KEY: string; readonly EVIDENCE_S3_SECRET: string };
  readonly client: S3Client;
  readonly bucket: string;
  stop(): Promise<void>;
}

export async function startS3(): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-s3-"));
  const server: ChildProcess = spawn("/usr/bin/python3", [script, folder, "city", "not-a-secret"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  server.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once("exit", (code) => reject(new Error(`the S3 server ended with ${code}: ${said}`)));
    server.stdout?.setEncoding("utf8").once("data", (text: string) => resolve(Number(text)));
  });
  const [keyId, secret, bucket] = ["city:city", "not-a-secret", "evidence"];
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return {
    env: { EVIDENCE_S3: `${endpoint}/${bucket}/da-nang`, EVIDENCE_S3_KEY: keyId, EVIDENCE_S3_SECRET: secret },
    client,
    bucket,
    stop: async () => {
      client.destroy();
      server.kill("SIGKILL");
      if (server.exitCode === null && server.signalCode === null) await once(server, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
