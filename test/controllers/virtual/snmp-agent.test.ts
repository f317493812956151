import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import snmp from "net-snmp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  startVirtualControllers,
  type VirtualControllerHandle,
  type VirtualControllers,
} from "../../../controllers/index.ts";
import { dbState, type ObjectName, objects, oid } from "../../../controllers/ntcip/oids.ts";
import { crossroads } from "../../support/crossroads.ts";

const ADMIN = "cabinet-7f3a";
const READER = "looking-only";

const centre = {
  user: "centre",
  auth: "sha256",
  priv: "aes128",
  authKey: "first pass phrase",
  privKey: "second pass phrase",
} as const;
const strong = {
  user: "strong",
  auth: "sha512",
  priv: "aes256",
  authKey: "third pass phrase",
  privKey: "fourth pass phrase",
} as const;
const guest = { ...centre, user: "guest", readOnly: true } as const;

interface Answer {
  readonly error: Error | null;
  readonly varbinds: readonly snmp.Varbind[];
}

interface Manager {
  get(...oids: readonly string[]): Promise<Answer>;
  set(name: ObjectName, index: readonly number[], value: number | Buffer): Promise<Answer>;
  session: snmp.Session;
}

let all: VirtualControllers;
let handle: VirtualControllerHandle;
let engineNow_ms = 1_000_000;
const sessions: snmp.Session[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  all = await startVirtualControllers({
    controllers: [
      {
        id: "a",
        intersection: crossroads,
        port: 0,
        community: ADMIN,
        readCommunity: READER,
        users: [centre, strong, guest],
        engineBoots: 7,
      },
    ],
    engineClock_ms: () => engineNow_ms,
  });
  handle = all.controllers.get("a") as VirtualControllerHandle;
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.close();
  for (const socket of sockets.splice(0)) socket.close();
  await all.close();
});

function manager(session: snmp.Session): Manager {
  sessions.push(session);
  session.on("error", () => undefined);
  const answered = (run: (done: (error: Error | null, varbinds?: snmp.Varbind[]) => void) => void): Promise<Answer> =>
    new Promise((resolve) => run((error, varbinds = []) => resolve({ error, varbinds })));
  return {
    session,
    get: (...oids) => answered((done) => session.get([...oids], done)),
    set: (name, index, value) => {
      const type = typeof value === "number" ? snmp.ObjectType.Integer : snmp.ObjectType.OctetString;
      return answered((done) => session.set([{ oid: oid(name, ...index), type, value }], done));
    },
  };
}

function community(name: string, version: 0 | 1 = snmp.Version2c, port = handle.port): Manager {
  return manager(snmp.createSession("127.0.0.1", name, { port, version, retries: 0, timeout: 4000 }));
}

const AUTH = { sha256: snmp.AuthProtocols["sha256"], sha512: snmp.AuthProtocols["sha512"] } as const;
const PRIV = { aes128: snmp.PrivProtocols["aes"], aes256: snmp.PrivProtocols["aes256b"] } as const;

function secure(user: typeof centre | typeof strong | typeof guest, port = handle.port, keys = user): Manager {
  const v3 = {
    name: user.user,
    level: snmp.SecurityLevel.authPriv,
    authProtocol: AUTH[user.auth],
    authKey: keys.authKey,
    privProtocol: PRIV[user.priv],
    privKey: keys.privKey,
  };
  return manager(
    snmp.createV3Session("127.0.0.1", v3 as snmp.User, { port, retries: 0, timeout: 4000, version: snmp.Version3 }),
  );
}

const inForce = (name: ObjectName, ...index: readonly number[]): number =>
  handle.controller.device.parameters.number(name, ...index);

describe("SNMPv3 at a virtual controller", () => {
  test.each([centre, strong])("is spoken with $auth and $priv", async (user) => {
    const { get, set } = secure(user);
    const read = await get(oid("phaseMinimumGreen", 2));
    expect(read.error).toBeNull();
    expect(read.varbinds[0]?.value).toBe(8);
    expect((await set("phaseMinimumGreen", [2], 9)).error).toBeNull();
    expect(inForce("phaseMinimumGreen", 2)).toBe(9);
  });

  test("lets a user who may only read write nothing", async () => {
    const { get, set } = secure(guest);
    expect((await get(oid("phaseMinimumGreen", 2))).varbinds[0]?.value).toBe(8);
    expect((await set("phaseMinimumGreen", [2], 9)).error?.message).toContain("NoAccess");
    expect((await get(oid("communityNameAdmin"))).varbinds[0]?.type).toBe(snmp.ObjectType.NoSuchInstance);
    expect(inForce("phaseMinimumGreen", 2)).toBe(8);
  });

  test("refuses wrong keys and strangers, and counts them", async () => {
    const wrong = await secure(centre, handle.port, { ...centre, authKey: "another phrase" } as never).get(
      oid("maxPhases"),
    );
    expect(wrong.error).not.toBeNull();
    const garbled = await secure(centre, handle.port, { ...centre, privKey: "another phrase" } as never).get(
      oid("maxPhases"),
    );
    expect(garbled.error).not.toBeNull();
    const stranger = await secure({ ...centre, user: "stranger" } as never).get(oid("maxPhases"));
    expect(stranger.error).not.toBeNull();
    expect(handle.refusals).toMatchObject({
      wrongDigests: 1,
      decryptionErrors: 1,
      unknownUserNames: 1,
      unknownEngineIDs: 3,
    });
  });

  test("is not spoken below authentication with privacy", async () => {
    const bare = { name: "centre", level: snmp.SecurityLevel.noAuthNoPriv };
    const { get } = manager(snmp.createV3Session("127.0.0.1", bare, { port: handle.port, retries: 0, timeout: 4000 }));
    expect((await get(oid("maxPhases"))).error).not.toBeNull();
    expect(handle.refusals.unsupportedSecLevels).toBe(1);
  });
});

/** Passes datagrams on to the controller and keeps those that managers sent. */
async function tap(): Promise<{ port: number; sent: Buffer[]; replay: (datagram: Buffer) => Promise<Buffer> }> {
  const inside = createSocket("udp4").bind(0, "127.0.0.1");
  await once(inside, "listening");
  const outside = createSocket("udp4").bind(0, "127.0.0.1");
  await once(outside, "listening");
  sockets.push(inside, outside);
  const sent: Buffer[] = [];
  let from = { port: 0, address: "" };
  inside.on("message", (datagram, sender) => {
    sent.push(datagram);
    from = sender;
    outside.send(datagram, handle.port, "127.0.0.1");
  });
  outside.on("message", (datagram) => inside.send(datagram, from.port, from.address));
  const replay = async (datagram: Buffer): Promise<Buffer> => {
    const answer = once(outside, "message") as Promise<[Buffer]>;
    outside.send(datagram, handle.port, "127.0.0.1");
    return (await answer)[0];
  };
  return { port: inside.address().port, sent, replay };
}

describe("T6: a captured SET sent again", () => {
  const USM_NOT_IN_WINDOW = Buffer.from([0x2b, 6, 1, 6, 3, 15, 1, 1, 2, 0]);

  test("is refused once the time window has passed, and counted", async () => {
    const line = await tap();
    const { set } = secure(centre, line.port);
    await set("phaseMinimumGreen", [2], 11);
    const captured = line.sent.at(-1) as Buffer;
    await set("phaseMinimumGreen", [2], 12);
    engineNow_ms += 151_000;
    const answer = await line.replay(captured);
    expect(answer.includes(USM_NOT_IN_WINDOW)).toBe(true);
    expect(inForce("phaseMinimumGreen", 2)).toBe(12);
    expect(handle.refusals.notInTimeWindows).toBe(1);
  });

  test("is refused inside the window too, when something newer was set since", async () => {
    const line = await tap();
    const { set } = secure(centre, line.port);
    await set("phaseMinimumGreen", [2], 11);
    const captured = line.sent.at(-1) as Buffer;
    await set("phaseMinimumGreen", [2], 12);
    expect((await line.replay(captured)).includes(USM_NOT_IN_WINDOW)).toBe(true);
    expect(inForce("phaseMinimumGreen", 2)).toBe(12);
    expect(handle.refusals.notInTimeWindows).toBe(1);
  });

  test("gets the first answer again when it is the last one, as a manager whose answer was lost needs, and is not executed", async () => {
    const line = await tap();
    const { set } = secure(centre, line.port);
    await set("phaseMinimumGreen", [2], 11);
    const captured = line.sent.at(-1) as Buffer;
    handle.controller.objects.set([{ oid: oid("phaseMinimumGreen", 2), syntax: "integer", value: 20 }], "panel");
    expect((await line.replay(captured)).includes(USM_NOT_IN_WINDOW)).toBe(false);
    expect(inForce("phaseMinimumGreen", 2)).toBe(20);
  });

  test("is refused after a restart of the device, and the manager finds its way back", async () => {
    const line = await tap();
    const { get, set } = secure(centre, line.port);
    await set("phaseMinimumGreen", [2], 11);
    const captured = line.sent.at(-1) as Buffer;
    handle.reboot();
    expect((await line.replay(captured)).includes(USM_NOT_IN_WINDOW)).toBe(true);
    await get(oid("maxPhases"));
    const again = await secure(centre).get(oid("phaseMinimumGreen", 2));
    expect(again.varbinds[0]?.value).toBe(11);
  });
});

describe("communities at a virtual controller", () => {
  test("the reader's reads, and neither writes nor sees a secret", async () => {
    const { get, set, session } = community(READER);
    expect((await get(oid("phaseMinimumGreen", 2))).varbinds[0]?.value).toBe(8);
    expect((await set("phaseMinimumGreen", [2], 9)).error?.message).toContain("NoAccess");
    expect((await get(oid("communityNameAdmin"))).varbinds[0]?.type).toBe(snmp.ObjectType.NoSuchInstance);
    const walked = await new Promise<string[]>((resolve) => {
      const seen: string[] = [];
      session.subtree(
        "1.3.6.1.4.1.1206.4.2.6.5",
        20,
        (varbinds) => seen.push(...varbinds.map((varbind) => (varbind as { oid: string }).oid)),
        () => resolve(seen),
      );
    });
    expect(walked).toEqual([oid("communityNamesMax"), oid("communityNameIndex", 1), oid("communityNameIndex", 2)]);
  });

  test("the administrator's name is changed by the administrator, and the old one holds until the new one was used", async () => {
    const old = community(ADMIN);
    expect((await old.get(oid("communityNameAdmin"))).varbinds[0]?.value?.toString()).toBe(ADMIN);
    expect((await old.set("communityNameAdmin", [], Buffer.from("short"))).error?.message).toContain("WrongLength");
    expect((await old.set("communityNameAdmin", [], Buffer.from("brand-new-name"))).error).toBeNull();
    expect((await old.get(oid("maxPhases"))).error).toBeNull();
    expect((await community("brand-new-name").get(oid("maxPhases"))).error).toBeNull();
    expect((await old.get(oid("maxPhases"))).error?.name).toBe("RequestTimedOutError");
  });

  test("a row of the table lets its owner write, as its mask says", async () => {
    const { set } = community(ADMIN);
    await set("communityNameUser", [1], Buffer.from("signals-user"));
    const user = community("signals-user");
    expect((await user.set("phaseMinimumGreen", [2], 9)).error).toBeNull();
    handle.controller.objects.set([{ oid: oid("communityNameAccessMask", 1), syntax: "gauge", value: 0 }], "panel");
    expect((await user.set("phaseMinimumGreen", [2], 10)).error?.message).toContain("NoAccess");
  });
});

describe("every object over SNMP", () => {
  const names = Object.keys(objects) as ObjectName[];
  const first = (name: ObjectName): readonly number[] => objects[name].index.map(() => 1);

  test("is readable, within its range", async () => {
    const { get } = community(ADMIN);
    for (const name of names) {
      const { varbinds, error } = await get(oid(name, ...first(name)));
      expect(error, name).toBeNull();
      const [varbind] = varbinds;
      expect(varbind?.type, name).toBeLessThan(0x80);
      if (objects[name].syntax !== "integer") continue;
      const { min, max } = objects[name];
      const value = Number(varbind?.value);
      expect(max > 2 ** 31 ? value >>> 0 : value, name).toBeGreaterThanOrEqual(min);
      expect(max > 2 ** 31 ? value >>> 0 : value, name).toBeLessThanOrEqual(max);
    }
  });

  const integers = names.filter(
    (name) => objects[name].syntax === "integer" && ["P", "C"].includes(objects[name].kind),
  );
  const ownRules: readonly ObjectName[] = ["dbCreateTransaction", "unitControl", "dynObjConfigStatus"];

  test.each([
    ["v1", snmp.Version1, "BadValue"],
    ["v2c", snmp.Version2c, "WrongValue"],
  ] as const)("is writable up to its limits and refused beyond them in %s", async (_version, version, refusal) => {
    const { set } = community(ADMIN, version);
    for (const name of integers) {
      const { min, max } = objects[name];
      if (!ownRules.includes(name)) {
        expect((await set(name, first(name), min)).error, `${name} ${min}`).toBeNull();
        expect((await set(name, first(name), max > 2 ** 31 ? -1 : max)).error, `${name} ${max}`).toBeNull();
      }
      if (max < 2 ** 31 - 1) {
        expect((await set(name, first(name), max + 1)).error?.message, `${name} ${max + 1}`).toContain(refusal);
        expect((await set(name, first(name), min - 1)).error?.message, `${name} ${min - 1}`).toContain(refusal);
      }
    }
  });

  test("that is structure is writable up to its limits in a transaction, and nowhere else", async () => {
    const { set } = community(ADMIN);
    const structure = names.filter((name) => objects[name].kind === "P2");
    for (const name of structure) {
      const value = objects[name].syntax === "integer" ? objects[name].min : Buffer.from([]);
      expect((await set(name, first(name), value)).error?.message, name).toContain("GeneralError");
    }
    await set("dbCreateTransaction", [], dbState.transaction);
    for (const name of structure) {
      const { syntax, min, max } = objects[name];
      const at = (size: number) => (syntax === "integer" ? size : Buffer.alloc(size, 1));
      expect((await set(name, first(name), at(min))).error, name).toBeNull();
      expect((await set(name, first(name), at(max))).error, name).toBeNull();
      expect((await set(name, first(name), at(max + 1))).error?.message, name).toMatch(/Wrong(Value|Length)/);
    }
  });

  test("of status refuses a SET", async () => {
    const { set } = community(ADMIN);
    for (const name of names.filter((each) => objects[each].kind === "S" && objects[each].syntax === "integer")) {
      expect((await set(name, first(name), objects[name].min)).error?.message, name).toContain("NotWritable");
    }
  });
});

describe("answers", () => {
  test("that would not fit into one datagram are refused, or for GETBULK cut", async () => {
    const { get, session } = community(ADMIN);
    const many = Array.from({ length: 60 }, (_, at) => oid("splitTime", (at % 48) + 1, 1));
    const long = await get(...many, ...many);
    expect(long.error?.message).toContain("TooBig");
    const rows = await new Promise<readonly unknown[]>((resolve) =>
      session.getBulk([objects.splitTime.oid], 0, 2000, (_error, varbinds = []) => resolve(varbinds[0] as never)),
    );
    expect(rows.length).toBeGreaterThan(40);
    expect(rows.length).toBeLessThan(100);
  });
});
