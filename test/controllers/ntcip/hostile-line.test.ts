/** What a line does to datagrams, and what somebody on it may try. */
import { createSocket } from "node:dgram";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { prove } from "../../../controllers/gate/prove.ts";
import { cell } from "../../../controllers/ntcip/cells.ts";
import type { NtcipController } from "../../../controllers/ntcip/ntcip-controller.ts";
import { SnmpLink } from "../../../controllers/ntcip/snmp-link.ts";
import { mayBeHeard } from "../../../controllers/ntcip/v3-guard.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { startRelay } from "./relay.ts";
import { CENTRE, codesOf, type Stand, setUpStand } from "./stand.ts";

const go = new AbortController().signal;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function standOver(version: "v1" | "v2c" | "v3"): Promise<Stand> {
  const stand = await setUpStand(version);
  closers.push(stand.close);
  return stand;
}

async function pushed(manager: NtcipController, cycle_s = crossroadsPlan.cycle_s): Promise<readonly string[]> {
  const timing = await manager.readTiming();
  const plan = timing.ok ? prove(crossroads, { ...crossroadsPlan, cycle_s }, timing.value) : timing;
  if (!plan.ok) return codesOf(plan);
  const down = await manager.download(plan.value);
  return down.ok ? codesOf(await manager.activate(plan.value, go)) : codesOf(down);
}

describe.each(["v1", "v2c", "v3"] as const)("a bad line under SNMP %s", (version) => {
  it("T6: requests that arrive twice, late, out of order or not at all end in the plan that was sent", async () => {
    const stand = await standOver(version);
    const manager = stand.another({ timeout_s: 0.15 });
    const faults = {
      duplicateShare: 0.3,
      reorderShare: 0.1,
      loseShare: 0.05,
      dropShare: 0.05,
      delay_ms: 1,
      jitter_ms: 3,
    };
    stand.device.setFaults(faults);
    expect(await pushed(manager)).toEqual([]);
    stand.device.setFaults({});
    const timing = await manager.readTiming();
    expect(timing.ok && timing.value.patterns).toEqual([crossroadsPlan]);
    expect(stand.holds("coordPatternStatus")).toBe(crossroadsPlan.pattern);
    expect(stand.device.trips).toEqual([]);
  });
});

describe("somebody on the line, under SNMPv3", () => {
  it("T6: plays our SETs again after a restart of the device, and none of them is obeyed", async () => {
    const stand = await standOver("v3");
    const relay = await startRelay(stand.device.port);
    closers.push(relay.close);
    const heard: Buffer[] = [];
    relay.gate = (request) => heard.push(Buffer.from(request)) > 0;
    const manager = stand.another({ port: relay.port });
    expect(await pushed(manager)).toEqual([]);
    expect((await manager.release()).ok).toBe(true);
    stand.device.reboot();
    const before = stand.device.controller.objects;
    const attacker = createSocket("udp4");
    closers.push(() => attacker.close());
    for (const request of heard) {
      await new Promise((sent) => attacker.send(request, stand.device.port, "127.0.0.1", sent));
    }
    // Loopback keeps the order of one socket: an answer to this means that all before it were dealt with.
    expect((await stand.another().device.poll()).ok).toBe(true);
    expect(stand.device.controller.objects).toBe(before);
    expect(stand.holds("systemPatternControl")).toBe(0);
    expect(stand.holds("dbCreateTransaction")).toBe(1);
  });

  it("answers in clear text, and is not heard", async () => {
    const liar = createSocket("udp4", (_, from) => {
      // A GetResponse of SNMPv3 without authentication: "there are 40 phases".
      const forged = Buffer.from(
        "303e020103301102047fffffff020300ffe30401000201030410300e0400020100020100040004000400301404000400a20e0201010201000201003003300104",
        "hex",
      );
      liar.send(forged, from.port, from.address);
    });
    await new Promise<void>((bound) => liar.bind(0, "127.0.0.1", bound));
    closers.push(() => liar.close());
    const { port } = liar.address();
    const reach = { controller: "c", host: "127.0.0.1", port, version: CENTRE, timeout_s: 0.1 };
    const link = new SnmpLink(reach);
    closers.push(() => link.close());
    expect(codesOf(await link.read([cell("maxPhases")]))).toEqual(["CONTROLLER_WRONG_ANSWER"]);
  });

  it("lets through what is encrypted and Reports, and nothing that only looks like SNMP", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        // Random bytes are never a whole Report; and no bytes make the guard throw.
        expect(mayBeHeard(bytes)).toBe(false);
      }),
    );
  });
});
