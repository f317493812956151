/**
 * A process for tests to kill: the gate's workflow before one controller, through the built service. It says on stdout, a
 * line of JSON each, where its proposals are. Arguments: the data folder, the port, and a JSON of intersection, community,
 * and what to do beyond going on where the last process ended: `plan` to draft and approve, `hold` a phase to hold.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Gatekeeper } from "../../dist/api/gate/gatekeeper.js";
import { openStorage } from "../../dist/api/storage/open-storage.js";
import { decide } from "../../dist/controllers/gate/control-decision.js";
import { createNtcipController } from "../../dist/controllers/index.js";

const [dataDir, port, order] = process.argv.slice(2);
const { intersection, community, plan, hold } = JSON.parse(order);
const clock = { nowMs: () => Date.now(), sleep: (ms, signal) => delay(ms, undefined, { signal }) };
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const log = { info: () => undefined, warn: (words, message) => say({ warned: message, ...words }) };
const need = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
};

const storage = need(await openStorage({ dataDir, clock }));
const controller = createNtcipController({
  id: "cabinet",
  intersection,
  host: "127.0.0.1",
  port: Number(port),
  version: "v2c",
  community,
  timeout_s: 2,
  clock,
  freezes: false,
});
const places = [{ controller, intersection, virtual: false, approval: "second_person" }];
const gate = new Gatekeeper({ ...storage, places, timezone: "UTC", clock, log });
await gate.start(new AbortController().signal);
while (!gate.guard.isRead("cabinet")) await delay(20);
const latest = async () => (await storage.proposals.list({ limit: 1 }))[0];
let last = await latest();
// What the last process left half-way is settled first.
for (const open = ["sending", "downloaded"]; ; last = await latest()) {
  const { state = "none", steps = [] } = last?.proposal ?? {};
  if (!open.includes(state) && steps.at(-1)?.kind !== "commanded") break;
  await delay(20);
}
const steps = last?.proposal.steps.map(({ kind }) => kind) ?? [];
const holds = last?.proposal.steps.findLast(({ kind }) => kind === "interrupted")?.holds ?? null;
say({ read: true, state: last?.proposal.state ?? null, steps, holds });

if (plan !== undefined) {
  const lan = { name: "lan", role: "engineer" };
  const { id } = need(await gate.draft({ plan, reason: "the left turn queues back", window: null }, lan));
  for (;;) {
    const { proposal } = await storage.proposals.get(id);
    if (proposal.state === "waiting") {
      const decision = { kind: "approved", reason: "seen on site" };
      need(await gate.decide(id, decision, { name: "minh", role: "engineer" }, proposal.steps.length));
    }
    if (proposal.steps.at(-1).kind === "failed") throw new Error(JSON.stringify(proposal.steps.at(-1)));
    await delay(20);
  }
}
if (hold !== undefined) {
  const made_ms = clock.nowMs();
  const words = { intersection: intersection.id, hold: [hold], reason: "a queue", made_ms, expires_ms: made_ms + 4000 };
  need(await controller.control(need(decide(intersection, words))));
  say({ held: hold });
}
