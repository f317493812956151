/**
 * Power is pulled while the service measures, retimes and pushes: whatever anyone was told before is still there
 * after, and the ledger still verifies. Two moments in the normal suite, thirty as a campaign.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { LedgerEntry, StoredPlan } from "../../core/ports/storage.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import { type RunningGreenwave, startGreenwave, temporaryFolder } from "../support/greenwave-service.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const TRIALS = full ? 30 : 2;
const SEED = 20_261_122;
const EARLIEST_MS = 500;
const LATEST_MS = 15_000;

/** Park-Miller: enough to scatter moments, the same ones every time. */
function* scattered(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state * 48_271) % 2_147_483_647;
    yield EARLIEST_MS + (state / 2_147_483_647) * (LATEST_MS - EARLIEST_MS);
  }
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** The two-intersection site with made-up traffic on every lane, so that intervals come without a picture. */
function simulatedSite(folder: string): string {
  const text = readFileSync(fileURLToPath(new URL("../fixtures/first-light.yaml", import.meta.url)), "utf8");
  const file = join(folder, "site.yaml");
  writeFileSync(file, text.replace("timezone: Asia/Ho_Chi_Minh", "$&, simulate_unmeasured_lanes: true"));
  return file;
}

interface Told {
  readonly intervals: Map<string, FlowInterval>;
  readonly entries: Map<number, string>;
  readonly plans: Map<number, string>;
}

const intervalKey = ({ lane, start_ms, feed }: FlowInterval): string => `${lane} ${start_ms} ${feed}`;

async function ask(service: RunningGreenwave) {
  const { intervals } = await service.json<{ intervals: FlowInterval[] }>("/api/flows?limit=5000");
  const { in_force } = await service.json<{ in_force: StoredPlan[] }>("/api/plans");
  const ledger = await service.json<{ entries: LedgerEntry[]; chain: { broken_at: number | null } }>(
    "/api/ledger?limit=500",
  );
  return { intervals, in_force, ledger };
}

function remember(told: Told, answer: Awaited<ReturnType<typeof ask>>): void {
  for (const interval of answer.intervals) told.intervals.set(intervalKey(interval), interval);
  for (const { id, plan } of answer.in_force) told.plans.set(id, JSON.stringify(plan));
  for (const { seq, hash } of answer.ledger.entries) told.entries.set(seq, hash);
}

/** Remembers what the service tells until `untilMs`, then kills it while it is at work. */
async function watchAndKill(service: RunningGreenwave, told: Told, lifeMs: number): Promise<void> {
  const endMs = Date.now() + lifeMs;
  while (Date.now() < endMs) {
    remember(told, await ask(service));
    await new Promise((resolve) => setTimeout(resolve, Math.min(300, Math.max(0, endMs - Date.now()))));
  }
  expect(await service.stop("SIGKILL")).toBeNull();
}

describe("kill -9 of the service", () => {
  it(`loses nothing it told anyone, ${TRIALS} times`, { timeout: TRIALS * 60_000 + 60_000 }, async () => {
    const folder = temporaryFolder();
    closers.push(() => folder.remove());
    const data = join(folder.path, "data");
    const args = ["--site", simulatedSite(folder.path)];
    const told: Told = { intervals: new Map(), entries: new Map(), plans: new Map() };
    const moments = scattered(SEED);

    for (let trial = 0; trial <= TRIALS; trial += 1) {
      const service = await startGreenwave(data, args);
      closers.push(() => service.stop("SIGKILL"));
      const after = await ask(service);
      expect(after.ledger.chain.broken_at).toBeNull();
      const stored = new Set(after.intervals.map(intervalKey));
      expect(stored.size).toBe(after.intervals.length);
      expect([...told.intervals.keys()].filter((key) => !stored.has(key))).toEqual([]);
      const hashes = new Map(after.ledger.entries.map(({ seq, hash }) => [seq, hash]));
      const oldest = Math.min(...hashes.keys());
      for (const [seq, hash] of told.entries) if (seq >= oldest) expect(hashes.get(seq)).toBe(hash);
      const newestPlan = Math.max(0, ...after.in_force.map(({ id }) => id));
      expect(newestPlan).toBeGreaterThanOrEqual(Math.max(0, ...told.plans.keys()));
      if (trial < TRIALS) await watchAndKill(service, told, moments.next().value ?? LATEST_MS);
    }
    expect(told.entries.size).toBeGreaterThan(0);
    expect(told.intervals.size).toBeGreaterThan(0);
  });
});
