/** What a user gets who starts the real command with something wrong: one clear sentence, a failure, nothing lost. */
import { execFile } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import type { Health } from "../../api/http/deps.ts";
import { startGreenwave, temporaryFolder } from "../support/greenwave-service.ts";

const command = fileURLToPath(new URL("../../scripts/greenwave.js", import.meta.url));
const site = fileURLToPath(new URL("../fixtures/first-light.yaml", import.meta.url));

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function folder(): string {
  const made = temporaryFolder();
  closers.push(() => made.remove());
  return made.path;
}

async function run(...args: string[]) {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [command, ...args], { timeout: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

const withoutStack = (text: string): void => expect(text).not.toMatch(/^\s+at /m);

describe("starting the service", () => {
  it("names a busy port and how to choose another", async () => {
    const busy = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => busy.once("listening", resolve));
    closers.push(() => new Promise((resolve) => busy.close(resolve)));
    const { port } = busy.address() as { port: number };
    const { code, stderr } = await run("serve", site, "--port", String(port), "--data", folder());
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use by another program`);
    expect(stderr).toContain("--port");
    withoutStack(stderr);
  });

  it("names who occupies a data folder, and leaves that one running", async () => {
    const data = folder();
    const first = await startGreenwave(data, ["--site", site]);
    closers.push(() => first.stop());
    const { code, stderr } = await run("serve", site, "--port", "0", "--data", data);
    expect(code).toBe(1);
    expect(stderr).toContain(`process ${first.ready.pid}`);
    withoutStack(stderr);
    expect((await first.json<Health>("/healthz")).status).toBe("ok");
  });

  it("reports every mistake of a site file with its place, as one document when asked", async () => {
    const file = join(folder(), "wrong.yaml");
    writeFileSync(file, "version: 1\nsite: { id: Bad Id, name: x, timezone: Mars }\nintersectoins: []\n");
    const { code, stdout, stderr } = await run("serve", file, "--json");
    expect(code).toBe(1);
    const { problems } = JSON.parse(stdout) as { problems: { at: { line: number } }[] };
    expect(problems.map(({ at }) => at.line)).toEqual(expect.arrayContaining([2, 3]));
    expect(stderr).toContain('did you mean "intersections"?');
  });

  it("runs without ffmpeg, degraded, and says what to type", async () => {
    const path = folder();
    // A PATH on which node is all there is.
    symlinkSync(process.execPath, join(path, "node"));
    const before = process.env["PATH"];
    process.env["PATH"] = path;
    process.env["GREENWAVE_NO_APT"] = "1";
    closers.push(() => {
      process.env["PATH"] = before;
      delete process.env["GREENWAVE_NO_APT"];
    });
    const service = await startGreenwave(folder(), ["--site", site, "--source", "missing.mp4"]);
    closers.push(() => service.stop());
    const health = await service.json<Health>("/healthz");
    expect(health.status).toBe("degraded");
    expect(health.parts.find(({ name }) => name === "ffmpeg")?.message).toContain("apt-get install ffmpeg");
  });

  it("keeps everything else running when a camera's file is missing", async () => {
    const service = await startGreenwave(folder(), ["--site", site, "--source", "no-such-video.mp4"]);
    closers.push(() => service.stop());
    const health = await service.json<Health>("/healthz");
    const sick = health.parts.filter(({ state }) => state !== "ok").map(({ name }) => name);
    expect(sick.every((name) => name.startsWith("feed "))).toBe(true);
  });
});
