/**
 * A process for tests to kill: it opens a data folder through the built storage, appends without end, and says on
 * stdout, a line of JSON each, what was acknowledged. Arguments: the data folder and a name for what it writes.
 */
import { setTimeout as delay } from "node:timers/promises";
import { openStorage } from "../../dist/api/storage/open-storage.js";

const [dataDir, name] = process.argv.slice(2);
const clock = { nowMs: () => Date.now(), sleep: (ms, signal) => delay(ms, undefined, { signal }) };

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const interval = (lane, minute) => ({
  intersection: "bach-dang",
  lane: `${name}-${lane}`,
  feed: "camera-1",
  origin: "camera",
  start_ms: minute * 60_000,
  length_s: 60,
  total: minute,
  by_class: { motorcycle: minute },
  occupancy: null,
  mean_headway_s: null,
  quality: "valid",
  frames_seen: 1500,
  gap_s: 0,
});

const plan = (cycle_s) => ({
  intersection: "bach-dang",
  pattern: 1,
  cycle_s,
  offset_s: 0,
  offset_reference: "begin_green_of_coord_phases",
  sequence: 1,
  splits: [
    { phase: 2, split_s: 30, mode: "none" },
    { phase: 4, split_s: cycle_s - 30, mode: "none" },
  ],
});

async function writeFlows({ flows }) {
  let sent = [];
  for (let minute = 1; ; minute += 1) {
    // What was acknowledged goes again with the new, as after a lost acknowledgement.
    const batch = Array.from({ length: 8 }, (_, lane) => interval(lane, minute));
    await flows.append([...sent, ...batch]);
    for (const { lane, start_ms } of batch) say({ flow: [lane, start_ms, minute] });
    sent = batch;
  }
}

async function writePlans({ plans, ledger }) {
  for (let n = 0; ; n += 1) {
    const id = await plans.add(plan(60 + (n % 60)), { run: name, n }, n);
    await plans.setState(id, "active", n);
    say({ plan: id });
    const { seq, hash } = await ledger.append("plan_activated", { plan: id, run: name }, n);
    say({ ledger: [seq, hash] });
  }
}

const storage = await openStorage({ dataDir, clock });
if (!storage.ok) throw new Error(JSON.stringify(storage.problems));
await Promise.all([writeFlows(storage.value), writePlans(storage.value), writePlans(storage.value)]);
