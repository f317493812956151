import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { devicesVerb } from "../../../api/cli/devices.ts";
import { runCommandLine } from "../../../api/cli/run.ts";
import { type ObjectName, oid } from "../../../controllers/ntcip/oids.ts";
import { eightPhases } from "../../../controllers/virtual/eight-phases.ts";
import { systemClock } from "../../../controllers/virtual/system-clock.ts";
import { startVirtualControllers, type VirtualControllers } from "../../../controllers/virtual/virtual-controllers.ts";
import { CENTRE, COMMUNITY } from "../../controllers/ntcip/stand.ts";

let folder: string;
let street: VirtualControllers;
let port: string;
let where: readonly string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "greenwave-devices-"));
  const cabinet = { id: "cabinet", intersection: eightPhases("first"), port: 0, community: COMMUNITY, users: [CENTRE] };
  street = await startVirtualControllers({ controllers: [cabinet], clock: systemClock });
  port = String(street.controllers.get("cabinet")?.port);
  where = ["--host", "127.0.0.1", "--port", port, "--community-env", "DEVICES_TEST_COMMUNITY", "--data", folder];
  process.env["DEVICES_TEST_COMMUNITY"] = COMMUNITY;
  writeFileSync(join(folder, "auth.key"), `${CENTRE.authKey}\n`);
  writeFileSync(join(folder, "priv.key"), `${CENTRE.privKey}\n`);
  writeFileSync(join(folder, "v3.yaml"), "user: centre\nauth_key_file: auth.key\npriv_key_file: priv.key\n");
});
afterAll(async () => {
  await street.close();
  rmSync(folder, { recursive: true });
});

let out: string;
let err: string;
beforeEach(() => {
  [out, err] = ["", ""];
});

async function devices(...args: readonly string[]): Promise<number> {
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return runCommandLine([devicesVerb], "test", ["devices", ...args], terminal, new AbortController().signal);
}

const document = () => JSON.parse(out) as Record<string, unknown>;

describe("greenwave devices", () => {
  it("says what it can do, and that it needs to be told", async () => {
    expect(await devices("--help")).toBe(0);
    for (const word of ["discover", "read", "compare", "push", "release", "watch", "--v3"]) expect(out).toContain(word);
    expect(await devices()).toBe(1);
    expect(err).toContain("Say what to do");
    expect(await devices("paint")).toBe(1);
  });

  it("discovers over v1, and over v3 with keys from files", async () => {
    expect(await devices("discover", ...where)).toBe(0);
    expect(out).toContain("1202 v02");
    expect(out).toContain("central control: possible");
    out = "";
    const v3 = ["--host", "127.0.0.1", "--port", port, "--v3", join(folder, "v3.yaml")];
    expect(await devices("discover", ...v3, "--json")).toBe(0);
    expect(document()).toMatchObject({ ok: true, devices: [{ snmp: "v3", central_control: { possible: true } }] });
    expect(out + err).not.toContain(CENTRE.authKey);
  });

  it("tells how far a clock is off, and sets it with a reason", async () => {
    expect(await devices("clock", ...where)).toBe(0);
    expect(out).toContain("s off ours");
    street.controllers.get("cabinet")?.jumpClock(30);
    expect(await devices("clock", ...where)).toBe(1);
    expect(err).toContain("more than 1 s moves its offsets");
    expect(await devices("clock", "--set", ...where)).toBe(1);
    expect(err).toContain("--reason");
    const first = street.controllers.get("cabinet")?.controller.device.clock.seconds ?? 0;
    street.controllers.get("cabinet")?.jumpClock(-30);
    expect(first - (street.controllers.get("cabinet")?.controller.device.clock.seconds ?? 0)).toBeGreaterThan(25);
  });

  it("prints what a device has written into its own event log", async () => {
    const handle = street.controllers.get("cabinet");
    const set = (name: ObjectName, value: number | string): void => {
      const syntax = typeof value === "string" ? ("oid" as const) : ("integer" as const);
      const refused = handle?.controller.objects.set([{ oid: oid(name, 1), syntax, value }], "cabinet panel");
      if (refused !== null) throw new Error(`${name}: ${refused?.fault}`);
    };
    expect(await devices("events", ...where)).toBe(0);
    expect(out).toContain("has logged nothing");
    set("eventConfigClass", 1);
    set("eventConfigMode", 2);
    set("eventConfigCompareOID", oid("systemPatternControl"));
    set("eventConfigLogOID", oid("systemPatternControl"));
    set("eventConfigAction", 3);
    await delay(1200);
    handle?.controller.objects.set([{ oid: oid("systemPatternControl"), syntax: "integer", value: 254 }], "panel");
    await delay(1500);
    out = "";
    expect(await devices("events", ...where, "--json"), err + out).toBe(0);
    expect(document()).toMatchObject({ ok: true, events: [{ class: 1, config: 1, value: 254 }] });
  });

  it("prints no secret, whatever goes wrong", async () => {
    process.env["DEVICES_TEST_WRONG"] = "guessed-word-77";
    const wrong = ["--host", "127.0.0.1", "--port", port, "--community-env", "DEVICES_TEST_WRONG", "--timeout", "0.1"];
    expect(await devices("discover", ...wrong, "--json")).toBe(1);
    expect(out + err).toContain("did not answer");
    expect(out + err).not.toContain("guessed-word-77");
    [out, err] = ["", ""];
    writeFileSync(join(folder, "wrong.key"), "somebody-elses-key\n");
    writeFileSync(join(folder, "wrong.yaml"), "user: centre\nauth_key_file: wrong.key\npriv_key_file: priv.key\n");
    const v3 = ["--host", "127.0.0.1", "--port", port, "--v3", join(folder, "wrong.yaml")];
    expect(await devices("discover", ...v3)).toBe(1);
    expect(err).toContain("does not accept our SNMPv3 authentication key");
    expect(out + err).not.toContain("somebody-elses-key");
  });

  it.each(["yaml", "json"])("reads the whole database into a .%s file, and compares with it", async (kind) => {
    const file = join(folder, `cabinet.${kind}`);
    expect(await devices("read", ...where, "--out", file)).toBe(0);
    expect(out).toContain("phases 16");
    expect(await devices("compare", ...where, "--with", file)).toBe(0);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain(COMMUNITY);
    out = "";
    const edited =
      kind === "yaml"
        ? text.replace(/yellow_change_ds: \d+/, "yellow_change_ds: 59")
        : text.replace(/("yellow_change_ds": )\d+/, "$159");
    writeFileSync(file, edited);
    expect(await devices("compare", ...where, "--with", file, "--json")).toBe(1);
    expect(document()).toMatchObject({
      ok: false,
      equal: false,
      differences: [{ name: "phaseYellowChange.1", stated: 59 }],
    });
  });

  it("refuses a file that is no database, and says why", async () => {
    const file = join(folder, "other.yaml");
    writeFileSync(file, "phases: 3\n");
    expect(await devices("compare", ...where, "--with", file)).toBe(1);
    expect(err).toContain("is no database of a controller");
  });

  it("watches for as long as is said, and tells what it saw in one document", async () => {
    expect(await devices("watch", ...where, "--for", "2", "--json")).toBe(0);
    const seen = document() as { controllers: { polls: number; missed: number }[]; events: { kind: string }[] };
    expect(seen.controllers[0]?.polls).toBeGreaterThanOrEqual(1);
    expect(seen.controllers[0]?.missed).toBe(0);
    expect(seen.events.map(({ kind }) => kind)).toContain("runs");
    expect(err).toContain("answers");
  });

  it("gives back and pushes only where the site file says which intersection it is", async () => {
    expect(await devices("release", ...where, "--reason", "test")).toBe(1);
    expect(err).toContain("no site file says where");
    expect(await devices("release", ...where)).toBe(1);
    expect(err).toContain("--reason");
  });
});
