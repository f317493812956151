/**
 * A manager before a device whose answers are broken in every way chance finds: octets changed, lost and doubled, answers cut,
 * joined, sent twice, late, or in place of others. Whatever comes, each operation ends, nothing is written, nothing is kept, and
 * over SNMPv3 what is believed is the truth. Ten minutes as a campaign, a few seconds in the normal suite, GREENWAVE_FUZZ_S seconds
 * where that is set; the seed of a failure is in its message.
 */
import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { NtcipController } from "../../controllers/ntcip/ntcip-controller.ts";
import { type Relay, startRelay } from "../controllers/ntcip/relay.ts";
import { type Stand, setUpStand } from "../controllers/ntcip/stand.ts";
import { HeapSlope } from "../support/heap-slope.ts";
import { damaged } from "../support/mutations.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const VERSIONS = ["v1", "v2c", "v3"] as const;
/** Of each version. */
const each_ms = (Number(process.env["GREENWAVE_FUZZ_S"] ?? (full ? 600 : 6)) * 1000) / VERSIONS.length;
const HEAP_MB = 4;
const HEAP_LOOKS = 40;
/** A look costs more than all that lies between two of them, where they are closer than this. */
const LOOK_MS = 1000;
const TIMEOUT_S = 0.03;
/** Managers at once: most of the time of each goes by in waiting. */
const LANES = 8;
/** Answers that wait to be sent once more. */
const MOST_OLD = 20;

let stand: Stand | null = null;
let relays: readonly Relay[] = [];
afterEach(async () => {
  await Promise.all(relays.map((relay) => relay.close()));
  await stand?.close();
});

/** Half of the answers as they are, so that something is left to be believed. */
function breaker(chance: Seeded, tally: Tally): (reply: Buffer) => readonly Buffer[] {
  const old: Buffer[] = [];
  return (reply) => {
    tally.answers += 1;
    if (old.length < MOST_OLD) old.push(reply);
    else old[chance.below(MOST_OLD)] = reply;
    if (chance.next() < 0.5) return [reply];
    switch (chance.below(7)) {
      case 0:
        return [reply, reply];
      case 1:
        return [chance.pick(old)];
      case 2:
        return [chance.pick(old), reply];
      case 3:
        return [Buffer.concat([reply, chance.pick(old)])];
      case 4:
        return [reply.subarray(0, chance.below(reply.length))];
      case 5:
        return [randomBytes(1 + chance.below(200))];
      default:
        return [damaged(reply, chance)];
    }
  };
}

interface Tally {
  /** Of the device, half of them broken on their way. */
  answers: number;
  asked: number;
  answered: number;
}

async function ask(manager: NtcipController, truth: string | null, tally: Tally): Promise<void> {
  tally.asked += 1;
  const turn = tally.asked % 8;
  if (turn === 0) {
    const timing = await manager.readTiming();
    if (timing.ok) tally.answered += 1;
    if (timing.ok && truth !== null) expect(JSON.stringify(timing.value)).toBe(truth);
    return;
  }
  const done = turn % 2 === 0 ? await manager.status() : await manager.device.poll();
  if (done.ok) tally.answered += 1;
}

/** What would be otherwise if the device had been told anything. */
const told = (of: Stand): readonly number[] => [
  of.holds("globalSetIDParameter"),
  of.holds("unitControlStatus"),
  of.holds("systemPatternControl"),
  of.holds("dbCreateTransaction"),
];

describe("an SNMP manager under broken answers", () => {
  const timeout = each_ms + 120_000;
  it.each(VERSIONS)("over %s ends what it asks, writes nothing and does not grow", { timeout }, async (version) => {
    const device = await setUpStand(version);
    stand = device;
    relays = await Promise.all(Array.from({ length: LANES }, () => startRelay(device.device.port)));
    const read = await device.manager.readTiming();
    if (!read.ok) throw new Error("the device must answer before its line is broken");
    // Without a digest a changed octet is an answer like any other.
    const truth = version === "v3" ? JSON.stringify(read.value) : null;
    const before = told(device);
    const tally: Tally = { answers: 0, asked: 0, answered: 0 };
    let end_ms = performance.now() + each_ms;
    const managers = relays.map((relay, lane) => {
      relay.answer = breaker(new Seeded(SEED + lane), tally);
      const reach = { port: relay.port, timeout_s: TIMEOUT_S, poll: { attempts: 3, timeout_s: TIMEOUT_S } };
      return device.another(reach);
    });
    const heap = new HeapSlope();
    const looking = setInterval(() => heap.look(), Math.max(LOOK_MS, each_ms / HEAP_LOOKS));
    try {
      await Promise.all(
        managers.map(async (manager) => {
          while (performance.now() < end_ms) {
            await ask(manager, truth, tally);
            // What fails without a datagram must not keep the others from theirs.
            await nextTurn();
          }
        }),
      );
    } finally {
      // Managers that are closed fail without waiting: the others must not go on when one has failed, into the next test.
      end_ms = 0;
      clearInterval(looking);
    }
    const grown = heap.grown();
    const { answers, asked, answered } = tally;
    process.stderr.write(
      `fuzz-manager ${version}: ${answers} answers, ${answered} of ${asked} operations went well, seed ${SEED}; ${grown.words}\n`,
    );
    expect(told(device), `GREENWAVE_SEED=${SEED}`).toEqual(before);
    expect(answered).toBeGreaterThan(0);
    expect(grown.mb).toBeLessThan(HEAP_MB);
    // A line that is whole again is heard.
    for (const relay of relays) relay.answer = (reply) => [reply];
    expect((await device.another({ port: relays[0]?.port ?? 0 }).status()).ok).toBe(true);
  });
});
