/** A ring on a disk that runs full, for real, and a recorder that is killed: see storage-disk-full.test.ts for the disk. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createCameraFeed } from "../../detectors/index.ts";
import { openRing } from "../../detectors/ring/open-ring.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { crossroads } from "../support/crossroads.ts";
import { need } from "../support/data-folder.ts";
import { eventually, temporaryFolder } from "../support/greenwave-service.ts";
import { junctionCamera, recordingSink } from "../support/junction-camera.ts";
import { makeNumberedFilm } from "../support/numbered-film.ts";
import { missing } from "../support/peers.ts";
import { descendants } from "../support/processes.ts";
import { ringIn } from "../support/recorded-stream.ts";

const disk_bytes = 16 << 20;
const disk = mkdtempSync(join(tmpdir(), "greenwave-ring-"));
const mounted =
  spawnSync("mount", ["-t", "tmpfs", "-o", `size=${disk_bytes}`, "tmpfs", disk], { stdio: "ignore" }).status === 0;
if (!mounted) process.stderr.write("skipped: a full disk cannot be made here (it needs the right to mount)\n");
const folder = temporaryFolder();
const film = join(folder.path, "film.mp4");

afterAll(() => {
  if (mounted) spawnSync("umount", [disk]);
  rmSync(disk, { recursive: true, force: true });
  folder.remove();
});

const never = new AbortController().signal;
const film_s = 10;
const makeFilm = () => makeNumberedFilm(film, film_s * 25, ["-c:v", "libx264", "-g", "25", "-bf", "2"]);

function feedOf(ring: ReturnType<typeof ringIn>) {
  const options = { camera: junctionCamera(), intersection: crossroads, source: film, sink: recordingSink() };
  return createCameraFeed({ ...options, ring, clock: systemClock });
}

describe.skipIf(!mounted || missing("ffmpeg"))("recording on a full disk", () => {
  it("stops, says so, and goes on by itself once there is room; the camera is counted on all the while", async () => {
    makeFilm();
    const feed = feedOf(ringIn(disk));
    const status = () => Promise.resolve(feed.status());
    const ballast = join(disk, "ballast");
    try {
      await feed.start(never);
      await eventually("a recording", status, ({ recording }) => (recording?.newest_ms ?? 0) > 0, 60_000);
      expect(() => writeFileSync(ballast, Buffer.alloc(disk_bytes))).toThrow("ENOSPC");
      const full = await eventually("a full disk", status, ({ recording }) => recording?.state === "stopped", 60_000);
      expect(full).toMatchObject({ phase: "live", recording: { trouble: { code: "RECORDING_DISK_FULL" } } });
      await eventually("more pictures", status, ({ frames }) => frames > full.frames + 20, 30_000);
      rmSync(ballast);
      const after = await eventually("room", status, ({ recording }) => recording?.state === "recording", 30_000);
      expect(after.recording?.trouble).toBeNull();
      expect(after.recording?.dropped_pictures).toBeGreaterThan(0);
      expect(after.gaps).toEqual([]);
    } finally {
      await feed.close("the test is over");
    }
    const recording = need(await openRing(disk).recording("north"));
    expect(recording.gaps.map(({ why }) => why)).toContain("full_disk");
    const index = readdirSync(join(disk, "north")).filter((name) => name.endsWith(".idx"));
    // Tries that found no room leave nothing.
    expect(index.length).toBeLessThan(8);
    for (const name of index)
      expect(statSync(join(disk, "north", name.replace("idx", "media"))).size).toBeGreaterThan(0);
    const from_ms = recording.spans.at(-1)?.from_ms ?? 0;
    const out = join(folder.path, "after.mp4");
    expect(await openRing(disk).cut({ camera: "north", from_ms, to_ms: from_ms + 500, out })).toMatchObject({
      ok: true,
    });
  });
});

describe.skipIf(missing("ffmpeg"))("recording that is killed", () => {
  it("leaves a ring that reads, lacks at most the unfinished group, and is gone on with", async () => {
    makeFilm();
    const ring = ringIn(join(folder.path, "killed"));
    const feed = feedOf(ring);
    const newest = () => Promise.resolve(feed.status().recording?.newest_ms ?? 0);
    const kills = 3;
    try {
      await feed.start(never);
      let before = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        before = await eventually("a recording", newest, (at_ms) => at_ms > before + 1500, 60_000);
        const camera = descendants(process.pid).find(({ command }) => /camera\.child\.js/.test(command));
        process.kill(camera?.pid ?? 0, "SIGKILL");
        const { spans, spoiled } = need(await openRing(join(folder.path, "killed")).recording("north"));
        expect(spoiled).toBe(0);
        expect(spans.at(-1)?.to_ms).toBeGreaterThanOrEqual(before);
      }
      await eventually("a recording", newest, (at_ms) => at_ms > before + 1500, 60_000);
    } finally {
      await feed.close("the test is over");
    }
    const { spans, gaps } = need(await openRing(join(folder.path, "killed")).recording("north"));
    expect(gaps.filter(({ why }) => why === "start")).toHaveLength(kills);
    for (const { from_ms, to_ms } of spans) {
      const span = { camera: "north", from_ms, to_ms: Math.max(to_ms, from_ms + 1) };
      const out = join(folder.path, "span.mp4");
      expect(await openRing(join(folder.path, "killed")).cut({ ...span, out })).toMatchObject({ ok: true });
    }
  });
});
