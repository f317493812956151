/**
 * Datagrams broken in every way chance finds, sent to a virtual controller: SNMPv1 and v2c from somebody who may only read,
 * SNMPv3 captured from the centre, and SNMPv3 well signed whose inside is broken. None may change anything, stop the agent
 * or grow it. Ten minutes as a campaign, ten seconds in the normal suite, GREENWAVE_FUZZ_S seconds where that is set; the seed of a failure is in its message.
 */
import { createSocket, type Socket } from "node:dgram";
import { on, once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import {
  startVirtualControllers,
  type VirtualControllerHandle,
  type VirtualControllers,
} from "../../controllers/index.ts";
import { objects, oid } from "../../controllers/ntcip/oids.ts";
import { berInteger, berOctets, TAG } from "../../controllers/virtual/agent/snmp/ber.ts";
import { writeCommunityMessage } from "../../controllers/virtual/agent/snmp/community-message.ts";
import { PDU, type Pdu, type Varbind } from "../../controllers/virtual/agent/snmp/pdu.ts";
import { LocalizedUser, PassPhrases } from "../../controllers/virtual/agent/snmp/usm-keys.ts";
import { FLAG, readV3, writeScopedPdu, writeV3 } from "../../controllers/virtual/agent/snmp/v3-message.ts";
import { crossroads } from "../support/crossroads.ts";
import { HeapSlope } from "../support/heap-slope.ts";
import { damaged } from "../support/mutations.ts";
import { Seeded } from "../support/seeded.ts";

const full = process.env["GREENWAVE_CAMPAIGN"] === "full";
const SEED = Number(process.env["GREENWAVE_SEED"] ?? (full ? Date.now() % 1_000_000 : 20_261_122));
const whole_ms = Number(process.env["GREENWAVE_FUZZ_S"] ?? (full ? 600 : 10)) * 1000;
/** Datagrams between two looks whether the agent still answers. */
const BATCH = 40;
/** Heap that may come and go while nothing grows. */
const HEAP_MB = 4;
const HEAP_LOOKS = 40;

const keys = { auth: "sha256", priv: "aes128", authKey: "first pass phrase", privKey: "second pass phrase" } as const;
const READER = "looking-only";

let street: VirtualControllers | null = null;
let socket: Socket | null = null;
afterEach(async () => {
  socket?.close();
  await street?.close();
});

const integer = (name: string, value: number): Varbind => ({ oid: name, tag: TAG.integer, value });

/** Requests of every kind, well formed. */
function requests(): readonly Pdu[] {
  const pdu = (type: number, varbinds: readonly Varbind[], first = 0, second = 0): Pdu => ({
    type,
    requestId: 77,
    first,
    second,
    varbinds,
  });
  const asked = [oid("maxPhases"), oid("phaseConcurrency", 1), objects.splitTime.oid, "1.3.6.1"].map((name) => ({
    oid: name,
    tag: TAG.null,
    value: null,
  }));
  const writes = [
    integer(oid("phaseMinimumGreen", 2), 9),
    integer(oid("systemPatternControl"), 254),
    integer(oid("dbCreateTransaction"), 2),
    { oid: oid("communityNameAdmin"), tag: TAG.octets, value: Buffer.from("stolen-cabinet") },
    { oid: oid("dayPlanActionNumberOID", 1, 1), tag: TAG.oid, value: oid("timebaseAscActionNumber", 1) },
  ];
  return [
    pdu(PDU.get, asked),
    pdu(PDU.getNext, asked),
    pdu(PDU.getBulk, asked, 1, 20),
    pdu(PDU.set, writes),
    ...writes.map((write) => pdu(PDU.set, [write])),
    pdu(PDU.response, asked),
    pdu(PDU.report, asked),
  ];
}

/** A whole message of SNMPv3 around `scoped`, signed and encrypted for this engine. */
function signed(user: string, scoped: Buffer, engineId: Buffer, time_s: number, local: LocalizedUser): Buffer {
  const { octets, salt } = local.encrypt(scoped, 1, time_s);
  const header = { messageId: 5, maxSize: 65_507, flags: FLAG.auth | FLAG.priv | FLAG.reportable, engineId, boots: 1 };
  const { digestOctets } = local;
  const message = writeV3({ ...header, time_s, user, digestOctets, salt, data: berOctets(octets) });
  local.sign(message.octets).copy(message.octets, message.digestAt);
  return message.octets;
}

/** Everything that can be written, as it is now. */
function state({ controller }: VirtualControllerHandle): string {
  const kept = controller.device.layout.instances.filter(
    ({ name }) => objects[name].kind !== "S" && name !== "globalTime",
  );
  return JSON.stringify(kept.map((instance) => controller.objects.get(instance.oid)));
}

/** Resolves when the agent has answered a request that is like no other: all before it have been read then. */
async function answered(to: Socket, handle: VirtualControllerHandle, pdu: Pdu): Promise<void> {
  const requestId = 1_000_000 + Math.floor(performance.now());
  const canary = writeCommunityMessage({ version: 1, community: READER, pdu: { ...pdu, requestId } });
  const named = berInteger(requestId);
  for (let left = 20; left > 0; left -= 1) {
    to.send(canary, handle.port, "127.0.0.1");
    const late = AbortSignal.timeout(500);
    try {
      for await (const [reply] of on(to, "message", { signal: late }) as AsyncIterable<[Buffer]>) {
        if (reply.includes(named)) return;
      }
    } catch (cause) {
      if (!late.aborted) throw cause;
    }
  }
  throw new Error("the agent does not answer any more");
}

describe("an SNMP agent under broken datagrams", () => {
  it("answers on, changes nothing and does not grow", { timeout: whole_ms + 60_000 }, async () => {
    street = await startVirtualControllers({
      controllers: [
        {
          id: "fuzzed",
          intersection: crossroads,
          port: 0,
          community: "cabinet-7f3a",
          readCommunity: READER,
          engineBoots: 1,
          users: [
            { user: "centre", ...keys },
            { user: "guest", ...keys, readOnly: true },
          ],
        },
      ],
    });
    const handle = street.controllers.get("fuzzed") as VirtualControllerHandle;
    const out = createSocket("udp4").bind(0, "127.0.0.1");
    socket = out;
    await once(out, "listening");
    // Replies to broken requests are of no interest.
    out.on("message", () => undefined);
    const all = requests();
    const engineId = await discover(out, handle.port);
    const local = new LocalizedUser(keys, engineId, new PassPhrases());
    const started = performance.now();
    const time_s = (): number => Math.floor((performance.now() - started) / 1000);
    const open = all.flatMap((pdu) =>
      ([0, 1] as const).map((version) => writeCommunityMessage({ version, community: READER, pdu })),
    );
    const captured = all.map((pdu) => signed("centre", writeScopedPdu(engineId, pdu), engineId, 0, local));

    const before = state(handle);
    let count = 0;
    const heap = new HeapSlope();
    let look_ms = 0;
    const end = performance.now() + whole_ms;
    while (performance.now() < end) {
      for (let left = BATCH; left > 0; left -= 1, count += 1) {
        const chance = new Seeded(SEED + count);
        out.send(broken(chance, open, captured, all, engineId, time_s(), local), handle.port, "127.0.0.1");
      }
      await answered(out, handle, all[0] as Pdu);
      if (count % (BATCH * 250) === 0) expect(state(handle), `GREENWAVE_SEED=${SEED}, ${count} datagrams`).toBe(before);
      if (performance.now() < look_ms) continue;
      look_ms = performance.now() + whole_ms / HEAP_LOOKS;
      heap.look();
    }
    expect(state(handle), `GREENWAVE_SEED=${SEED}, ${count} datagrams`).toBe(before);
    const grown = heap.grown();
    const { wrongDigests, decryptionErrors } = handle.refusals;
    process.stderr.write(
      `fuzz-snmp: ${count} datagrams from seed ${SEED}; ${wrongDigests} wrong digests, ${decryptionErrors} not deciphered; ${grown.words}\n`,
    );
    expect(wrongDigests).toBeGreaterThan(0);
    expect(grown.mb).toBeLessThan(HEAP_MB);
  });
});

function broken(
  chance: Seeded,
  open: readonly Buffer[],
  captured: readonly Buffer[],
  pdus: readonly Pdu[],
  engineId: Buffer,
  time_s: number,
  local: LocalizedUser,
): Buffer {
  switch (chance.below(3)) {
    case 0:
      return damaged(chance.pick(open), chance);
    case 1: {
      const original = chance.pick(captured);
      const changed = damaged(original, chance);
      // What chance left whole is no broken datagram: it would rightly be executed.
      return changed.equals(original) ? changed.subarray(1) : changed;
    }
    default:
      return signed("guest", damaged(writeScopedPdu(engineId, chance.pick(pdus)), chance), engineId, time_s, local);
  }
}

/** Asks who the engine is, as every manager does first. */
async function discover(from: Socket, port: number): Promise<Buffer> {
  const nobody = {
    messageId: 1,
    maxSize: 65_507,
    flags: FLAG.reportable,
    boots: 0,
    time_s: 0,
    user: "",
    digestOctets: 0,
  };
  const empty = Buffer.alloc(0);
  const pdu: Pdu = { type: PDU.get, requestId: 1, first: 0, second: 0, varbinds: [] };
  const { octets } = writeV3({ ...nobody, engineId: empty, salt: empty, data: writeScopedPdu(empty, pdu) });
  const came = once(from, "message") as Promise<[Buffer]>;
  from.send(octets, port, "127.0.0.1");
  const [report] = await came;
  return Buffer.from(readV3(report).engineId);
}
