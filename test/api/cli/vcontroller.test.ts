import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import snmp from "net-snmp";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../../api/cli/run.ts";
import { vcontrollerVerb } from "../../../api/cli/vcontroller.ts";
import { oid } from "../../../controllers/ntcip/oids.ts";

interface Ready {
  readonly ready: true;
  readonly controllers: readonly { readonly id: string; readonly host: string; readonly port: number }[];
}

let folder: string;
const stops: AbortController[] = [];
const ends: Promise<unknown>[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vcontroller-"));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop.abort();
  await Promise.all(ends.splice(0));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

/** Runs the verb until it is ready or has ended. */
async function started(
  ...words: readonly string[]
): Promise<{ ready: Ready | null; code: number | null; err: string }> {
  const stop = new AbortController();
  stops.push(stop);
  let err = "";
  let tellReady: (ready: Ready) => void = () => undefined;
  const ready = new Promise<Ready>((resolve) => {
    tellReady = resolve;
  });
  const terminal = {
    out: (text: string) => {
      const document = JSON.parse(text);
      if (document.ready === true) tellReady(document);
      else err += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  const ended = runCommandLine([vcontrollerVerb], "0", ["vcontroller", "--json", ...words], terminal, stop.signal);
  ends.push(ended);
  const first = await Promise.race([ready, ended]);
  return typeof first === "number" ? { ready: null, code: first, err } : { ready: first, code: null, err };
}

function get(port: number, name: string): Promise<{ error: Error | null; value: unknown }> {
  const session = snmp.createSession("127.0.0.1", "cabinet-7f3a", {
    port,
    version: snmp.Version2c,
    retries: 0,
    timeout: 2500,
  });
  return new Promise((resolve) => {
    session.get([name], (error, varbinds) => {
      session.close();
      resolve({ error, value: varbinds?.[0]?.value });
    });
  });
}

describe("the verb vcontroller", () => {
  test("refuses to start without a secret", async () => {
    const { code, err } = await started();
    expect(code).toBe(1);
    expect(err).toContain("does not start without a secret");
    expect((await started("--read-community", "looking-only")).code).toBe(1);
    expect((await started("--community", "")).code).toBe(1);
  });

  test("times offsets as it is told, and refuses an instant that it does not know", async () => {
    const { code, err } = await started("--community", "cabinet-7f3a", "--offset-reference", "noon");
    expect(code).toBe(1);
    expect(err).toContain("begin_yellow_of_coord_phases");
    const { ready } = await started("--community", "cabinet-7f3a", "--offset-reference", "begin_red_of_coord_phases");
    expect(ready?.controllers).toHaveLength(1);
  });

  test("starts as many as asked for and says where in one document", async () => {
    const { ready } = await started("--count", "3", "--community", "cabinet-7f3a");
    expect(ready).toMatchObject({ ready: true, controllers: [{ id: "vc-1" }, { id: "vc-2" }, { id: "vc-3" }] });
    for (const { host, port } of ready?.controllers ?? []) {
      expect(host).toBe("127.0.0.1");
      expect((await get(port, oid("patternCycleTime", 4))).value).toBe(120);
      expect((await get(port, oid("timeBaseScheduleDayPlan", 1))).value).toBe(1);
      expect((await get(port, oid("phaseWalk", 2))).value).toBe(7);
      expect((await get(port, oid("globalLocalTimeDifferential"))).value).toBe(25_200);
    }
  });

  test("is told of faults by a file, and of other faults by the same file", async () => {
    const faults = await file(
      "faults.yaml",
      "lies:\n  - object: phaseMinimumGreen.2\n    value: 99\nabsent: [phaseRedRevert]\n",
    );
    const { ready } = await started("--community", "cabinet-7f3a", "--faults", faults);
    const port = ready?.controllers[0]?.port ?? 0;
    expect((await get(port, oid("phaseMinimumGreen", 2))).value).toBe(99);
    expect((await get(port, oid("phaseRedRevert", 2))).value).toBeNull();
    await writeFile(faults, "silent: true\n");
    process.emit("SIGHUP");
    await expect.poll(async () => (await get(port, oid("maxPhases"))).error?.name).toBe("RequestTimedOutError");
    await writeFile(faults, "");
    process.emit("SIGHUP");
    await expect.poll(async () => (await get(port, oid("phaseMinimumGreen", 2))).value).toBe(8);
  });

  test.each([
    ["slowness: 3", "slowness"],
    ["absent: [phaseMinimumGrin]", "phaseMinimumGrin is not an object"],
    ["lost_replies: 7", "lost_replies"],
    ["lies: [", "faults"],
  ])("says what is wrong with %j in the faults file", async (text, said) => {
    const faults = await file("bad-faults.yaml", text);
    const { code, err } = await started("--community", "cabinet-7f3a", "--faults", faults);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });

  test("counts its starts for SNMPv3, whose keys stand in files", async () => {
    await file("auth.key", "first pass phrase\n");
    await file("priv.key", "second pass phrase\n");
    const v3 = await file(
      "v3.yaml",
      "user: centre\nauth: sha256\npriv: aes128\nauth_key_file: auth.key\npriv_key_file: priv.key\n",
    );
    const boots = join(folder, "boots.json");
    for (const start of [1, 2]) {
      const { ready } = await started("--v3", v3, "--boots", boots);
      const user = {
        name: "centre",
        level: snmp.SecurityLevel.authPriv,
        authProtocol: snmp.AuthProtocols["sha256"],
        authKey: "first pass phrase",
        privProtocol: snmp.PrivProtocols["aes"],
        privKey: "second pass phrase",
      } as snmp.User;
      const session = snmp.createV3Session("127.0.0.1", user, { port: ready?.controllers[0]?.port ?? 0 });
      const value = await new Promise((resolve) =>
        session.get(["1.3.6.1.6.3.10.2.1.2.0"], (_error, varbinds) => resolve(varbinds?.[0]?.value)),
      );
      session.close();
      expect(value).toBe(start);
      stops.at(-1)?.abort();
    }
    expect(JSON.parse(await readFile(boots, "utf8"))).toEqual({ "vc-1": 2 });
  });

  test("writes the hi-res log of each as CSV", async () => {
    const logs = join(folder, "hires");
    await started("--community", "cabinet-7f3a", "--count", "2", "--port", "0", "--hires", logs);
    await delay(1500);
    for (const stop of stops.splice(0)) stop.abort();
    await Promise.all(ends.splice(0));
    const [header, first] = (await readFile(join(logs, "vc-2.csv"), "utf8")).split("\n");
    expect(header).toBe("TimeStamp,DeviceId,EventId,Parameter");
    expect(first).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d,vc-2,\d+,\d+$/);
  });
});
