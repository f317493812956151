import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InProcessBus } from "../../api/bus/in-process-bus.ts";
import { createPassageReading, type PassageReading } from "../../api/plates/passage-reading.ts";
import { systemClock } from "../../api/service/system-clock.ts";
import type { Crossing } from "../../core/ports/detection-feed.ts";
import type { PassageStore, PlatePassage } from "../../core/ports/passages.ts";
import { openRing, readVehiclePlates } from "../../detectors/index.ts";
import { plateScene } from "../../detectors/training/plates/plate-scenes.ts";
import { memoryPassages } from "../support/memory-passages.ts";
import { missing } from "../support/peers.ts";
import { recordPictures, ringIn, type SeenPicture } from "../support/recorded-stream.ts";

const run = promisify(execFile);
const everything = { from_ms: 0, to_ms: Number.MAX_SAFE_INTEGER };

async function all(store: PassageStore): Promise<PlatePassage[]> {
  const found: PlatePassage[] = [];
  for await (const page of store.between(everything)) found.push(...page);
  return found;
}

describe.skipIf(missing("ffmpeg"))("vehicles that pass a camera", () => {
  let folder: string;
  let seen: readonly SeenPicture[];
  let reading: PassageReading;
  const passages = memoryPassages();
  const told: PlatePassage[] = [];
  const bus = new InProcessBus({ log: pino({ level: "silent" }) });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "greenwave-passages-"));
    const asphalt = { rgb: new Uint8Array(960 * 540 * 3).fill(96), width: 960, height: 540 };
    const plate = { width_mm: 190, height_mm: 140, rows: ["60-B9", "339.94"] };
    const { picture } = await plateScene(plate, { height_px: 90, turn: 0.06, blur_px: 0.8, noise: 6 }, asphalt);
    const [still, film] = [join(folder, "still.png"), join(folder, "film.mp4")];
    await sharp(picture.rgb, { raw: { width: 960, height: 540, channels: 3 } })
      .png()
      .toFile(still);
    const coding = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "10", "-pix_fmt", "yuv420p"];
    await run("ffmpeg", ["-v", "error", "-loop", "1", "-framerate", "10", "-i", still, "-t", "2.5", ...coding, film]);
    seen = await recordPictures(film, ringIn(join(folder, "recordings")), 20);
    reading = createPassageReading({
      cameras: [{ camera: "north", intersection: "crossing", country: "vn", keep_h: 24 }],
      bus,
      ring: openRing(join(folder, "recordings")),
      passages,
      seen: (passage) => told.push(passage),
      // Not in the background: on a busy machine that may take minutes.
      readPlates: (orders, { stop }) => readVehiclePlates(orders, { stop }),
      folder: join(folder, "work"),
      clock: systemClock,
      log: { warn: () => undefined },
    });
    await reading.start(new AbortController().signal);
  });
  afterAll(async () => {
    await reading.close("the test is over");
    await rm(folder, { recursive: true, force: true });
  });

  const crossing = (track: number, { session_ms, pts_s, arrival_ms }: SeenPicture): Crossing => ({
    feed: "north",
    line: "stop",
    lane: null,
    at_ms: arrival_ms,
    class: "motorcycle",
    direction: "forward",
    track,
    speed_kmh: null,
    speed_error_kmh: null,
    distance_m: null,
    stream: { session_ms, pts_s },
  });

  it("are known by their plate, read from the recording; whoever shows none is counted as unreadable", async () => {
    const [middle] = seen.slice(9);
    if (middle === undefined) throw new Error("nothing was recorded");
    const three = [3, 9, 15].flatMap((at) => seen[at] ?? []);
    for (const { session_ms, pts_s, arrival_ms } of three) {
      const bearing = { track: 7, class: "motorcycle", box: [0.4, 0.2, 0.2, 0.5] } as const;
      const bare = { track: 8, class: "car", box: [0.05, 0.2, 0.2, 0.5] } as const;
      const tracks = arrival_ms === middle.arrival_ms ? [bearing, bare] : [bearing];
      bus.publish("view", { feed: "north", at_ms: arrival_ms, stream: { session_ms, pts_s }, tracks });
    }
    bus.publish("crossing", crossing(7, middle));
    bus.publish("crossing", crossing(8, middle));
    await expect
      .poll(() => reading.tally(), { timeout: 60_000, interval: 100 })
      .toEqual({
        read: 1,
        unreadable: 1,
        lost: 0,
        waiting: 0,
      });
    const passage = { at_ms: middle.arrival_ms, camera: "north", intersection: "crossing", class: "motorcycle" };
    expect(await all(passages)).toMatchObject([{ ...passage, plate: "60B933994" }]);
    expect(told).toEqual(await all(passages));
    expect(reading.problem()).toBeNull();
    await expect.poll(() => existsSync(join(folder, "work"))).toBe(false);
  }, 70_000);

  it("are lost, and that is said, when the recording does not hold them", async () => {
    const [middle] = seen.slice(9);
    if (middle === undefined) throw new Error("nothing was recorded");
    const { session_ms, pts_s } = middle;
    const at_ms = middle.arrival_ms + 3_600_000;
    const tracks = [{ track: 9, class: "car", box: [0.4, 0.2, 0.2, 0.5] }] as const;
    bus.publish("view", { feed: "north", at_ms, stream: { session_ms, pts_s }, tracks });
    bus.publish("crossing", { ...crossing(9, middle), at_ms });
    await expect.poll(() => reading.tally().lost, { timeout: 40_000, interval: 100 }).toBe(1);
    expect(reading.problem()).toMatchObject({ code: "RECORDING_NOT_COVERED", words: { camera: "north" } });
  }, 50_000);
});
