import { createHash } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { LampWatch } from "../../../api/control/lamp-watch.ts";
import { createNtcipController } from "../../../controllers/index.ts";
import { COMMUNITY, type Stand, setUpStand } from "../../controllers/ntcip/stand.ts";
import { crossroads } from "../../support/crossroads.ts";
import { need } from "../../support/data-folder.ts";

const quiet = { warn: () => undefined, info: () => undefined };
let stand: Stand;

beforeEach(async () => {
  stand = await setUpStand("v2c");
});
afterEach(() => stand.close());

/** A clock whose sleeps take the street along, until so much time has passed. */
function watched(until_ms: number) {
  const stop = new AbortController();
  const clock = {
    nowMs: () => stand.clock.nowMs(),
    sleep: async (ms: number) => {
      if (stand.clock.nowMs() >= until_ms) stop.abort();
      stand.clock.pass(ms);
    },
  };
  const watch = new LampWatch({ controllers: [stand.manager], clock, log: quiet });
  const run = async (): Promise<void> => {
    await watch.start(stop.signal);
    await new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve(), { once: true }));
    await watch.close();
  };
  return { watch, run };
}

describe("the lamps that rules depend on", () => {
  test("are asked five times a second, and each answer is remembered with the hash of its datagram", async () => {
    const from_ms = stand.clock.nowMs();
    const { watch, run } = watched(from_ms + 20_000);
    const trace = watch.trace(crossroads.id, 2);
    await run();
    const samples = watch.samples(crossroads.id, 2, from_ms, from_ms + 20_000);
    expect(samples.length).toBeGreaterThanOrEqual(99);
    const gaps = samples.slice(1).map(({ at_ms }, index) => at_ms - (samples[index]?.at_ms ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(250);
    expect(samples.every(({ reply_sha256 }) => /^[0-9a-f]{64}$/.test(reply_sha256))).toBe(true);
    // Each answer has a number of its own, so no two datagrams are alike.
    expect(new Set(samples.map(({ reply_sha256 }) => reply_sha256)).size).toBe(samples.length);
    // It starts in red for six seconds, then shows the coordinated phases.
    expect(samples.find(({ at_ms }) => at_ms > from_ms + 2000)?.state).toBe("red");
    expect(samples.at(-1)?.state).toBe("green");
    expect(trace.at(samples.at(-1)?.at_ms ?? 0)).toMatchObject({ state: "green", age_ms: 0, manual: false });
    expect(watch.samples(crossroads.id, 4, from_ms, from_ms + 20_000).at(-1)?.state).toBe("red");
  });

  test("of an intersection that nobody watches are not known", () => {
    const { watch } = watched(0);
    expect(watch.controllerOf("elsewhere")).toBeNull();
    expect(watch.trace("elsewhere", 2).at(0)).toBeNull();
    expect(watch.samples("elsewhere", 2, 0, Number.MAX_SAFE_INTEGER)).toEqual([]);
  });

  test("grow old while the controller is silent, and are known again when it answers", async () => {
    const from_ms = stand.clock.nowMs();
    const first = watched(from_ms + 2000);
    await first.run();
    stand.device.setFaults({ silent: true });
    const asked = await stand.manager.lamps();
    expect(asked.ok).toBe(false);
    stand.device.setFaults({});
    expect((await stand.manager.lamps()).ok).toBe(true);
  });
});

test("the hash is that of the datagram that came over the wire", async () => {
  const relay = createSocket("udp4");
  const answers: Buffer[] = [];
  let asker = 0;
  relay.on("message", (datagram, { port }) => {
    if (port === stand.device.port) {
      answers.push(datagram);
      relay.send(datagram, asker, "127.0.0.1");
    } else {
      asker = port;
      relay.send(datagram, stand.device.port, "127.0.0.1");
    }
  });
  relay.bind(0, "127.0.0.1");
  await once(relay, "listening");
  const { port } = relay.address();
  const reach = { host: "127.0.0.1", port, version: "v2c" as const, community: COMMUNITY, timeout_s: 1 };
  const manager = createNtcipController({ id: "cabinet", intersection: crossroads, clock: stand.clock, ...reach });
  try {
    const reading = need(await manager.lamps());
    const last = answers.at(-1) ?? Buffer.alloc(0);
    expect(reading.reply_sha256).toBe(createHash("sha256").update(last).digest("hex"));
  } finally {
    await manager.close();
    relay.close();
  }
});
