import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lockFolder } from "../../../api/storage/folder-lock.ts";
import { DataFolders, need } from "../../support/data-folder.ts";

const folders = new DataFolders();
afterAll(() => folders.remove());

const occupiedBy = (pid: string | number, folder: string) => ({
  ok: false,
  problems: [{ code: "DATA_FOLDER_OCCUPIED", words: { folder, pid: String(pid) } }],
});

describe("the lock of a data folder", () => {
  it("names the process that has the folder, and frees it on release", async () => {
    const folder = await folders.unused();
    const lock = need(await lockFolder(folder));
    expect(await lockFolder(folder)).toEqual(occupiedBy(process.pid, folder));
    await lock.release();
    await lock.release();
    await need(await lockFolder(folder)).release();
    expect(await readdir(join(folder, "lock"))).toEqual([]);
  });

  it("has one winner among many that ask at the same moment", async () => {
    for (let round = 0; round < 10; round += 1) {
      const folder = await folders.unused();
      const asked = await Promise.all(Array.from({ length: 12 }, () => lockFolder(folder)));
      const winners = asked.filter((result) => result.ok);
      expect(winners).toHaveLength(1);
      for (const winner of winners) await winner.value.release();
    }
  });

  it("passes to the next after kill -9, whatever the dead process left behind", async () => {
    const folder = await folders.unused();
    await mkdir(join(folder, "lock"), { recursive: true });
    const name = "4242-0123456789ab.sock";
    const script = `require("node:net").createServer(s => s.end("owner")).listen(process.argv[1], () => console.log("up"))`;
    const child = spawn(process.execPath, ["-e", script, join(folder, "lock", name)]);
    await once(child.stdout, "data");
    expect(await lockFolder(folder)).toEqual(occupiedBy(4242, folder));
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await readdir(join(folder, "lock"))).toEqual([name]);
    const lock = need(await lockFolder(folder));
    expect(await readdir(join(folder, "lock"))).not.toContain(name);
    await lock.release();
  });

  it("leaves the folder to a process that is alive but too busy to answer", async () => {
    const folder = await folders.unused();
    await mkdir(join(folder, "lock"), { recursive: true });
    const mute = createServer(() => {}).listen(join(folder, "lock", "77-aa.sock"));
    await once(mute, "listening");
    expect(await lockFolder(folder)).toEqual(occupiedBy(77, folder));
    mute.close();
  });

  it("works in a folder too deep for the address of a socket", async () => {
    const folder = join(await folders.unused(), "d".repeat(120));
    const lock = need(await lockFolder(folder));
    expect(await lockFolder(folder)).toEqual(occupiedBy(process.pid, folder));
    await lock.release();
  });

  it("says when the folder cannot be one", async () => {
    const folder = await folders.unused();
    await mkdir(join(folder, ".."), { recursive: true });
    await writeFile(folder, "a file");
    expect(await lockFolder(folder)).toMatchObject({ ok: false, problems: [{ code: "DATA_FOLDER_UNUSABLE" }] });
  });
});
