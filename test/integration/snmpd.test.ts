/** The manager against an SNMP agent that we did not write, and that is no signal controller: Debian's snmpd. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Credentials, V3User } from "../../controllers/ntcip/credentials.ts";
import { NtcipDevice } from "../../controllers/ntcip/ntcip-device.ts";
import { systemClock } from "../../controllers/virtual/system-clock.ts";
import { type Problem, type Result, sentence } from "../../core/problems/problem.ts";
import { missing } from "../support/peers.ts";
import { SNMPD, type Snmpd, startSnmpd } from "../support/snmpd.ts";

const { authKey, community, privKey, user } = SNMPD;
const v3: V3User = { user, auth: "sha256", priv: "aes128", authKey, privKey };

describe.skipIf(missing("snmpd"))("an agent that is no signal controller", () => {
  let snmpd: Snmpd;
  const devices: NtcipDevice[] = [];

  beforeAll(async () => {
    snmpd = await startSnmpd();
  });
  afterAll(async () => {
    for (const device of devices) device.close();
    await snmpd.remove();
  });

  function deviceWith(credentials: Credentials, onNote: (note: Problem) => void = () => undefined): NtcipDevice {
    const { host, port } = snmpd;
    const device = new NtcipDevice({
      id: "peer",
      host,
      port,
      timeout_s: 1,
      clock: systemClock,
      onNote,
      ...credentials,
    });
    devices.push(device);
    return device;
  }

  const toldBy = (result: Result<unknown>): readonly string[] =>
    result.ok ? [] : result.problems.map((p) => sentence(p));

  it.each<[string, Credentials]>([
    ["v1", { version: "v1", community }],
    ["v2c", { version: "v2c", community }],
    ["v3", { version: v3 }],
  ])("is told apart from one over SNMP %s, by what it says of itself", async (_, credentials) => {
    const [told] = toldBy(await deviceWith(credentials).discover());
    expect(told).toContain("no NTCIP 1202 signal controller");
    expect(told).toContain(SNMPD.description);
  });

  it.each<[string, Partial<V3User>, string]>([
    ["authentication key", { authKey: "somebody-elses-phrase" }, "SNMP_AUTH_KEY_WRONG"],
    ["privacy key", { privKey: "somebody-elses-phrase" }, "SNMP_PRIV_KEY_WRONG"],
    ["user", { user: "nobody-knows" }, "SNMP_USER_UNKNOWN"],
  ])("says in one sentence that our %s is wrong, and does not print it", async (_, wrong, code) => {
    const found = await deviceWith({ version: { ...v3, ...wrong } }).discover();
    expect(found.ok ? [] : found.problems.map((p) => p.code)).toEqual([code]);
    expect(toldBy(found).join()).not.toContain("phrase");
  });

  it("is silent under a wrong community, for as long as was said", async () => {
    const started_ms = performance.now();
    const found = await deviceWith({ version: "v2c", community: "wrong" }).discover();
    expect(found.ok ? [] : found.problems.map((p) => p.code)).toEqual(["CONTROLLER_SILENT"]);
    expect(performance.now() - started_ms).toBeGreaterThanOrEqual(2900);
  });

  it("is heard again after it restarted and forgot how often it did, by a session made anew", async () => {
    const notes: Problem[] = [];
    const device = deviceWith({ version: v3 }, (note) => notes.push(note));
    expect(toldBy(await device.discover()).join()).toContain(SNMPD.description);
    await snmpd.restart(8);
    expect(toldBy(await device.discover()).join()).toContain(SNMPD.description);
    expect(notes).toEqual([]);
    await snmpd.restart(2);
    expect(toldBy(await device.discover()).join()).toContain(SNMPD.description);
    expect(notes.map(({ code }) => code)).toEqual(["SNMP_TIME_WINDOW"]);
  });
});
