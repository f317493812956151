/**
 * What recording costs beside decoding: the same 1080p street at its own speed, decoded only, decoded while its packets are
 * looked at, and decoded while they are kept. Rounds take turns, so that the machine's other work falls on all alike.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { VideoDecoder } from "../detectors/decode/video-decoder.ts";
import { Recorder } from "../detectors/ring/recorder.ts";
import { ringOrder } from "../detectors/ring/ring-order.ts";
import { systemClock } from "../detectors/system-clock.ts";
import { makeFilm } from "./vision/film.ts";
import { cpu_s, memory_mb } from "./vision/process-figures.ts";
import { median } from "./vision/statistics.ts";

const rounds = 5;
const round_s = 15;
const root = fileURLToPath(new URL("../../", import.meta.url));
const ways = ["decode", "look", "record"] as const;
type Way = (typeof ways)[number];

interface Figures {
  readonly cpu_s: number;
  readonly memory_mb: number;
  readonly dropped: number;
}

const ring = mkdtempSync(join(tmpdir(), "greenwave-bench-"));
const film = makeFilm(join(root, "..", "shared", "data", "vision", "videos"), join(root, ".greenwave", "bench"));

function recorderOf(way: Way): Recorder | null {
  if (way === "decode") return null;
  const keep = { keep_h: 1, keep_gb: 1, leave_free_gb: 0 };
  return new Recorder(way === "record" ? ringOrder(ring, "bench", keep) : null, systemClock);
}

async function measure(source: string, way: Way): Promise<Figures> {
  const recorder = recorderOf(way);
  const before_s = cpu_s(process.pid);
  const end_ms = Date.now() + round_s * 1000;
  const listeners = { tap: recorder ?? undefined };
  const decoder = new VideoDecoder({ source, paced: true, socket_timeout_s: 5 }, "newest", systemClock, listeners);
  let memory = 0;
  while (Date.now() < end_ms) {
    const next = await decoder.next();
    if ("problem" in next) throw new Error(`the film ended: ${JSON.stringify(next.problem)}`);
    decoder.giveBack(next);
    if (decoder.frames % 100 === 0) memory = Math.max(memory, memory_mb(process.pid));
  }
  await decoder.close();
  await recorder?.close();
  const dropped = recorder?.recordingStatus()?.dropped_pictures ?? 0;
  return { cpu_s: cpu_s(process.pid) - before_s, memory_mb: memory, dropped };
}

async function main(): Promise<void> {
  if (film === null) {
    process.stderr.write("the shared videos are not here: nothing to measure\n");
    return;
  }
  const figures: Record<Way, Figures[]> = { decode: [], look: [], record: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) figures[way].push(await measure(film.long, way));
  }
  for (const way of ways) {
    const minute_s = median(figures[way].map((each) => each.cpu_s)) * (60 / round_s);
    const ratio = median(figures[way].map((each, round) => each.cpu_s / (figures.decode[round]?.cpu_s ?? Number.NaN)));
    const memory = median(figures[way].map((each) => each.memory_mb));
    const dropped = figures[way].reduce((sum, each) => sum + each.dropped, 0);
    process.stdout.write(
      `${way.padEnd(8)}${minute_s.toFixed(1)} CPU s a camera-minute, ${ratio.toFixed(3)} of decode, ${memory.toFixed(0)} MB, ${dropped} pictures dropped\n`,
    );
  }
}

await main().finally(() => rmSync(ring, { recursive: true, force: true }));
