import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { openRing } from "../../../detectors/ring/open-ring.ts";
import { Recorder } from "../../../detectors/ring/recorder.ts";
import type { RingOrder } from "../../../detectors/ring/ring-order.ts";
import { difference, give, h264Stream, keyframe, stream } from "../../support/coded-pictures.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { ringIn } from "../../support/recorded-stream.ts";

const root = temporaryFolder();
afterAll(() => root.remove());

let made = 0;
function begin(change: Partial<RingOrder> = {}) {
  made += 1;
  const folder = join(root.path, `ring-${made}`);
  const clock = new ScriptedClock();
  const ring = ringIn(folder, change);
  const recorder = new Recorder(ring, clock);
  const recorded = async () => need(await openRing(folder).recording("north"));
  let from_ms = clock.nowMs();
  /** The disk keeps up: no more is on its way than the piece being filled and the one before it. */
  const keepUp = (lag_ms: number) => async () => {
    const newest_ms = () => Math.max(from_ms, recorder.recordingStatus()?.newest_ms ?? 0);
    while (clock.nowMs() - newest_ms() > lag_ms) await aMoment();
  };
  /** After an end: everything is written, then nothing comes for a while. */
  const pause = async (ms: number) => {
    await keepUp(100)();
    clock.advance(ms);
    from_ms = clock.nowMs();
  };
  return { folder, clock, ring, recorder, recorded, keepUp, meanwhile: keepUp(2100), pause };
}

const aMoment = () => new Promise((resolve) => setTimeout(resolve, 2));
/** Two of the longest pieces: parts of a group that does not end. */
const longLag_ms = 4200;

describe("a recorder", () => {
  test("keeps whole groups and tells what it keeps", async () => {
    const { clock, recorder, recorded, meanwhile } = begin();
    const from_ms = clock.nowMs();
    recorder.stream(h264Stream, from_ms);
    await stream(recorder, clock, { seconds: 6, group_s: 1, meanwhile });
    expect(recorder.streamStatus()).toEqual({
      codec: "h264",
      width_px: 640,
      height_px: 360,
      keyframe_gap_s: 1,
      b_frames: false,
      changes: 0,
    });
    recorder.end();
    await recorder.close();
    const { spans, gaps } = await recorded();
    expect(spans).toMatchObject([{ from_ms, to_ms: from_ms + 5960, codec: "h264", pictures: 150, damage: 0 }]);
    expect(gaps).toEqual([]);
    expect(recorder.recordingStatus()).toMatchObject({
      state: "waiting",
      trouble: null,
      newest_ms: from_ms + 5960,
      oldest_ms: from_ms,
      dropped_pictures: 0,
    });
  });

  test("begins with a keyframe, however late the first one comes", async () => {
    const { clock, recorder, recorded } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    for (let n = 0; n < 50; n += 1) give(recorder, difference(100), n * 3600, false);
    clock.advance(2000);
    await stream(recorder, clock, { seconds: 2, group_s: 1, from_ticks: 180_000 });
    await recorder.close();
    expect((await recorded()).spans).toMatchObject([{ pictures: 50 }]);
    expect(recorder.recordingStatus()).toMatchObject({ dropped_pictures: 50 });
  });

  test("brings a group of ten seconds to the disk in parts, as it comes", async () => {
    const { clock, recorder, recorded, keepUp } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 12, group_s: 12, meanwhile: keepUp(longLag_ms) });
    const { spans } = await recorded();
    expect(spans).toHaveLength(1);
    expect(spans[0]?.pictures).toBeGreaterThanOrEqual((12 - longLag_ms / 1000) * 25);
    expect(recorder.streamStatus()?.keyframe_gap_s).toBe(12);
    await recorder.close();
  });

  test("drops what the disk does not take in time instead of piling it up, and says where", async () => {
    const { clock, recorder, recorded } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    // Without a turn for the disk: all three pieces fill, and that is all there is.
    await stream(recorder, clock, { seconds: 2, group_s: 1 });
    for (let n = 0; n < 2000; n += 1) {
      const key = n % 25 === 0;
      give(recorder, key ? keyframe(60_000) : difference(60_000), (n + 50) * 3600, key);
      clock.advance(40);
    }
    expect(recorder.recordingStatus()?.dropped_pictures).toBeGreaterThan(1000);
    const newest_ms = clock.nowMs();
    while ((recorder.recordingStatus()?.newest_ms ?? 0) < newest_ms) {
      await stream(recorder, clock, { seconds: 1, group_s: 1, from_ticks: 8e6, meanwhile: aMoment });
    }
    await recorder.close();
    const { gaps, spans } = await recorded();
    expect(gaps.map(({ why }) => why)).toContain("slow_disk");
    expect(spans.length).toBeGreaterThan(1);
  });

  test("begins a new segment where the camera is set to another size, and loses nothing", async () => {
    const { clock, recorder, recorded, meanwhile } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 2, group_s: 1, meanwhile });
    await stream(recorder, clock, { seconds: 2, group_s: 1, from_ticks: 180_000, sets: "320x240", meanwhile });
    await recorder.close();
    const { spans, gaps } = await recorded();
    expect(spans).toMatchObject([
      { width_px: 640, height_px: 360, pictures: 50 },
      { width_px: 320, height_px: 240, pictures: 50 },
    ]);
    expect(gaps).toEqual([]);
    expect(recorder.streamStatus()).toMatchObject({ width_px: 320, height_px: 240, changes: 1 });
  });

  test("tells a leap of the stream's clock from an outage", async () => {
    const { clock, recorder, recorded, meanwhile, pause } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 2, group_s: 1, from_ticks: 9e9, meanwhile });
    await stream(recorder, clock, { seconds: 2, group_s: 1, from_ticks: 0, meanwhile });
    recorder.end();
    await pause(30_000);
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 2, group_s: 1, meanwhile });
    await recorder.close();
    const { spans, gaps } = await recorded();
    expect(spans.map(({ pictures }) => pictures)).toEqual([50, 50, 50]);
    expect(gaps).toMatchObject([{ why: "session" }]);
    expect((gaps[0]?.to_ms ?? 0) - (gaps[0]?.from_ms ?? 0)).toBe(30_040);
  });

  test("sees that pictures come out of order, and counts what was damaged", async () => {
    const { clock, recorder, recorded } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    give(recorder, keyframe(100), 0, true);
    for (const [n, ticks] of [10_800, 3600, 7200].entries()) {
      clock.advance(40);
      give(recorder, difference(100), ticks, false);
      if (n === 1) recorder.damaged();
    }
    recorder.end();
    await recorder.close();
    expect(recorder.streamStatus()?.b_frames).toBe(true);
    expect((await recorded()).spans).toMatchObject([{ pictures: 4, damage: 1 }]);
  });

  test("goes on counting a disk that refuses as its own trouble, and records again by itself", async () => {
    const { clock, folder, recorder, recorded } = begin();
    writeFileSync(folder, "a file where the folder should be");
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 5, group_s: 1, meanwhile: aMoment });
    expect(recorder.recordingStatus()).toMatchObject({
      state: "stopped",
      trouble: { code: "RECORDING_FAILS", words: { camera: "north", reason: "ENOTDIR" } },
    });
    rmSync(folder);
    const from_ms = clock.nowMs() + 2000;
    while ((recorder.recordingStatus()?.newest_ms ?? 0) < from_ms) {
      await stream(recorder, clock, { seconds: 1, group_s: 1, from_ticks: 1e6, meanwhile: aMoment });
    }
    expect(recorder.recordingStatus()).toMatchObject({ state: "recording", trouble: null });
    await recorder.close();
    expect((await recorded()).spans.length).toBeGreaterThan(0);
  });

  test("that keeps nothing still looks at the stream", async () => {
    const clock = new ScriptedClock();
    const recorder = new Recorder(null, clock);
    recorder.stream(h264Stream, clock.nowMs());
    await stream(recorder, clock, { seconds: 3, group_s: 1, sets: "320x240" });
    expect(recorder.streamStatus()).toMatchObject({ keyframe_gap_s: 1, width_px: 320, height_px: 240, changes: 0 });
    expect(recorder.recordingStatus()).toBeNull();
    await recorder.close();
  });
});

describe("whatever a camera sends", () => {
  const packet = fc.record({
    key: fc.boolean(),
    ticks: fc.oneof(
      fc.integer({ min: 0, max: 400_000 }),
      fc.constant(Number.NaN),
      fc.integer({ min: -1e9, max: 1e12 }),
    ),
    content: fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 300 }).map((size) => keyframe(size)),
      fc.integer({ min: 1, max: 300 }).map((size) => keyframe(size, "320x240")),
    ),
    pause_ms: fc.constantFrom(0, 40, 1000, 20_000),
    event: fc.constantFrom("", "", "", "", "", "end", "damage"),
  });

  type Packets = readonly (typeof packet extends fc.Arbitrary<infer P> ? P : never)[];

  async function record(packets: Packets) {
    const { clock, folder, recorder, recorded } = begin();
    recorder.stream(h264Stream, clock.nowMs());
    for (const { key, ticks, content, pause_ms, event } of packets) {
      give(recorder, content, ticks, key);
      clock.advance(pause_ms);
      if (event === "damage") recorder.damaged();
      if (event !== "end") continue;
      recorder.end();
      recorder.stream(h264Stream, clock.nowMs());
    }
    recorder.end();
    await recorder.close();
    return { folder, dropped: recorder.recordingStatus()?.dropped_pictures ?? 0, ...(await recorded()) };
  }

  /** When each picture of the clips is shown; of a stream whose parameter sets never came there are none. */
  async function shownIn(folder: string, from_ms: number, to_ms: number): Promise<readonly (readonly number[])[]> {
    const span = { camera: "north", from_ms, to_ms: Math.min(to_ms, from_ms + 500_000) + 1 };
    const clip = await openRing(folder).cut({ ...span, out: join(folder, "clip.mp4") });
    if (clip.ok) return clip.value.files.map(({ pictures }) => pictures.map(({ clip_s }) => clip_s));
    expect(clip.problems).toMatchObject([{ code: "CLIP_CODEC" }]);
    return [];
  }

  test("is kept so that it reads, verifies and can be cut, with every picture once and in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(packet, { maxLength: 60 }), async (packets) => {
        const { folder, spans, spoiled, dropped } = await record(packets);
        expect(spoiled).toBe(0);
        expect(spans.reduce((sum, { pictures }) => sum + pictures, 0) + dropped).toBe(packets.length);
        for (const { from_ms, to_ms } of spans.slice(0, 3)) {
          for (const times of await shownIn(folder, from_ms, to_ms)) {
            expect(times).toEqual(times.toSorted((a, b) => a - b));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("what was recorded", () => {
  async function ring() {
    const { clock, folder, recorder, meanwhile } = begin();
    const from_ms = clock.nowMs();
    recorder.stream(h264Stream, from_ms);
    await stream(recorder, clock, { seconds: 6, group_s: 1, meanwhile });
    recorder.end();
    await recorder.close();
    const camera = join(folder, "north");
    const [media] = readdirSync(camera).filter((name) => name.endsWith(".media"));
    return { folder, from_ms, media: join(camera, media ?? "") };
  }
  const cut = (folder: string, from_ms: number, to_ms: number) =>
    openRing(folder).cut({ camera: "north", from_ms, to_ms, out: join(folder, "clip.mp4") });

  test("and spoiled since is not given out as if it were whole", async () => {
    const { folder, from_ms, media } = await ring();
    const bytes = readFileSync(media);
    bytes[Math.floor(bytes.length / 2)] = 0xff;
    writeFileSync(media, bytes);
    expect(await cut(folder, from_ms, from_ms + 5000)).toMatchObject({
      ok: false,
      problems: [{ code: "RECORDING_SPOILED" }],
    });
    expect(readdirSync(folder).filter((name) => name.startsWith("clip"))).toEqual([]);
    expect(await cut(folder, from_ms, from_ms + 900)).toMatchObject({ ok: true });
    truncateSync(media, bytes.length - 1);
    expect(await cut(folder, from_ms + 5100, from_ms + 5900)).toMatchObject({ ok: false });
  });

  test("is cut into whole groups, and what is missing at the ends is said", async () => {
    const { folder, from_ms } = await ring();
    const inside = need(await cut(folder, from_ms + 2500, from_ms + 3500));
    expect(inside).toMatchObject({
      complete: true,
      gaps: [],
      files: [{ from_ms: from_ms + 2000, to_ms: from_ms + 3960 }],
    });
    expect(inside.files[0]?.pictures.map(({ key }) => key).filter(Boolean)).toHaveLength(2);
    expect(need(await cut(folder, from_ms - 3000, from_ms + 9000))).toMatchObject({
      complete: false,
      gaps: [
        { from_ms: from_ms - 3000, to_ms: from_ms, why: "not_recorded" },
        { from_ms: from_ms + 5960, to_ms: from_ms + 9000, why: "not_recorded" },
      ],
    });
    for (const [from, to] of [
      [-5000, -1000],
      [7000, 9000],
    ] as const) {
      expect(await cut(folder, from_ms + from, from_ms + to)).toMatchObject({
        problems: [{ code: "RECORDING_NOT_COVERED" }],
      });
    }
    expect(await cut(folder, from_ms, from_ms - 1)).toMatchObject({ problems: [{ code: "CLIP_SPAN" }] });
  });

  test("of a camera that nobody knows is none", async () => {
    const { folder } = await ring();
    expect(await openRing(folder).recording("../x")).toMatchObject({ problems: [{ code: "RECORDING_MISSING" }] });
    expect(await openRing(join(folder, "absent")).cameras()).toEqual([]);
  });

  test("is held until it is released", async () => {
    const { folder, from_ms } = await ring();
    const held = need(await openRing(folder).hold("north", { from_ms, to_ms: from_ms + 1000, reason: "case 7" }));
    expect(need(await openRing(folder).recording("north")).holds).toEqual([held]);
    expect(await openRing(folder).release("north", held.id)).toMatchObject({ ok: true });
    expect(await openRing(folder).release("north", held.id)).toMatchObject({ problems: [{ code: "HOLD_UNKNOWN" }] });
  });

  test("and cannot be written out says where", async () => {
    const { folder, from_ms } = await ring();
    mkdirSync(join(folder, "clip.mp4"));
    expect(await cut(folder, from_ms, from_ms + 1000)).toMatchObject({ problems: [{ code: "CLIP_NOT_WRITTEN" }] });
  });
});
