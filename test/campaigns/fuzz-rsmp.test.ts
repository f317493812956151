/**
 * Bytes and messages against a site and against a supervisor, broken in every way chance finds, before and after the connection
 * sequence. Nothing ends the process, nothing is kept, and no lamp, plan or input is other than before: not one of the commands had
 * the right code. Ten minutes a side as a campaign, a few seconds in the normal suite, GREENWAVE_FUZZ_S seconds a side where that is set; the seed of a failure is in its message.
 */
import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { Site } from "../../controllers/rsmp/site/site.ts";
import { readSiteConfig, type SiteConfig } from "../../controllers/rsmp/site/site-config.ts";
import { Supervisor } from "../../controllers/rsmp/supervisor/supervisor.ts";
import {
  argumentsIn,
  commandCodes,
  commandSpec,
  statusCodes,
  statusSpec,
} from "../../controllers/rsmp/sxl/catalogue.ts";
import { type Json, RawListener, RawPeer } from "../controllers/rsmp/raw-peer.ts";
import { ask, shakeHands } from "../controllers/rsmp/site-stand.ts";
import { HeapSlope } from "../support/heap-slope.ts";
import { damaged } from "../support/mutations.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
/** Of each of the two sides. */
const side_ms = Number(process.env["GREENWAVE_FUZZ_S"] ?? (full ? 600 : 6)) * 1000;
/** Over the second half of a campaign. */
const HEAP_MB = 4;

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const now = (): string => new Date().toISOString();
const SXL = "1.2.1";

const names = (codes: readonly string[]): Json[] =>
  codes.flatMap((sCI) => {
    const spec = statusSpec(sCI, SXL);
    return spec === null ? [] : [...argumentsIn(spec, SXL).keys()].map((n) => ({ sCI, n }));
  });

/** Every request that a supervisor may make, as it should be; the codes are wrong. */
const requests: readonly Json[] = [
  { type: "Watchdog", wTs: now() },
  { type: "AggregatedStatusRequest", cId: "TC" },
  ...(["Acknowledge", "Suspend", "Resume", "Request"] as const).map((aSp) => ({
    type: "Alarm",
    cId: "DL1",
    aCId: "A0302",
    xACId: "",
    aSp,
    aTs: now(),
  })),
  { type: "StatusRequest", cId: "TC", sS: names(statusCodes(SXL, "main")) },
  {
    type: "StatusSubscribe",
    cId: "TC",
    sS: names(statusCodes(SXL, "main")).map((name) => ({ ...name, uRt: "1", sOc: true })),
  },
  { type: "StatusUnsubscribe", cId: "TC", sS: names(statusCodes(SXL, "main")) },
  ...commandCodes(SXL, "main")
    .filter((code) => commandSpec(code, SXL)?.security !== undefined || code === "M0103")
    .map((cCI) => {
      const spec = commandSpec(cCI, SXL);
      const args = spec === null ? [] : [...argumentsIn(spec, SXL)];
      const word = (kind: string, values?: readonly string[]): string =>
        values?.[0] ?? (kind === "boolean" ? "True" : "1");
      return {
        type: "CommandRequest",
        cId: "TC",
        arg: args.map(([n, { kind, values }]) => ({ cCI, cO: spec?.operation, n, v: word(kind, values) })),
      };
    }),
];

/** Everything that a site may say. */
const news: readonly Json[] = [
  { type: "Watchdog", wTs: now() },
  { type: "AggregatedStatus", cId: "TC", aSTS: now(), fP: null, fS: null, se: new Array<boolean>(8).fill(false) },
  {
    type: "Alarm",
    cId: "TC",
    aCId: "A0001",
    xACId: "",
    aSp: "Issue",
    ack: "notAcknowledged",
    aS: "Active",
    sS: "notSuspended",
    aTs: now(),
    cat: "D",
    pri: "2",
    rvs: [],
  },
  { type: "StatusUpdate", cId: "TC", sTs: now(), sS: [{ sCI: "S0014", n: "status", s: "1", q: "recent" }] },
  {
    type: "StatusResponse",
    cId: "TC",
    sTs: now(),
    sS: [{ sCI: "S0020", n: "controlmode", s: "control", q: "recent" }],
  },
  { type: "CommandResponse", cId: "TC", cTS: now(), rvs: [{ cCI: "M0002", n: "status", v: "True", age: "recent" }] },
  { type: "ComponentList", components: [{ id: "TC", type: "main", name: "TC" }] },
];

const NESTED = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;

const strange: readonly unknown[] = [
  null,
  "",
  "0",
  "-1",
  "1e999",
  "99999999999999999999",
  "__proto__",
  "constructor",
  "TC\u0000",
  "\u2028",
  "🛵",
  true,
  0,
  -1,
  1e308,
  [],
  {},
  [[]],
  { s: { s: {} } },
  "x".repeat(5000),
];

/** Not an assignment: with `__proto__` that would set the prototype here, and send nothing. */
function put(holder: object, key: string, value: unknown): void {
  const own = { value: structuredClone(value), enumerable: true, writable: true, configurable: true };
  Object.defineProperty(holder, key, own);
}

/** One to three places of the message are something else, gone, or twice. */
function revalued(message: Json, chance: Seeded): Json {
  const copy = structuredClone(message);
  for (let left = 1 + chance.below(3); left > 0; left -= 1) {
    let holder: Record<string, unknown> = copy;
    let key = chance.pick(Object.keys(holder));
    while (
      typeof holder[key] === "object" &&
      holder[key] !== null &&
      Object.keys(holder[key] as object).length > 0 &&
      chance.next() < 0.8
    ) {
      holder = holder[key] as Record<string, unknown>;
      key = chance.pick(Object.keys(holder));
    }
    const how = chance.next();
    if (how < 0.2) delete holder[key];
    else if (how < 0.3 && Array.isArray(holder)) holder.push(holder[Number(key)]);
    else put(holder, how < 0.4 ? chance.pick(["__proto__", "toString", "extra"]) : key, chance.pick(strange));
  }
  return copy;
}

function broken(messages: readonly Json[], chance: Seeded): Buffer {
  const message = { mType: "rSMsg", mId: randomUUID(), ...chance.pick(messages) };
  const how = chance.next();
  if (how < 0.002) return Buffer.from(`${NESTED}\f`);
  if (how < 0.004) return Buffer.from(`{"a":"${"x".repeat(chance.below(2 << 20))}`);
  if (how < 0.1) return Buffer.from(`${JSON.stringify(message)}\f`);
  if (how < 0.6) return Buffer.from(`${JSON.stringify(revalued(message, chance))}\f`);
  return Buffer.concat([
    damaged(Buffer.from(JSON.stringify(message)), chance),
    Buffer.from(chance.next() < 0.9 ? "\f" : ""),
  ]);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Pours broken messages in until the peer hangs up or has had its share. */
async function pour(peer: RawPeer, messages: readonly Json[], chance: Seeded): Promise<number> {
  const share = 20 + chance.below(200);
  for (let sent = 0; sent < share; sent++) {
    if (peer.closed) return sent;
    peer.raw(broken(messages, chance));
    if (sent % 16 === 15) await pause(1);
  }
  return share;
}

function configOf(port: number): SiteConfig {
  const yaml = `security_codes: { 1: "${randomUUID()}", 2: "${randomUUID()}" }\nintervals: { reconnect: 0.01, timer: 0.05 }\nstartup_sequence: ""\nmessage_buffer: { max_messages: 200 }`;
  const config = readSiteConfig(yaml, {
    supervisor: { host: "127.0.0.1", port },
    siteId: "S",
    core: "3.1.5,3.2.2,3.3.0",
    sxl: SXL,
    version: "fuzz",
  });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  return config.value;
}

/** What no command may have changed: plans, position, inputs, outputs, detectors, clock. */
const STATE = {
  S0003: ["inputstatus"],
  S0007: ["status"],
  S0009: ["status"],
  S0011: ["status"],
  S0014: ["status"],
  S0015: ["status"],
  S0021: ["detectorlogics"],
  S0029: ["status"],
  S0030: ["status"],
  S0034: ["status"],
  S0035: ["emergencyroutes"],
  S0096: ["year"],
  S0097: ["checksum"],
};

describe("RSMP", () => {
  it(`lets nothing through to a site (seed ${SEED})`, { timeout: side_ms + 120_000 }, async () => {
    const chance = new Seeded(SEED);
    const listener = await RawListener.open();
    closers.push(() => listener.close());
    const started = Site.start(configOf(listener.port), null, () => undefined);
    if (!started.ok) throw new Error(JSON.stringify(started.problems));
    closers.push(() => started.value.stop());
    const memory = new HeapSlope();
    const states = new Set<string>();
    const until_ms = performance.now() + side_ms;
    let sent = 0;
    let round = 0;
    for (; performance.now() < until_ms; round++) {
      const peer = await listener.connection();
      if (chance.next() < 0.2) sent += await pour(peer, requests, chance);
      else {
        await shakeHands(peer, chance.pick(["3.1.5", "3.2.2"]));
        await peer.ofType("AggregatedStatus");
        sent += await pour(peer, requests, chance);
      }
      peer.close();
      if (round % 20 !== 19) continue;
      const sober = await listener.connection();
      await shakeHands(sober, "3.2.2");
      states.add(JSON.stringify(await ask(sober, STATE)));
      sober.close();
      memory.look();
    }
    const grown = memory.grown();
    process.stderr.write(`site: ${sent} broken messages over ${round} connections from seed ${SEED}; ${grown.words}\n`);
    expect([...states]).toHaveLength(1);
    expect(grown.mb, "memory of the site").toBeLessThan(HEAP_MB);
  });

  it(`brings no supervisor down (seed ${SEED})`, { timeout: side_ms + 120_000 }, async () => {
    const chance = new Seeded(SEED + 1);
    const started = await Supervisor.listen({ port: 0, host: "127.0.0.1", security: null });
    if (!started.ok) throw new Error(JSON.stringify(started.problems));
    const supervisor = started.value;
    closers.push(() => supervisor.close());
    const greet = async (id: string): Promise<RawPeer> => {
      const peer = await RawPeer.dial(supervisor.port);
      peer.send({ type: "Version", RSMP: [{ vers: "3.2.2" }], siteId: [{ sId: id }], SXL });
      await peer.ofType("Version");
      peer.send({ type: "Watchdog", wTs: now() });
      await peer.ofType("Watchdog");
      return peer;
    };
    const sober = await greet("sober");
    const memory = new HeapSlope();
    const until_ms = performance.now() + side_ms;
    let sent = 0;
    let round = 0;
    for (; performance.now() < until_ms; round++) {
      const peer = chance.next() < 0.2 ? await RawPeer.dial(supervisor.port) : await greet(`site ${round % 7}`);
      sent += await pour(peer, news, chance);
      peer.close();
      if (round % 20 !== 19) continue;
      await sober.answerTo(sober.send({ type: "Watchdog", wTs: now() }));
      // What it writes down of the conversation would be taken for the supervisor's memory.
      sober.received.length = 0;
      sober.sequence.length = 0;
      sober.forget();
      memory.look();
    }
    const grown = memory.grown();
    process.stderr.write(
      `supervisor: ${sent} broken messages over ${round} connections from seed ${SEED}; ${grown.words}\n`,
    );
    expect(supervisor.sites.map(({ id }) => id)).toContain("sober");
    expect(grown.mb, "memory of the supervisor").toBeLessThan(HEAP_MB);
    sober.close();
  });
});
