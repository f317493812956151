import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { latchedObjects } from "../../../controllers/ntcip/latched.ts";
import { objects } from "../../../controllers/ntcip/oids.ts";
import { type Relay, startRelay } from "./relay.ts";
import { CENTRE, codesOf, STRONG, type Stand, setUpStand } from "./stand.ts";

describe.each(["v1", "v2c", "v3"] as const)("asking over SNMP %s what a device is", (version) => {
  let stand: Stand;
  beforeEach(async () => {
    stand = await setUpStand(version);
  });
  afterEach(() => stand.close());

  it("finds make, edition, sizes and that the centre may take it", async () => {
    const found = await stand.manager.device.discover();
    expect(codesOf(found)).toEqual([]);
    expect(found).toMatchObject({
      value: {
        make: "greenwave",
        edition: "1202 v02",
        snmp: version,
        missing: [],
        backup_time_s: 300,
        central_control: { possible: true, reasons: [] },
        quirks: { verify_base: 0 },
      },
    });
    expect(found.ok && found.value.sizes).toMatchObject({ phase: 16, pattern: 48, ring: 4 });
  });

  it("T12: a device of another edition lacks what it lacks, and is read and remembered all the same", async () => {
    const absent = ["phaseRedRevert", "preemptEnterYellowChange", "ringStatus", "globalLocalTimeDifferential"] as const;
    stand.device.setFaults({ absent: [...absent.map((name) => objects[name].oid), objects.overlapType.oid] });
    const found = await stand.manager.device.discover();
    expect(found.ok && [...found.value.missing].sort()).toEqual([...absent, "overlapType"].sort());
    expect(found.ok && found.value.central_control.possible).toBe(true);
    expect(stand.manager.device.memory.quirks.absent).toEqual(expect.arrayContaining([...absent]));
    const read = await stand.manager.device.readDatabase();
    expect(codesOf(read)).toEqual([]);
    expect(read.ok && read.value.phases[0]).not.toHaveProperty("red_revert_ds");
    expect(read.ok && read.value.phases[0]).toHaveProperty("yellow_change_ds", 33);
    expect((await stand.manager.device.poll()).ok).toBe(true);
  });

  it("says why the centre may not take a device", async () => {
    stand.edit(0, "unitBackupTime");
    stand.edit(254, "coordOperationalMode");
    const found = await stand.manager.device.discover();
    expect(found.ok && found.value.central_control).toMatchObject({ possible: false });
    expect(found.ok && found.value.central_control.reasons.join()).toContain("unitBackupTime 0");
    expect(found.ok && found.value.central_control.reasons.join()).toContain("coordOperationalMode");
  });
});

describe("the strongest SNMPv3 there is", () => {
  it("is spoken too, for reading and for a write identity of its own", async () => {
    const stand = await setUpStand("v3");
    const manager = stand.another({ version: CENTRE, writer: { version: STRONG } });
    expect((await manager.device.discover()).ok).toBe(true);
    expect((await stand.another({ version: STRONG }).device.discover()).ok).toBe(true);
    expect((await manager.release()).ok).toBe(true);
    await stand.close();
  });
});

describe("what discovery leaves alone", () => {
  let stand: Stand;
  let relay: Relay;
  beforeEach(async () => {
    stand = await setUpStand("v2c");
    relay = await startRelay(stand.device.port);
  });
  afterEach(async () => {
    await relay.close();
    await stand.close();
  });

  it("asks for no object that reading clears, and writes nothing", async () => {
    const asked: Buffer[] = [];
    relay.gate = (request) => asked.push(request) > 0;
    const manager = stand.another({ port: relay.port });
    expect((await manager.device.discover()).ok).toBe(true);
    const wire = (name: "unitAlarmStatus2" | "shortAlarmStatus"): Buffer =>
      Buffer.from([4, 2, 1, 3, ...(name === "shortAlarmStatus" ? [9] : [7]), 0]);
    expect([...latchedObjects].sort()).toEqual(["shortAlarmStatus", "unitAlarmStatus2"]);
    for (const request of asked) {
      expect(request.includes(wire("unitAlarmStatus2"))).toBe(false);
      expect(request.includes(wire("shortAlarmStatus"))).toBe(false);
    }
    const SET_REQUEST = 0xa3;
    // The tag stands right behind version and community.
    expect(asked.some((request) => request[7 + (request[6] ?? 0)] === SET_REQUEST)).toBe(false);
  });

  it("asks a device that it remembers for nothing twice", async () => {
    stand.device.setFaults({ absent: [objects.phaseRedRevert.oid, objects.ringStatus.oid] });
    const first = stand.another({ port: relay.port, version: "v1" });
    expect((await first.device.discover()).ok).toBe(true);
    const before = relay.asked;
    const second = stand.another({ port: relay.port, version: "v1", remembered: first.device.memory });
    expect((await second.device.discover()).ok).toBe(true);
    expect(relay.asked - before).toBeLessThan(before);
  });
});
