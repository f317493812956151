/**
 * A traffic light controller over RSMP, case by case as the reference implementation's suite for sites goes through it, in each pair
 * of versions. Everything that the site says is held against the published schemas.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { atLeast, type CoreVersion, type SxlVersion } from "../../../controllers/rsmp/protocol/versions.ts";
import { argumentsIn, statusCodes, statusSpec } from "../../../controllers/rsmp/sxl/catalogue.ts";
import { missing } from "../../support/peers.ts";
import { publishedSchemas } from "./published-schemas.ts";
import type { Json } from "./raw-peer.ts";
import { ask, CODES, command, order, readySite, type SiteStand, statusOf, waitFor, YAML } from "./site-stand.ts";

const code = { securityCode: CODES[2] };
const PAIRS = [
  ["3.1.5", "1.0.15"],
  ["3.2.0", "1.1.0"],
  ["3.2.2", "1.2.1"],
  ["3.3.0", "1.3.0"],
] as const satisfies readonly (readonly [CoreVersion, SxlVersion])[];

const digit = (line: number, value: "0" | "1") => (text: unknown) => String(text)[line - 1] === value;
const refusal = async (stand: SiteStand, mId: string): Promise<unknown> => {
  const answer = await stand.peer.answerTo(mId);
  return answer["type"] === "MessageNotAck" ? answer["rea"] : null;
};

describe.each(PAIRS)("a site of core %s with list %s", (core, sxl) => {
  let stand: SiteStand;
  const has = (least: string): boolean => atLeast(sxl, least);

  beforeAll(async () => {
    // Twice as long as elsewhere: no letter may be missed on a busy machine.
    stand = await readySite(core, sxl, YAML.replace("startup_interval: 0.2", "startup_interval: 0.4"));
  });
  afterAll(() => stand.close());
  afterEach(() => {
    stand.peer.forget();
  });

  it("answers every status of the list", async () => {
    for (const [type, cId] of [
      ["main", "TC"],
      ["signal_group", "A1"],
      ["detector_logic", "DL1"],
    ] as const) {
      for (const status of statusCodes(sxl, type)) {
        const spec = statusSpec(status, sxl);
        const names = spec === null ? [] : [...argumentsIn(spec, sxl).keys()];
        const values = await ask(stand.peer, { [status]: names }, cId);
        const unknown = values.filter(({ q }) => q !== "recent");
        // Arrays cannot be said before 3.2; predictions not while the site starts.
        if (status !== "S0025") expect(unknown, status).toEqual([]);
      }
    }
  });

  it("sums itself up when asked", async () => {
    stand.peer.send({ type: "AggregatedStatusRequest", cId: "TC" });
    const sum = await stand.peer.ofType("AggregatedStatus");
    expect(sum).toMatchObject({ fP: null, fS: null, se: [false, false, false, false, false, true, false, false] });
  });

  it("answers about a component that it has not, without refusing", async () => {
    stand.peer.send({ type: "StatusRequest", cId: "bad", sS: [{ sCI: "S0001", n: "signalgroupstatus" }] });
    const told = await stand.peer.ofType("StatusResponse");
    expect(told["sS"]).toEqual([{ sCI: "S0001", n: "signalgroupstatus", s: null, q: "undefined" }]);
    order(
      stand.peer,
      "M0001",
      "setValue",
      { status: "NormalControl", timeout: "0", intersection: "0", ...code },
      "bad",
    );
    const done = await stand.peer.ofType("CommandResponse");
    for (const value of done["rvs"] as Json[]) expect(value).toMatchObject({ v: null, age: "undefined" });
  });

  it("refuses what is not of the list", async () => {
    const request = (sCI: string, n: string): string =>
      stand.peer.send({ type: "StatusRequest", cId: "TC", sS: [{ sCI, n }] });
    expect(await refusal(stand, request("S0000", "status"))).toContain("unknown");
    expect(await refusal(stand, request("S0001", "bad"))).toContain("bad");
    expect(await refusal(stand, order(stand.peer, "M0000", "bad", { status: "x" }))).toContain("unknown");
    const flash = { status: "YellowFlash", timeout: "0", intersection: "0", ...code };
    expect(await refusal(stand, order(stand.peer, "M0001", "bad", flash))).toContain("operation");
    const { status: _status, ...rest } = flash;
    expect(await refusal(stand, order(stand.peer, "M0001", "setValue", rest))).toContain("missing");
    expect(
      await refusal(stand, order(stand.peer, "M0002", "setPlan", { status: "True", timeplan: "256", ...code })),
    ).toContain("255");
    expect(await refusal(stand, stand.peer.send({ type: "Nonsense" }))).not.toBeNull();
  });

  it("refuses a wrong security code, without repeating it", async () => {
    const force = { status: "True", mode: "True", securityCode: "1111" };
    const reason = await refusal(stand, order(stand.peer, "M0008", "setForceDetectorLogic", force, "DL1"));
    expect(reason).toBe("Incorrect security code");
    expect(await statusOf(stand.peer, "S0021", "detectorlogics")).toBe("00");
  });

  it("changes its security codes for who knows them", async () => {
    const change = (status: string, oldSecurityCode: string, newSecurityCode: string) =>
      command(stand.peer, "M0103", "setSecurityCode", { status, oldSecurityCode, newSecurityCode });
    await change("Level1", CODES[1], CODES[1]);
    await change("Level2", CODES[2], "other");
    await expect(command(stand.peer, "M0007", "setFixedTime", { status: "True", ...code })).rejects.toThrow(
      "Incorrect",
    );
    await change("Level2", "other", CODES[2]);
    await expect(change("Level2", "wrong", "x")).rejects.toThrow("Incorrect");
  });

  it("subscribes by interval and on change, and changes the interval", async () => {
    const sS = (uRt: string): Json[] => [{ sCI: "S0001", n: "cyclecounter", uRt, sOc: false }];
    stand.peer.send({ type: "StatusSubscribe", cId: "TC", sS: sS("60") });
    await stand.peer.ofType("StatusUpdate");
    stand.peer.send({ type: "StatusSubscribe", cId: "TC", sS: sS("1") });
    await stand.peer.ofType("StatusUpdate");
    await stand.peer.ofType("StatusUpdate");
    await stand.peer.answerTo(
      stand.peer.send({ type: "StatusUnsubscribe", cId: "TC", sS: [{ sCI: "S0001", n: "cyclecounter" }] }),
    );
  });

  it("changes plans, and says who chose", async () => {
    for (const timeplan of ["2", "1"]) {
      await command(stand.peer, "M0002", "setPlan", { status: "True", timeplan, ...code });
      expect(await statusOf(stand.peer, "S0014", "status")).toBe(timeplan);
      if (has("1.1.0")) expect(await statusOf(stand.peer, "S0014", "source")).toBe("forced");
    }
    await expect(command(stand.peer, "M0002", "setPlan", { status: "True", timeplan: "77", ...code })).rejects.toThrow(
      "77",
    );
  });

  it("reads back bands, offsets and cycles as they were set", async () => {
    await command(stand.peer, "M0014", "setCommands", { plan: "1", status: "3-1,2-12", ...code });
    expect(await statusOf(stand.peer, "S0023", "status")).toBe("1-3-1,1-2-12");
    await command(stand.peer, "M0015", "setOffset", { plan: "1", status: "99", ...code });
    expect(await statusOf(stand.peer, "S0024", "status")).toBe("1-99,2-0");
    await command(stand.peer, "M0018", "setCycleTime", { plan: "1", status: "45", ...code });
    expect(await statusOf(stand.peer, "S0028", "status")).toBe("01-45,02-60");
    await expect(command(stand.peer, "M0018", "setCycleTime", { plan: "1", status: "6", ...code })).rejects.toThrow(
      "20",
    );
    await command(stand.peer, "M0018", "setCycleTime", { plan: "1", status: "40", ...code });
  });

  it("keeps week and time tables, and changes its checksum with them", async () => {
    const before = await statusOf(stand.peer, "S0097", "checksum");
    await command(stand.peer, "M0016", "setWeekTable", { status: "0-1,6-2", ...code });
    await command(stand.peer, "M0017", "setTimeTable", { status: "12-1-12-59,1-0-23-12", ...code });
    expect(await statusOf(stand.peer, "S0026", "status")).toBe("0-1,6-2");
    expect(await statusOf(stand.peer, "S0027", "status")).toBe("12-1-12-59,1-0-23-12");
    expect(await statusOf(stand.peer, "S0097", "checksum")).not.toBe(before);
  });

  it("sets, forces and releases inputs and outputs", async () => {
    for (const input of [1, 3, 8]) {
      await command(stand.peer, "M0006", "setInput", { status: "True", input: String(input), ...code });
      await waitFor(stand.peer, "S0003", "inputstatus", digit(input, "1"));
      await command(stand.peer, "M0006", "setInput", { status: "False", input: String(input), ...code });
      await waitFor(stand.peer, "S0003", "inputstatus", digit(input, "0"));
      const force = (status: string, inputValue: string) =>
        command(stand.peer, "M0019", "setInput", { status, input: String(input), inputValue, ...code });
      await force("True", "True");
      await waitFor(stand.peer, "S0003", "inputstatus", digit(input, "1"));
      await waitFor(stand.peer, "S0029", "status", digit(input, "1"));
      await command(stand.peer, "M0006", "setInput", { status: "False", input: String(input), ...code });
      expect(digit(input, "1")(await statusOf(stand.peer, "S0003", "inputstatus"))).toBe(true);
      await force("False", "True");
      await waitFor(stand.peer, "S0029", "status", digit(input, "0"));
    }
    await command(stand.peer, "M0013", "setInput", { status: "1,3,12;5,5,10", ...code });
    expect(await statusOf(stand.peer, "S0003", "inputstatus")).toMatch(/^11001010/);
    await command(stand.peer, "M0020", "setOutput", { status: "True", output: "3", outputValue: "True", ...code });
    expect(await statusOf(stand.peer, "S0030", "status")).toMatch(/^001/);
    expect(await statusOf(stand.peer, "S0004", "outputstatus")).toMatch(/^001/);
    await command(stand.peer, "M0021", "setLevel", { status: "1-50", ...code });
    expect(await statusOf(stand.peer, "S0031", "status")).toBe("1-50");
  });

  it("forces detectors, and orders signal groups", async () => {
    for (const [i, id] of ["DL1", "DL2"].entries()) {
      for (const mode of ["True", "False"]) {
        await command(stand.peer, "M0008", "setForceDetectorLogic", { status: "True", mode, ...code }, id);
        await waitFor(stand.peer, "S0002", "detectorlogicstatus", digit(i + 1, mode === "True" ? "1" : "0"));
      }
      await command(stand.peer, "M0008", "setForceDetectorLogic", { status: "False", mode: "False", ...code }, id);
    }
    await command(stand.peer, "M0010", "setStart", { status: "True", ...code }, "A1");
    await command(stand.peer, "M0011", "setStop", { status: "True", ...code }, "A1");
    await command(stand.peer, "M0012", "setStart", { status: "1,1,2", ...code });
  });

  it("takes emergency routes and traffic situations", async () => {
    for (const emergencyroute of ["1", "2"]) {
      await command(stand.peer, "M0005", "setEmergency", { status: "True", emergencyroute, ...code });
    }
    expect(await statusOf(stand.peer, "S0006", "emergencystage")).toBe("2");
    if (has("1.2.1")) {
      expect(await statusOf(stand.peer, "S0035", "emergencyroutes")).toEqual([{ id: "1" }, { id: "2" }]);
    }
    for (const emergencyroute of ["1", "2"]) {
      await command(stand.peer, "M0005", "setEmergency", { status: "False", emergencyroute, ...code });
    }
    expect(await ask(stand.peer, { S0006: ["status", "emergencystage"] })).toMatchObject([{ s: "False" }, { s: "0" }]);
    await command(stand.peer, "M0003", "setTrafficSituation", { status: "True", traficsituation: "2", ...code });
    expect(await statusOf(stand.peer, "S0015", "status")).toBe("2");
    await command(stand.peer, "M0003", "setTrafficSituation", { status: "False", traficsituation: "1", ...code });
    expect(await statusOf(stand.peer, "S0015", "status")).toBe("1");
    // Taken back, it does not matter which one is named; supervisors write 0 then.
    await command(stand.peer, "M0003", "setTrafficSituation", { status: "False", traficsituation: "0", ...code });
    const none = { status: "True", traficsituation: "0", ...code };
    expect(await refusal(stand, order(stand.peer, "M0003", "setTrafficSituation", none))).toContain("1 to 255");
  });

  it("raises, acknowledges, suspends and resumes an alarm", async () => {
    const force = (inputValue: string) =>
      command(stand.peer, "M0019", "setInput", { status: "True", input: "7", inputValue, ...code });
    const about = (aSp: string) => (message: Json) =>
      message["aCId"] === "A0302" && message["cId"] === "DL1" && message["aSp"] === aSp;
    const say = (aSp: string): string =>
      stand.peer.send({ type: "Alarm", cId: "DL1", aCId: "A0302", xACId: "", aSp, aTs: new Date().toISOString() });
    await force("False");
    await force("True");
    const raised = stand.peer.received.findLast((message) => message["type"] === "Alarm" && about("Issue")(message));
    expect(raised).toMatchObject({ aS: "Active", ack: "notAcknowledged", sS: "notSuspended", pri: "3", cat: "D" });
    expect(Math.abs(Date.parse(String(raised?.["aTs"])) - Date.now())).toBeLessThan(30_000);
    say("Acknowledge");
    expect(await stand.peer.ofType("Alarm", about("Acknowledge"))).toMatchObject({ ack: "Acknowledged", aS: "Active" });
    await force("False");
    say("Suspend");
    expect(await stand.peer.ofType("Alarm", about("Suspend"))).toMatchObject({ sS: "Suspended" });
    say("Resume");
    // The reference implementation knows a resumed alarm by both.
    const resumed = (message: Json) => about("Suspend")(message) && message["sS"] === "notSuspended";
    await stand.peer.ofType("Alarm", resumed);
    say("Request");
    expect(await stand.peer.ofType("Alarm", about("Issue"))).toMatchObject({ aS: "inActive" });
    expect(
      await refusal(stand, stand.peer.send({ type: "Alarm", cId: "DL1", aCId: "A0999", xACId: "", aSp: "Request" })),
    ).toContain("A0999");
  });

  it("uses the clock that it was set to in everything that it dates", async () => {
    const set = (at: Date) =>
      command(stand.peer, "M0104", "setDate", {
        securityCode: CODES[1],
        year: String(at.getUTCFullYear()),
        month: String(at.getUTCMonth() + 1),
        day: String(at.getUTCDate()),
        hour: String(at.getUTCHours()),
        minute: String(at.getUTCMinutes()),
        second: String(at.getUTCSeconds()),
      });
    const then = Date.UTC(2020, 8, 29, 17, 29, 51);
    await set(new Date(then));
    const set_ms = performance.now();
    const off = (text: unknown): number => Math.abs(Date.parse(String(text)) - then);
    const request = stand.peer.send({ type: "StatusRequest", cId: "TC", sS: [{ sCI: "S0096", n: "year" }] });
    await stand.peer.answerTo(request);
    const told = await stand.peer.ofType("StatusResponse");
    expect((told["sS"] as Json[])[0]?.["s"]).toBe("2020");
    stand.peer.send({ type: "AggregatedStatusRequest", cId: "TC" });
    const sum = await stand.peer.ofType("AggregatedStatus");
    order(stand.peer, "M0007", "setFixedTime", { status: "False", ...code });
    const done = await stand.peer.ofType("CommandResponse");
    await command(stand.peer, "M0019", "setInput", { status: "True", input: "7", inputValue: "True", ...code });
    const alarm = stand.peer.received.findLast(({ type }) => type === "Alarm");
    const lasted_ms = performance.now() - set_ms;
    for (const text of [told["sTs"], sum["aSTS"], done["cTS"], alarm?.["aTs"]]) {
      expect(off(text)).toBeLessThan(10_000 + lasted_ms);
    }
    await command(stand.peer, "M0019", "setInput", { status: "True", input: "7", inputValue: "False", ...code });
    await set(new Date());
  });

  it.runIf(has("1.1.0"))("lets bands lapse by a time-out, and takes priorities", async () => {
    await command(stand.peer, "M0023", "setTimeout", { status: "10", ...code });
    expect(await statusOf(stand.peer, "S0034", "status")).toBe("10");
    await command(stand.peer, "M0023", "setTimeout", { status: "0", ...code });
    const ours = (state: string) => (message: Json) => {
      const [value] = message["type"] === "StatusUpdate" ? (message["sS"] as { s: { r: string; s: string }[] }[]) : [];
      return Array.isArray(value?.s) && value.s.some(({ r, s }) => r === "ours" && s === state);
    };
    const request = (requestId: string, type: string, more: Json = {}) =>
      command(stand.peer, "M0022", "requestPriority", { requestId, type, ...more });
    const group = { signalGroupId: "A1", level: "7", eta: "10", vehicleType: "car" };
    stand.peer.send({ type: "StatusSubscribe", cId: "TC", sS: [{ sCI: "S0033", n: "status", uRt: "0", sOc: true }] });
    await request("before", "new", group);
    await request("ours", "new", group);
    await expect(request("ours", "new", group)).rejects.toThrow("exists");
    await stand.peer.ever(ours("activated"), "the priority's activation");
    await request("ours", "cancel");
    await stand.peer.ever(ours("completed"), "the priority's end");
    const seen = stand.peer.received
      .filter(({ type }) => type === "StatusUpdate")
      .map((message) => JSON.stringify(message))
      .join("");
    for (const state of ["received", "activated", "completed"]) expect(seen).toContain(`"s":"${state}"`);
    await request("before", "cancel");
    await stand.peer.answerTo(
      stand.peer.send({ type: "StatusUnsubscribe", cId: "TC", sS: [{ sCI: "S0033", n: "status" }] }),
    );
  });

  it("goes to yellow flash and dark, and back through the start-up intervals e, f and g", async () => {
    const take = (status: string) =>
      command(stand.peer, "M0001", "setValue", { status, timeout: "0", intersection: "0", ...code });
    await take("YellowFlash");
    await waitFor(stand.peer, "S0011", "status", (value) => value === "True");
    await waitFor(stand.peer, "S0001", "signalgroupstatus", (value) => value === "cccc");
    expect(await statusOf(stand.peer, "S0020", "controlmode")).toBe("standby");
    const from = stand.peer.received.length;
    stand.peer.send({
      type: "StatusSubscribe",
      cId: "TC",
      sS: [{ sCI: "S0001", n: "signalgroupstatus", uRt: "0", sOc: true }],
    });
    await take("NormalControl");
    await waitFor(stand.peer, "S0005", "status", (value) => value === "False");
    await stand.peer.answerTo(
      stand.peer.send({ type: "StatusUnsubscribe", cId: "TC", sS: [{ sCI: "S0001", n: "signalgroupstatus" }] }),
    );
    const shown = stand.peer.received
      .slice(from)
      .flatMap((message) => (message["type"] === "StatusUpdate" ? (message["sS"] as Json[]) : []))
      .flatMap(({ sCI, s }) => (sCI === "S0001" ? [s] : []));
    expect(shown.slice(0, 4)).toEqual(["cccc", "eeee", "ffff", "gggg"]);
    expect(await statusOf(stand.peer, "S0020", "controlmode")).toBe("control");
    await take("Dark");
    await waitFor(stand.peer, "S0007", "status", (value) => value === "False");
    await take("NormalControl");
    await waitFor(stand.peer, "S0005", "status", (value) => value === "False");
  });

  it.skipIf(missing("shared data"))("said nothing that the published schemas do not know", () => {
    const complaints = publishedSchemas(core, sxl);
    expect(stand.peer.received.length).toBeGreaterThan(100);
    expect(stand.peer.received.flatMap((message) => complaints(message)).slice(0, 3)).toEqual([]);
  });

  it("restarts when told to, forgets its subscriptions and dials again", async () => {
    await command(stand.peer, "M0004", "setRestart", { status: "True", ...code });
    await stand.peer.ends();
    stand.peer = await stand.listener.connection();
    expect((await stand.peer.ofType("Version"))["siteId"]).toEqual([{ sId: "RN+SI0001" }]);
  });
});
