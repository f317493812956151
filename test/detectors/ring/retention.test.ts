import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { addHold, readHolds, removeHold } from "../../../detectors/ring/holds.ts";
import { tidyLeftBehind } from "../../../detectors/ring/left-behind.ts";
import { isHeld, keepWithin, leaving, segmentsIn, sweep } from "../../../detectors/ring/retention.ts";
import { indexOf, mediaOf, segmentName, segmentOf } from "../../../detectors/ring/segment-names.ts";
import { ScriptedClock } from "../../support/data-folder.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";

const minute_ms = 60_000;
const start_ms = Date.UTC(2026, 10, 22, 6);
const root = temporaryFolder();
afterAll(() => root.remove());

const row = (count: number, bytes = 1000) =>
  Array.from({ length: count }, (_, n) => {
    const from_ms = start_ms + n * minute_ms;
    return { name: segmentName(from_ms), start_ms: from_ms, until_ms: from_ms + minute_ms, bytes };
  });

let made = 0;
/** A folder with a minute's segment every minute. */
function folderWith(count: number): string {
  made += 1;
  const folder = join(root.path, `ring-${made}`);
  mkdirSync(folder);
  for (const { name } of row(count)) {
    writeFileSync(join(folder, indexOf(name)), "x".repeat(100));
    writeFileSync(join(folder, mediaOf(name)), "x".repeat(900));
  }
  return folder;
}

const indexes = (folder: string): readonly string[] => readdirSync(folder).filter((name) => name.endsWith(".idx"));

describe("what leaves a ring", () => {
  test("are the oldest segments beyond the bytes, and those beyond the hours", () => {
    const segments = row(10);
    const now_ms = start_ms + 10 * minute_ms;
    const names = (limits: Parameters<typeof leaving>[2]) =>
      leaving(segments, [], limits, now_ms).map(({ name }) => name);
    expect(names({ keep_ms: 1e9, keep_bytes: 7000, writing: true })).toEqual(
      segments.slice(0, 3).map(({ name }) => name),
    );
    expect(names({ keep_ms: 5 * minute_ms, keep_bytes: 1e9, writing: true })).toEqual(
      segments.slice(0, 4).map(({ name }) => name),
    );
  });

  test("is never what somebody holds, nor the segment being written, and the rest fits", () => {
    const hold = fc.tuple(fc.integer({ min: -5, max: 65 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => ({
      id: "a",
      from_ms: start_ms + from * minute_ms,
      to_ms: start_ms + (from + length) * minute_ms,
      reason: "",
    }));
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(hold, { maxLength: 4 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.integer({ min: 0, max: 60 }),
        (count, holds, keep_bytes, keep_min) => {
          const segments = row(count);
          const now_ms = start_ms + count * minute_ms;
          const gone = new Set(
            leaving(segments, holds, { keep_bytes, keep_ms: keep_min * minute_ms, writing: true }, now_ms),
          );
          for (const each of gone) expect(isHeld(each, holds)).toBe(false);
          const newest = segments.at(-1);
          expect(newest !== undefined && gone.has(newest)).toBe(false);
          const left = segments.filter((each) => !gone.has(each) && !isHeld(each, holds) && each !== newest);
          const bytes = left.reduce((sum, each) => sum + each.bytes, newest?.bytes ?? 0);
          expect(left.length === 0 || bytes <= keep_bytes).toBe(true);
          for (const each of left) expect(each.until_ms).toBeGreaterThanOrEqual(now_ms - keep_min * minute_ms);
        },
      ),
    );
  });

  test("leaves the disk, both files of it, and what is held stays until it is released", async () => {
    const folder = folderWith(6);
    const now_ms = start_ms + 60 * minute_ms;
    const limits = { keep_ms: minute_ms, keep_bytes: 1e9, writing: true };
    const hold = await addHold(folder, {
      from_ms: start_ms + minute_ms * 2.5,
      to_ms: start_ms + minute_ms * 2.6,
      reason: "case 7",
    });
    const kept = await keepWithin(folder, limits, now_ms);
    expect(indexes(folder)).toEqual([2, 5].map((n) => indexOf(segmentName(start_ms + n * minute_ms))));
    expect(readdirSync(folder).filter((name) => name.endsWith(".media"))).toHaveLength(2);
    expect(kept).toEqual({ oldest_ms: start_ms + 2 * minute_ms, bytes: 2000, held_bytes: 1000 });
    expect(await readHolds(folder)).toEqual([hold]);
    expect(await removeHold(folder, hold.id)).toBe(true);
    expect(await removeHold(folder, hold.id)).toBe(false);
    expect(await removeHold(folder, "../../x")).toBe(false);
    await keepWithin(folder, limits, now_ms);
    expect(indexes(folder)).toHaveLength(1);
  });

  test("that a crash interrupted comes back while its packets are there, and is gone otherwise", async () => {
    const folder = folderWith(3);
    const [first, second] = row(3).map(({ name }) => name) as [string, string, string];
    for (const name of [first, second]) {
      renameSync(join(folder, indexOf(name)), join(folder, `${indexOf(name)}.leaving`));
    }
    rmSync(join(folder, mediaOf(first)));
    await sweep(folder);
    expect(readdirSync(folder).filter((name) => name.startsWith(first))).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.startsWith(second))).toEqual([indexOf(second), mediaOf(second)]);
  });

  test("a hold that cannot be read holds everything", async () => {
    const folder = folderWith(3);
    mkdirSync(join(folder, "holds"));
    writeFileSync(join(folder, "holds", "torn.json"), '{"from_ms":');
    await keepWithin(folder, { keep_ms: 0, keep_bytes: 0, writing: true }, start_ms + 60 * minute_ms);
    expect(indexes(folder)).toHaveLength(3);
  });
});

describe("recordings that nobody looks after", () => {
  test("leave when their time is over, held ones apart, and those of a recorder are its own", async () => {
    const folder = join(root.path, "all");
    for (const camera of ["gone", "held", "off", "watched"]) {
      mkdirSync(folder, { recursive: true });
      renameSync(folderWith(3), join(folder, camera));
    }
    await addHold(join(folder, "held"), { from_ms: start_ms, to_ms: start_ms + 1, reason: "case 7" });
    const clock = new ScriptedClock(start_ms + 80 * minute_ms);
    const tidy = tidyLeftBehind({
      folder,
      recorded: new Set(["watched"]),
      keep_h: (camera) => (camera === "off" ? 0 : 1),
      clock,
    });
    await tidy.start(new AbortController().signal);
    expect(tidy.problem()).toBeNull();
    const left = (camera: string) => indexes(join(folder, camera)).length;
    expect(readdirSync(folder).toSorted()).toEqual(["held", "watched"]);
    expect([left("held"), left("watched")]).toEqual([1, 3]);
    await tidy.close("the test is over");
  });

  test("are said to stay when they cannot be removed", async () => {
    const folder = join(root.path, "a-file");
    writeFileSync(folder, "");
    const clock = new ScriptedClock(start_ms);
    const tidy = tidyLeftBehind({ folder, recorded: new Set(), keep_h: () => 0, clock });
    await tidy.start(new AbortController().signal);
    expect(tidy.problem()).toMatchObject({ code: "RECORDINGS_STAY", words: { folder, reason: "ENOTDIR" } });
    await tidy.close("the test is over");
  });
});

describe("the names of segments", () => {
  test("are in the order of time and tell it", () => {
    const time = fc.integer({ min: 0, max: 4_102_444_800_000 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        expect(segmentOf(indexOf(segmentName(a)))).toEqual({ name: segmentName(a), start_ms: a });
        expect(segmentName(a) < segmentName(b)).toBe(a < b);
      }),
    );
    expect(segmentOf(mediaOf(segmentName(0)))).toBeNull();
  });

  test("are found in a folder, oldest first", async () => {
    const segments = await segmentsIn(folderWith(3), start_ms + 10 * minute_ms);
    expect(segments.map((each) => each.start_ms)).toEqual([0, 1, 2].map((n) => start_ms + n * minute_ms));
    expect(segments.at(-1)?.until_ms).toBe(start_ms + 10 * minute_ms);
  });
});
