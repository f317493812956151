/**
 * What storage costs: the first and the second opening of a data folder, flow intervals in batches of 500 through the
 * whole path (queue, one transaction, log on the disk), one interval alone, and one ledger entry.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openStorage, type Storage } from "../../api/storage/open-storage.ts";
import type { Clock } from "../../core/ports/clock.ts";
import { ProblemError } from "../../core/problems/problem.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";

const BATCH_ROWS = 500;
const BATCHES = 60;
const SINGLES = 200;
const ROUNDS = 5;

const clock: Clock = {
  nowMs: () => Date.now(),
  sleep: (ms, stop) => delay(ms, undefined, stop === undefined ? {} : { signal: stop as globalThis.AbortSignal }),
};

let minute = 0;

/** Always a minute further on, so that no row is a resend. */
function batch(rows: number): FlowInterval[] {
  minute += 1;
  return Array.from({ length: rows }, (_, lane) => ({
    intersection: `intersection-${lane >> 4}`,
    lane: `lane-${lane}`,
    feed: "camera-1",
    origin: "camera",
    start_ms: minute * 60_000,
    length_s: 60,
    total: 31,
    by_class: { motorcycle: 27, car: 3, bus: 1 },
    occupancy: 0.375,
    mean_headway_s: 1.9,
    quality: "valid",
    frames_seen: 1500,
    gap_s: 0,
  }));
}

async function took_ms(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function open(dataDir: string): Promise<Storage> {
  const opened = await openStorage({ dataDir, clock });
  if (!opened.ok) throw new ProblemError(opened.problems);
  return opened.value;
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i += 1) await work();
}

/** Median and range over the rounds, after one round to warm up. */
async function measure(name: string, unit: string, figure: () => Promise<number>): Promise<void> {
  await figure();
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) figures.push(await figure());
  figures.sort((a, b) => a - b);
  const [least, median, most] = [0, ROUNDS >> 1, ROUNDS - 1].map((i) => (figures[i] ?? Number.NaN).toFixed(1));
  print(`${name.padEnd(36)} ${median} ${unit} (${least} to ${most}, ${ROUNDS} rounds)`);
}

const print = (line: string): boolean => process.stdout.write(`${line}\n`);

async function measureOpening(name: string, dataDir: string): Promise<Storage> {
  const begun = performance.now();
  const storage = await open(dataDir);
  print(`${name.padEnd(36)} ${(performance.now() - begun).toFixed(0)} ms`);
  return storage;
}

async function measureWrites({ flows, ledger }: Storage): Promise<void> {
  await measure(`intervals, batches of ${BATCH_ROWS}`, "rows/s", async () => {
    const ms = await took_ms(() => times(BATCHES, () => flows.append(batch(BATCH_ROWS))));
    return (BATCHES * BATCH_ROWS * 1000) / ms;
  });
  await measure("one interval, durable", "ms", async () => {
    return (await took_ms(() => times(SINGLES, () => flows.append(batch(1))))) / SINGLES;
  });
  await measure("one ledger entry, durable", "ms", async () => {
    return (await took_ms(() => times(SINGLES, () => ledger.append("plan_activated", { plan: 1 }, 0)))) / SINGLES;
  });
  const ms = await took_ms(() => ledger.verify());
  print(`${`verify ${SINGLES * (ROUNDS + 1)} ledger entries`.padEnd(36)} ${ms.toFixed(0)} ms`);
}

async function run(dataDir: string): Promise<void> {
  await (await measureOpening("first opening", dataDir)).close();
  const storage = await measureOpening("second opening", dataDir);
  await measureWrites(storage);
  await storage.close();
}

const folder = mkdtempSync(join(tmpdir(), "greenwave-bench-"));
try {
  await run(join(folder, "data"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
