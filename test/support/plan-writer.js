/**
 * A process for tests to kill: it opens a controller through the built manager and writes one plan to it. Arguments: the
 * port, and a JSON of intersection, plan and community.
 */
import { setTimeout as delay } from "node:timers/promises";
import { prove } from "../../dist/controllers/gate/prove.js";
import { createNtcipController } from "../../dist/controllers/index.js";

const [port, order] = process.argv.slice(2);
const { intersection, plan, community } = JSON.parse(order);
const clock = { nowMs: () => Date.now(), sleep: (ms, signal) => delay(ms, undefined, { signal }) };
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

const controller = createNtcipController({
  id: "cabinet",
  intersection,
  host: "127.0.0.1",
  port: Number(port),
  version: "v2c",
  community,
  timeout_s: 5,
  clock,
});
const timing = await controller.readTiming();
const proved = timing.ok ? prove(intersection, plan, timing.value) : timing;
const done = proved.ok ? await controller.download(proved.value) : proved;
say({ ok: done.ok, problems: done.ok ? [] : done.problems });
await controller.close();
