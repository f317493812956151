/** A disk that runs full, for real: a small file system of our own, filled with ballast. Needs the right to mount. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openStorage } from "../../api/storage/open-storage.ts";
import { opened, ScriptedClock } from "../support/data-folder.ts";

const disk = mkdtempSync(join(tmpdir(), "greenwave-disk-"));
const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=160m", "tmpfs", disk], { stdio: "ignore" }).status === 0;
if (!mounted) process.stderr.write("skipped: a full disk cannot be made here (it needs the right to mount)\n");

afterAll(() => {
  if (mounted) spawnSync("umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
});

describe.skipIf(!mounted)("storage on a full disk", () => {
  const dataDir = join(disk, "data");
  const ballast = join(disk, "ballast");
  const fill = (mb: number) => writeFile(ballast, Buffer.alloc(mb * 1_000_000));

  it("does not begin a database it has no room for", async () => {
    await fill(60);
    expect(await openStorage({ dataDir, clock: new ScriptedClock() })).toMatchObject({
      ok: false,
      problems: [{ code: "DISK_FULL", words: { folder: dataDir, need_mb: 124 } }],
    });
    await rm(ballast);
  });

  it("refuses what it cannot keep, still reads, and goes on by itself once there is room", async () => {
    const storage = await opened(dataDir);
    await storage.ledger.append("before", 1, 1);
    await fill(80);
    await expect(storage.ledger.append("full", 2, 2)).rejects.toMatchObject({ problems: [{ code: "DISK_FULL" }] });
    expect(storage.health().problems).toMatchObject([{ code: "DISK_FULL" }]);
    expect(await storage.ledger.recent(5)).toHaveLength(1);
    await rm(ballast);
    await storage.ledger.append("after", 3, 3);
    expect(storage.health().problems).toEqual([]);
    expect(await storage.ledger.verify()).toEqual({ entries: 2, broken_at: null, fault: null });
    await storage.close();
  });
});
