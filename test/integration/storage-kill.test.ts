/** `kill -9` at random moments: whatever was acknowledged is there afterwards, once, and the chain holds. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { DataFolders, opened } from "../support/data-folder.ts";

const TRIALS = 10;
const LONGEST_MS = 1500;
const writer = fileURLToPath(new URL("../support/storage-writer.js", import.meta.url));

const folders = new DataFolders();
/** Every writer writes under a name of its own. */
let runs = 0;
afterAll(() => folders.remove());

interface Acknowledged {
  /** Lane and start, and the count that went with them. */
  readonly flows: Map<string, number>;
  readonly plans: Set<number>;
  readonly ledger: Map<number, string>;
}

interface Line {
  readonly flow?: readonly [string, number, number];
  readonly plan?: number;
  readonly ledger?: readonly [number, string];
}

const nothing = (): Acknowledged => ({ flows: new Map(), plans: new Set(), ledger: new Map() });

function note(line: Line, said: Acknowledged): void {
  if (line.flow !== undefined) said.flows.set(`${line.flow[0]} ${line.flow[1]}`, line.flow[2]);
  if (line.plan !== undefined) said.plans.add(line.plan);
  if (line.ledger !== undefined) said.ledger.set(...(line.ledger as [number, string]));
}

function startWriter(dataDir: string, name: string): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [writer, dataDir, name]);
  child.stderr.pipe(process.stderr);
  return child;
}

/**
 * Lets a writer work, kills it `wait_ms` after its start or after its first acknowledgement, and notes every line it
 * got out. Counted from the start, the kill mostly meets recovery; from the acknowledgement, always work in full swing.
 */
async function killed(dataDir: string, wait_ms: number, from: "start" | "acknowledgement", said: Acknowledged) {
  runs += 1;
  const child = startWriter(dataDir, `run-${runs}`);
  const lines = createInterface({ input: child.stdout });
  const drained = once(lines, "close");
  const acknowledged = new Promise<void>((resolve) => {
    lines.on("line", (text) => {
      note(JSON.parse(text) as Line, said);
      resolve();
    });
  });
  if (from === "acknowledgement") await Promise.race([acknowledged, once(child, "exit")]);
  await delay(wait_ms);
  child.kill("SIGKILL");
  await drained;
  expect(child.exitCode, "the writer must die by our hand").toBeNull();
}

async function expectAllKept(dataDir: string, said: Acknowledged, trial: string): Promise<void> {
  const storage = await opened(dataDir);
  const flows = await storage.flows.recent({ limit: 1_000_000 });
  const found = new Map(flows.map(({ lane, start_ms, total }) => [`${lane} ${start_ms}`, total]));
  expect(found.size, `${trial}: one row per interval`).toBe(flows.length);
  expect(
    [...said.flows].filter(([key, total]) => found.get(key) !== total),
    `${trial}: lost intervals`,
  ).toEqual([]);

  const plans = await storage.plans.recent({ limit: 1_000_000 });
  const ids = new Set(plans.map(({ id }) => id));
  expect(
    [...said.plans].filter((id) => !ids.has(id)),
    `${trial}: lost plans`,
  ).toEqual([]);
  const inForce = plans.filter(({ state }) => state === "active").length;
  expect(inForce, `${trial}: plans in force`).toBeLessThanOrEqual(1);
  expect(inForce, `${trial}: plans in force`).toBeGreaterThanOrEqual(Math.min(1, said.plans.size));

  const entries = new Map((await storage.ledger.recent(1_000_000)).map(({ seq, hash }) => [seq, hash]));
  expect(
    [...said.ledger].filter(([seq, hash]) => entries.get(seq) !== hash),
    `${trial}: lost entries`,
  ).toEqual([]);
  const check = await storage.ledger.verify();
  expect(check, `${trial}: the chain`).toEqual({ entries: entries.size, broken_at: null, fault: null });
  await storage.close();
}

describe("storage under kill -9", () => {
  it(`keeps everything it acknowledged, ${TRIALS} times over`, async () => {
    const dataDir = await folders.withDatabase();
    const said = nothing();
    for (let trial = 1; trial <= TRIALS; trial += 1) {
      const wait_ms = Math.random() * LONGEST_MS;
      await killed(dataDir, wait_ms, "acknowledgement", said);
      await expectAllKept(dataDir, said, `trial ${trial}, killed after ${Math.round(wait_ms)} ms`);
    }
    process.stderr.write(
      `${TRIALS} kills: ${said.flows.size} intervals, ${said.plans.size} plans, ${said.ledger.size} entries kept\n`,
    );
  });

  it("keeps it through further kills while the next start is still recovering", async () => {
    const dataDir = await folders.withDatabase();
    const said = nothing();
    await killed(dataDir, 300, "acknowledgement", said);
    for (let kill = 1; kill <= 3; kill += 1) await killed(dataDir, Math.random() * LONGEST_MS, "start", said);
    await expectAllKept(dataDir, said, "four kills in a row");
  });

  it("makes the database anew when the kill came while it was first made", async () => {
    const dataDir = await folders.unused();
    const said = nothing();
    await killed(dataDir, Math.random() * 2000, "start", said);
    await killed(dataDir, 300, "acknowledgement", said);
    await expectAllKept(dataDir, said, "after the first making was cut short");
  });
});
