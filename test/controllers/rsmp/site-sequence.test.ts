/** The connection sequence as the reference implementation's suite wants it from a site. */
import { afterEach, describe, expect, it } from "vitest";
import { ask, CODES, command, readySite, type SiteStand, shakeHands, standSite, YAML } from "./site-stand.ts";

let stand: SiteStand | null = null;
afterEach(async () => {
  await stand?.close();
  stand = null;
});

const upTo = (sequence: readonly string[], count: number): string[] => sequence.slice(0, count);

describe.each([
  ["3.1.5", "1.0.15"],
  ["3.2.0", "1.1.0"],
  ["3.2.1", "1.2.1"],
  ["3.2.2", "1.2.1"],
])("a site of core %s", (core, sxl) => {
  it("says version, watchdog, sum and alarms in this order", async () => {
    stand = await readySite(core, sxl);
    await stand.peer.ofType("Alarm");
    expect(upTo(stand.peer.sequence, 10)).toEqual([
      "in:Version",
      "out:MessageAck",
      "out:Version",
      "in:MessageAck",
      "in:Watchdog",
      "out:MessageAck",
      "out:Watchdog",
      "in:MessageAck",
      "in:AggregatedStatus",
      "out:MessageAck",
    ]);
  });
});

describe("a site", () => {
  it("of core 3.3 lists its components before anything else", async () => {
    stand = await readySite("3.3.0", "1.3.0");
    expect(upTo(stand.peer.sequence, 10).slice(8)).toEqual(["in:ComponentList", "out:MessageAck"]);
    const list = stand.peer.received.find(({ type }) => type === "ComponentList");
    expect(list?.["components"]).toContainEqual({ id: "A1", type: "signal_group", name: "A1" });
  });

  it.each([
    ["another version", { RSMP: [{ vers: "3.1.1" }] }],
    ["no version", { RSMP: [] }],
    ["another list", { SXL: "1.1.0" }],
    ["another site", { siteId: [{ sId: "somebody else" }] }],
  ])("refuses %s with the reason, and hangs up", async (_what, answer) => {
    stand = await standSite("3.2.2", "1.2.1");
    const { peer } = stand;
    const version = await peer.ofType("Version");
    const whole = { type: "Version", RSMP: [{ vers: "3.2.2" }], siteId: version["siteId"], SXL: version["SXL"] };
    const refusal = await peer.answerTo(peer.send({ ...whole, ...answer }));
    expect(refusal["type"]).toBe("MessageNotAck");
    expect(refusal["rea"]).not.toBe("");
    await peer.ends();
  });

  it("answers nothing but Version before the versions are exchanged", async () => {
    stand = await standSite("3.2.2", "1.2.1");
    const { peer } = stand;
    peer.send({ type: "Watchdog", wTs: new Date().toISOString() });
    peer.send({ type: "StatusRequest", cId: "TC", sS: [{ sCI: "S0001", n: "stage" }] });
    await shakeHands(peer, "3.2.2");
    await peer.ofType("AggregatedStatus");
    expect(peer.sequence.filter((step) => step === "in:StatusResponse")).toEqual([]);
    expect(peer.sequence.indexOf("in:Watchdog")).toBeGreaterThan(peer.sequence.indexOf("in:MessageAck"));
  });

  it("hangs up when its watchdogs are not acknowledged, and dials again", async () => {
    stand = await readySite("3.2.2", "1.2.1", YAML.replace("watchdog: 60", "watchdog: 0.2"));
    stand.peer.acknowledges = ({ type }) => type !== "Watchdog";
    await stand.peer.ends();
    const again = await stand.listener.connection();
    await again.ofType("Version");
  });

  it("goes on when the supervisor's watchdogs stay away", async () => {
    stand = await readySite("3.2.2", "1.2.1", YAML.replace("watchdog: 60", "watchdog: 0.2"));
    for (let i = 0; i < 5; i++) await stand.peer.ofType("Watchdog");
    expect(stand.peer.closed).toBe(false);
    expect(await ask(stand.peer, { S0014: ["status"] })).toEqual([{ sCI: "S0014", n: "status", s: "1", q: "recent" }]);
  });

  it("dates its watchdogs by the clock that it was set to", async () => {
    stand = await readySite("3.2.2", "1.2.1", YAML.replace("watchdog: 60", "watchdog: 0.2"));
    const date = { year: "2020", month: "9", day: "29", hour: "17", minute: "29", second: "51" };
    await command(stand.peer, "M0104", "setDate", { securityCode: CODES[1], ...date });
    stand.peer.forget();
    const { wTs } = await stand.peer.ofType("Watchdog");
    expect(Math.abs(Date.parse(String(wTs)) - Date.UTC(2020, 8, 29, 17, 29, 51))).toBeLessThan(10_000);
  });

  it("takes the newest version that both speak", async () => {
    stand = await standSite("3.1.5,3.2.2", "1.0.15");
    await shakeHands(stand.peer, "3.1.5", { RSMP: [{ vers: "3.1.5" }, { vers: "3.2.2" }, { vers: "4.0" }] });
    await stand.peer.ofType("AggregatedStatus");
    const { events } = stand;
    await expect.poll(() => events).toContainEqual(expect.objectContaining({ event: "ready", core: "3.2.2" }));
  });
});
