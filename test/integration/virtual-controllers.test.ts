import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import snmp from "net-snmp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  forkVirtualControllers,
  startVirtualControllers,
  type VirtualControllerHandle,
  type VirtualControllers,
} from "../../controllers/index.ts";
import { dbState, type ObjectName, objects, oid } from "../../controllers/ntcip/oids.ts";
import { crossroads } from "../support/crossroads.ts";
import { missing } from "../support/peers.ts";

const run = promisify(execFile);
const COMMUNITY = "cabinet-7f3a";
const USER = {
  user: "centre",
  auth: "sha512",
  priv: "aes256",
  authKey: "first pass phrase",
  privKey: "second pass phrase",
} as const;
const USER_FLAGS = [
  "-l",
  "authPriv",
  "-u",
  USER.user,
  "-a",
  "SHA-512",
  "-A",
  USER.authKey,
  "-x",
  "AES-256",
  "-X",
  USER.privKey,
];

interface Reply {
  readonly failed: boolean;
  readonly text: string;
}

/** One of Debian's tools; numeric output, one try, half a second. */
async function tool(
  name: string,
  version: string,
  port: number,
  args: readonly string[],
  community = COMMUNITY,
): Promise<Reply> {
  const who = version === "3" ? USER_FLAGS : ["-c", community];
  // A walk is ten thousand requests: on a busy machine one of them may be late.
  const patience = name.includes("walk") ? ["-r", "3", "-t", "2"] : ["-r", "0", "-t", "0.5"];
  const options = ["-v", version, ...who, "-On", "-Oe", ...patience, `127.0.0.1:${port}`];
  try {
    const { stdout } = await run(name, [...options, ...args], { maxBuffer: 1 << 26 });
    return { failed: false, text: stdout.trim() };
  } catch (cause) {
    const { stdout = "", stderr = "" } = cause as { stdout?: string; stderr?: string };
    return { failed: true, text: `${stdout}${stderr}`.trim() };
  }
}

const valueIn = (line: string): string => line.slice(line.indexOf("=") + 1).trim();

describe.skipIf(missing("Net-SNMP tools")).each(["1", "2c", "3"])(
  "a virtual controller, asked in SNMP version %s",
  (version) => {
    let all: VirtualControllers;
    let handle: VirtualControllerHandle;
    let now_ds = 17_675_712_000;

    const steps = (count: number): void => {
      for (let step = 0; step < count; step += 1) all.stepTo(++now_ds);
    };
    const get = (...oids: readonly string[]) => tool("snmpget", version, handle.port, oids);
    const set = (...args: readonly string[]) => tool("snmpset", version, handle.port, args);
    const readInteger = async (name: ObjectName, ...index: readonly number[]): Promise<number> => {
      const reply = await get(oid(name, ...index));
      return Number(valueIn(reply.text).replace(/^\w+: /, ""));
    };

    /** What is the same in every version is tried in one. */
    const only =
      (...versions: readonly string[]) =>
      (title: string, body: () => Promise<void>): void => {
        if (versions.includes(version)) test(title, body);
      };

    beforeEach(async () => {
      all = await startVirtualControllers({
        controllers: [
          { id: "first", intersection: crossroads, port: 0, community: COMMUNITY, users: [USER] },
          { id: "second", intersection: crossroads, port: 0, community: "another-1b2c" },
        ],
      });
      const first = all.controllers.get("first");
      if (first === undefined) throw new Error("no first controller");
      handle = first;
      steps(300);
    });
    afterEach(async () => {
      await all.close();
    });

    test("walks every object it has, in order", async () => {
      // SNMPv1 has no bulk requests; the others walk by them, as it is quicker.
      const walk = version === "1" ? "snmpwalk" : "snmpbulkwalk";
      const walked = await tool(walk, version, handle.port, ["1.3.6.1.4.1.1206"]);
      // SNMPv2c ends with a line of its own.
      const lines = walked.text
        .split("\n")
        .filter((line) => line.includes(" = ") && !line.includes("No more variables"));
      expect(lines.map((line) => line.slice(1, line.indexOf(" ")))).toEqual(
        handle.controller.device.layout.instances.map((instance) => instance.oid),
      );
    });

    test("tells what the lamps show", async () => {
      const { channels } = handle.controller.device;
      const [greens, reds] = [channels.greens & 0xff, channels.reds & 0xff];
      expect(greens).not.toBe(0);
      expect(await readInteger("channelStatusGroupGreens", 1)).toBe(greens);
      expect(await readInteger("channelStatusGroupReds", 1)).toBe(reds);
      expect(await readInteger("phaseStatusGroupGreens", 1)).toBe(greens);
    });

    test("says which object of a request it does not have", async () => {
      const reply = await get(oid("maxPhases"), oid("phaseMinimumGreen", 99), "1.3.6.1.4.1.1206.4.2.1.99.0");
      if (version === "1") {
        expect(reply.failed).toBe(true);
        expect(reply.text).toContain("noSuchName");
        expect(reply.text).toContain(oid("phaseMinimumGreen", 99));
      } else {
        expect(reply.text).toContain("No Such Instance");
        expect(reply.text).toContain("No Such Object");
      }
    });

    /** A few: all of them are tried without tools in test/controllers/virtual/snmp-agent.test.ts. */
    const writable: readonly ObjectName[] = [
      "phaseWalk",
      "unitBackupTime",
      "splitMode",
      "globalLocalTimeDifferential",
      "preemptDelay",
      "overlapTrailGreen",
      "phaseControlGroupHold",
      "preemptControlState",
    ];

    test("writes parameters and commands within their range, and refuses them outside", async () => {
      for (const name of writable) {
        const { index, max } = objects[name];
        const target = oid(name, ...index.map(() => 1));
        const held = await readInteger(name, ...index.map(() => 1));
        const good = await set(target, "i", String(held));
        expect(good, name).toEqual({ failed: false, text: expect.stringContaining(String(held)) });
        const bad = await set(target, "i", String(max + 1));
        expect(bad.failed, name).toBe(true);
        expect(bad.text, name).toContain(version === "1" ? "badValue" : "wrongValue");
      }
    });

    test("does not let a status be written", async () => {
      const reply = await set(oid("coordPatternStatus"), "i", "1");
      expect(reply.failed).toBe(true);
      expect(reply.text).toContain(version === "1" ? "noSuchName" : "notWritable");
    });

    test("answers genErr to a structural parameter outside a transaction", async () => {
      const reply = await set(oid("patternCycleTime", 1), "i", "90");
      expect(reply.failed).toBe(true);
      expect(reply.text).toContain("genError");
    });

    only("1")("applies nothing of a request with one wrong value", async () => {
      const before = await readInteger("phaseMinimumGreen", 1);
      const reply = await set(oid("phaseMinimumGreen", 1), "i", "12", oid("phaseMinimumGreen", 2), "i", "300");
      expect(reply.failed).toBe(true);
      expect(await readInteger("phaseMinimumGreen", 1)).toBe(before);
    });

    test("carries a plan through a database transaction and reads it back", async () => {
      const state = oid("dbCreateTransaction");
      expect((await set(state, "i", String(dbState.transaction))).failed).toBe(false);
      expect((await set(oid("patternCycleTime", 7), "i", "95", oid("splitTime", 7, 2), "i", "33")).failed).toBe(false);
      expect(await readInteger("patternCycleTime", 7)).toBe(0);
      expect((await set(state, "i", String(dbState.verify))).failed).toBe(false);
      steps(10);
      expect(await readInteger("dbCreateTransaction")).toBe(dbState.done);
      expect((await get(oid("dbVerifyError"))).text).toContain("NO VERIFICATION ERROR");
      expect((await set(state, "i", String(dbState.normal))).failed).toBe(false);
      expect(await readInteger("patternCycleTime", 7)).toBe(95);
      expect(await readInteger("splitTime", 7, 2)).toBe(33);
    });

    only("2c")("writes a list of phases as octets", async () => {
      await set(oid("dbCreateTransaction"), "i", String(dbState.transaction));
      const reply = await set(oid("sequenceData", 2, 1), "x", "02010304", oid("sequenceData", 2, 2), "x", "06050708");
      expect(reply.failed).toBe(false);
      await set(oid("dbCreateTransaction"), "i", String(dbState.verify));
      steps(10);
      await set(oid("dbCreateTransaction"), "i", String(dbState.normal));
      expect((await get(oid("sequenceData", 2, 1))).text).toContain("02 01 03 04");
    });

    only("1", "2c")("does not answer another community", async () => {
      expect((await tool("snmpget", version, handle.port, [oid("maxPhases")], "public")).text).toContain("Timeout");
      expect((await tool("snmpget", version, handle.port, [oid("maxPhases")], "another-1b2c")).text).toContain(
        "Timeout",
      );
    });

    only("1")("misbehaves on order: silence, lost replies, and a lie that is not in its database", async () => {
      handle.setFaults({ silent: true });
      expect((await get(oid("maxPhases"))).text).toContain("Timeout");
      handle.setFaults({ dropShare: 0.5 });
      const replies = [
        await get(oid("maxPhases")),
        await get(oid("maxPhases")),
        await get(oid("maxPhases")),
        await get(oid("maxPhases")),
      ];
      expect(replies.map((reply) => reply.failed)).toEqual([false, true, false, true]);
      handle.setFaults({ lie: { oid: oid("phaseMinimumGreen", 1), value: 99 } });
      expect(await readInteger("phaseMinimumGreen", 1)).toBe(99);
      handle.setFaults({});
      expect(await readInteger("phaseMinimumGreen", 1)).toBe(5);
    });
  },
);

describe.skipIf(missing("Net-SNMP tools"))("virtual controllers", () => {
  test("answer a bulk request row by row", async () => {
    const all = await startVirtualControllers({
      controllers: [{ id: "only", intersection: crossroads, port: 0, community: COMMUNITY }],
    });
    const port = all.controllers.get("only")?.port ?? 0;
    const bulk = await tool("snmpbulkget", "2c", port, [
      "-Cn1",
      "-Cr3",
      "1.3.6.1.4.1.1206.4.2.1.1.1",
      objects.phaseWalk.oid,
      objects.phaseMinimumGreen.oid,
    ]);
    expect(bulk.text.split("\n").map((line) => line.split(" ")[0])).toEqual([
      `.${oid("maxPhases")}`,
      ...[1, 2, 3].flatMap((phase) => [`.${oid("phaseWalk", phase)}`, `.${oid("phaseMinimumGreen", phase)}`]),
    ]);
    await all.close();
  });

  test("do not speak SNMPv3 without a user", async () => {
    const all = await startVirtualControllers({
      controllers: [{ id: "only", intersection: crossroads, port: 0, community: COMMUNITY }],
    });
    const port = all.controllers.get("only")?.port ?? 0;
    const nobody = { name: "", level: snmp.SecurityLevel.noAuthNoPriv };
    const session = snmp.createV3Session("127.0.0.1", nobody, { port, retries: 0, timeout: 500 });
    const write = { oid: oid("phaseMinimumGreen", 1), type: snmp.ObjectType.Integer, value: 9 };
    const failure = await new Promise<Error | null>((resolve) => session.set([write], (error) => resolve(error)));
    session.close();
    expect(failure).not.toBeNull();
    expect(all.controllers.get("only")?.refusals.unknownUserNames).toBe(1);
    expect(all.controllers.get("only")?.controller.device.parameters.number("phaseMinimumGreen", 1)).toBe(5);
    await all.close();
  });
});

test("a port in use stops all virtual controllers of the start, and the system says which", async () => {
  const taken = createSocket("udp4").bind(0, "127.0.0.1");
  await once(taken, "listening");
  const busy = taken.address().port;
  const start = startVirtualControllers({
    controllers: [
      { id: "free", intersection: crossroads, port: 0, community: COMMUNITY },
      { id: "busy", intersection: crossroads, port: busy, community: COMMUNITY },
    ],
  });
  await expect(start).rejects.toMatchObject({ code: "EADDRINUSE", port: busy });
  taken.close();
});

const compiled = existsSync(
  fileURLToPath(new URL("../../dist/controllers/virtual/virtual-controllers.child.js", import.meta.url)),
);

describe.skipIf(!compiled || missing("Net-SNMP tools"))("the child process of the virtual controllers", () => {
  const controllers = ["a", "b", "c"].map((id) => ({ id, intersection: crossroads, port: 0, community: COMMUNITY }));

  test("runs them in real time and tells their ports", async () => {
    const forked = await forkVirtualControllers({ controllers });
    if (!forked.ok) throw new Error(JSON.stringify(forked.problems));
    const { ports, close, exited } = forked.value;
    expect([...ports.keys()]).toEqual(["a", "b", "c"]);
    for (const port of ports.values()) {
      const { text } = await tool("snmpget", "1", port, [oid("globalTime")]);
      expect(Math.abs(Number(valueIn(text).replace(/^\w+: /, "")) - Date.now() / 1000)).toBeLessThan(60);
    }
    await close();
    expect(await exited).toBeNull();
  });

  test("says so when it dies, and stays dead", async () => {
    const forked = await forkVirtualControllers({ controllers });
    if (!forked.ok) throw new Error(JSON.stringify(forked.problems));
    process.kill(forked.value.pid, "SIGKILL");
    expect(await forked.value.exited).toMatchObject({ code: "VIRTUAL_STOPPED", words: { reason: "signal SIGKILL" } });
    await forked.value.close();
  });

  test("names the port that is taken, and what was wrong with its orders", async () => {
    const taken = createSocket("udp4").bind(0, "127.0.0.1");
    await once(taken, "listening");
    const busy = taken.address().port;
    const first = { id: "a", intersection: crossroads, port: busy, community: COMMUNITY };
    expect(await forkVirtualControllers({ controllers: [first] })).toMatchObject({
      ok: false,
      problems: [{ code: "VIRTUAL_PORT_BUSY", words: { port: busy } }],
    });
    taken.close();
    expect(await forkVirtualControllers({ controllers: [{ ...first, community: "" }] })).toMatchObject({
      ok: false,
      problems: [{ code: "VIRTUAL_NOT_STARTED" }],
    });
  });

  test("ends when its parent is gone", async () => {
    const forked = await forkVirtualControllers({ controllers });
    if (!forked.ok) throw new Error(JSON.stringify(forked.problems));
    const { pid } = forked.value;
    await forked.value.close();
    expect(() => process.kill(pid, 0)).toThrow();
    const script = fileURLToPath(
      new URL("../../dist/controllers/virtual/fork-virtual-controllers.js", import.meta.url),
    );
    const parent = `
      const { forkVirtualControllers } = await import(${JSON.stringify(script)});
      const forked = await forkVirtualControllers({ controllers: ${JSON.stringify(controllers)} });
      console.log(forked.value.pid);
      process.kill(process.pid, "SIGKILL");`;
    const orphan = await run(process.execPath, ["--input-type=module", "-e", parent]).catch(
      (cause: { stdout: string }) => cause,
    );
    const child = Number(orphan.stdout.trim());
    expect(child).toBeGreaterThan(0);
    await expect.poll(() => alive(child), { timeout: 10_000 }).toBe(false);
  });
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
