import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type WaitingAct, WaitingJournal } from "../../../api/enforcement/waiting-journal.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { SmallDisk } from "../../support/small-disk.ts";
import { stagedDetection } from "../../support/staged-detection.ts";

const act = (track: number): WaitingAct => ({
  id: `case-${track}`,
  detection: stagedDetection({ track }),
  sampled: track % 2 === 0,
});

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function place(): string {
  const folder = temporaryFolder();
  closers.push(() => folder.remove());
  return folder.path;
}

async function opened(file: string): Promise<WaitingJournal> {
  const journal = await WaitingJournal.open(file);
  closers.push(() => journal.close());
  return journal;
}

const byId = (acts: readonly WaitingAct[]): readonly WaitingAct[] => acts.toSorted((a, b) => a.id.localeCompare(b.id));

describe("what waits for storage", () => {
  test("is there for whoever opens the file next, but for what was forgotten", async () => {
    const file = join(place(), "acts");
    const journal = await opened(file);
    expect(journal.left).toEqual([]);
    for (const track of [1, 2, 3]) expect(await journal.keep(act(track))).toBe(true);
    await journal.forget("case-2");
    expect(byId((await opened(file)).left)).toEqual([act(1), act(3)]);
  });

  test("takes no more room than the file had from the first", async () => {
    const file = join(place(), "acts");
    const journal = await opened(file);
    const { size } = statSync(file);
    const kept: boolean[] = [];
    for (let track = 0; track < 130; track += 1) kept.push(await journal.keep(act(track)));
    expect(kept.filter((each) => each)).toHaveLength(128);
    await journal.forget("case-0");
    expect(await journal.keep(act(200))).toBe(true);
    expect(statSync(file).size).toBe(size);
    expect((await opened(file)).left).toHaveLength(128);
  });

  test("is forgotten where the power went while it was written, and nothing beside it", async () => {
    const file = join(place(), "acts");
    const journal = await opened(file);
    await journal.keep(act(1));
    await journal.keep(act(2));
    const bytes = readFileSync(file);
    const lastSlot = bytes.length - (1 << 16);
    bytes[lastSlot + 100] = (bytes[lastSlot + 100] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect((await opened(file)).left).toEqual([act(2)]);
  });

  test("is taken by a disk that is full", async (test) => {
    const folder = place();
    const disk = SmallDisk.mount(join(folder, "disk"), 16 << 20);
    if (disk === null) return test.skip("nobody may mount a disk here");
    closers.push(() => disk.unmount());
    const file = join(disk.folder, "acts");
    const journal = await opened(file);
    disk.fill();
    expect(await journal.keep(act(1))).toBe(true);
    expect((await opened(file)).left).toEqual([act(1)]);
  });
});
