/** A supervisor of ours and a bench that plays the site, whose components and lists it has never seen. */
import { afterEach, describe, expect, it } from "vitest";
import { sealCommand } from "../../../controllers/gate/sealed-command.ts";
import {
  Supervisor,
  type SupervisorEvent,
  type SupervisorOptions,
} from "../../../controllers/rsmp/supervisor/supervisor.ts";
import { missing } from "../../support/peers.ts";
import { publishedSchemas } from "./published-schemas.ts";
import { type Json, RawPeer } from "./raw-peer.ts";

let supervisor: Supervisor | null = null;
let site: RawPeer | null = null;
const events: SupervisorEvent[] = [];
afterEach(async () => {
  site?.close();
  await supervisor?.close();
  supervisor = site = null;
  events.length = 0;
});

async function listen(options: Partial<SupervisorOptions> = {}): Promise<Supervisor> {
  const started = await Supervisor.listen({
    port: 0,
    host: "127.0.0.1",
    security: null,
    watchesOthers: false,
    onEvent: (event) => events.push(event),
    ...options,
  });
  if (!started.ok) throw new Error(JSON.stringify(started.problems));
  supervisor = started.value;
  return started.value;
}

const versionOf = (core: string, sxl: string): Json => {
  const words = { type: "Version", RSMP: [{ vers: core }], siteId: [{ sId: "KK+AG9998=001TC000" }], SXL: sxl };
  return core === "3.3.0" ? { ...words, step: "Request", SXLS: [{ name: "tlc", version: sxl }] } : words;
};

const sum = (): Json => ({
  type: "AggregatedStatus",
  cId: "AA+BBCCC=DDDEEFFF",
  aSTS: new Date().toISOString(),
  fP: null,
  fS: null,
  se: [false, false, false, false, false, true, false, false],
});

async function connected(core: string, sxl: string, options: Partial<SupervisorOptions> = {}): Promise<RawPeer> {
  const { port } = await listen(options);
  site = await RawPeer.dial(port);
  site.send(versionOf(core, sxl));
  await site.ofType("Version");
  site.send({ type: "Watchdog", wTs: new Date().toISOString() });
  await site.ofType("Watchdog");
  if (core === "3.3.0") {
    await site.answerTo(site.send({ type: "ComponentList", components: [{ id: "X", type: "main", name: "X" }] }));
  }
  await site.answerTo(site.send(sum()));
  return site;
}

const ready = (): ReturnType<Supervisor["site"]> => {
  const found = supervisor?.site("KK+AG9998=001TC000");
  if (found === undefined) throw new Error("no supervisor");
  return found;
};

function theSite() {
  const found = ready();
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.value;
}

describe("a supervisor", () => {
  it.each([
    ["3.1.5", "1.0.15"],
    ["3.2", "1.1"],
    ["3.2.1", "1.2"],
    ["3.2.2", "1.2.1"],
  ])("goes through the sequence of core %s, and says nothing more of itself", async (core, sxl) => {
    const peer = await connected(core, sxl, { watchesOthers: true });
    expect(peer.sequence).toEqual([
      "out:Version",
      "in:MessageAck",
      "in:Version",
      "out:MessageAck",
      "out:Watchdog",
      "in:MessageAck",
      "in:Watchdog",
      "out:MessageAck",
      "out:AggregatedStatus",
      "in:MessageAck",
    ]);
    const answer = peer.received.find(({ type }) => type === "Version");
    expect(answer).toMatchObject({ siteId: [{ sId: "KK+AG9998=001TC000" }], SXL: sxl });
    expect(answer?.["RSMP"]).toContainEqual({ vers: core });
    expect(theSite().view.main).toBe("AA+BBCCC=DDDEEFFF");
  });

  it("answers core 3.3 in its own form, and refuses the lists it does not know", async () => {
    const { port } = await listen();
    site = await RawPeer.dial(port);
    const SXLS = [
      { name: "tlc", version: "1.3.0" },
      { name: "vms", version: "1.0.0" },
    ];
    site.send({ ...versionOf("3.3.0", "1.3.0"), SXLS });
    expect(await site.ofType("Version")).toMatchObject({
      step: "Response",
      RSMP: [{ vers: "3.3.0" }],
      supervisorId: "greenwave",
      SXLS: [
        { name: "tlc", version: "1.3.0" },
        { name: "vms", rejected: 1 },
      ],
    });
  });

  it.each([
    ["a version it does not speak", { RSMP: [{ vers: "3.1.1" }] }, "3.1.1"],
    ["no version", { RSMP: [] }, ""],
    ["a list it does not know", { SXL: "0.9" }, "0.9"],
    ["no list", { SXL: undefined }, "SXL"],
    ["a site that may not connect", { siteId: [{ sId: "stranger" }] }, "stranger"],
    ["no site id", { siteId: undefined }, "Site id"],
  ])("refuses %s with the reason", async (_what, words, named) => {
    const { port } = await listen({ siteIds: ["KK+AG9998=001TC000"] });
    site = await RawPeer.dial(port);
    const refusal = await site.answerTo(site.send({ ...versionOf("3.2.2", "1.2.1"), ...words }));
    expect(refusal["type"]).toBe("MessageNotAck");
    expect(refusal["rea"]).toContain(named);
    await site.ends();
  });

  it("asks, and gets what the site answers", async () => {
    const peer = await connected("3.2.2", "1.2.1");
    const asked = theSite().request("any id", [{ sCI: "S0014", n: "status" }]);
    await peer.ofType("StatusRequest");
    const values = [{ sCI: "S0014", n: "status", s: "3", q: "recent" }];
    peer.send({ type: "StatusResponse", cId: "any id", sTs: new Date().toISOString(), sS: values });
    expect(await asked).toEqual({ ok: true, value: values });
    const summed = theSite().aggregatedStatus("AA+BBCCC=DDDEEFFF");
    await peer.ofType("AggregatedStatusRequest");
    peer.send({ ...sum(), se: [false, false, true, false, false, false, true, false] });
    expect(await summed).toMatchObject({ ok: true, value: [false, false, true, false, false, false, true, false] });
  });

  it("tells why a site refused, fell silent, or went away", async () => {
    const peer = await connected("3.2.2", "1.2.1", { answer_ms: 300 });
    expect(await theSite().request("x", [{ sCI: "S0014", n: "status" }])).toMatchObject({
      problems: [{ code: "RSMP_SITE_SILENT" }],
    });
    peer.acknowledges = ({ type }) => type !== "StatusRequest";
    const asked = theSite().request("x", [{ sCI: "S9999", n: "status" }]);
    const request = await peer.ofType("StatusRequest", (message) => JSON.stringify(message).includes("S9999"));
    peer.raw(`${JSON.stringify({ mType: "rSMsg", type: "MessageNotAck", oMId: request["mId"], rea: "unknown" })}\f`);
    expect(await asked).toMatchObject({ problems: [{ code: "RSMP_SITE_REFUSED", words: { reason: "unknown" } }] });
    const lost = theSite().subscribe("x", [{ sCI: "S0001", n: "stage", interval_s: 1, onChange: true }]);
    peer.close();
    expect(await lost).toMatchObject({ problems: [{ code: "RSMP_SITE_GONE" }] });
    expect(ready()).toMatchObject({ ok: false, problems: [{ code: "RSMP_SITE_UNKNOWN" }] });
  });

  it("commands only what came through the gate, fresh, and within the list's ranges", async () => {
    const peer = await connected("3.2.2", "1.2.1", {
      securityCode: (_site, level) => (level === 2 ? "2222" : undefined),
    });
    const words = {
      site: "KK+AG9998=001TC000",
      component: "TC",
      code: "M0002",
      values: { status: "True", timeplan: "2" },
      reason: "test",
      expires_ms: Date.now() + 60_000,
    };
    const sealed = sealCommand(words);
    const refused = async (candidate: typeof sealed): Promise<unknown> => {
      const answer = await theSite().command(candidate);
      return answer.ok ? null : answer.problems[0]?.code;
    };
    expect(await refused({ ...sealed })).toBe("RSMP_COMMAND_NOT_SEALED");
    expect(await refused(sealCommand({ ...words, expires_ms: Date.now() - 1 }))).toBe("RSMP_COMMAND_NOT_SEALED");
    expect(await refused(sealCommand({ ...words, site: "another" }))).toBe("RSMP_COMMAND_NOT_SEALED");
    for (const timeplan of ["0", "256", "x"]) {
      expect(await refused(sealCommand({ ...words, values: { ...words.values, timeplan } }))).toBe("RSMP_OUTSIDE_LIST");
    }
    expect(await refused(sealCommand({ ...words, values: { ...words.values, securityCode: "1" } }))).toBe(
      "RSMP_OUTSIDE_LIST",
    );
    expect(peer.sequence).not.toContain("in:CommandRequest");

    const done = theSite().command(sealed);
    const request = await peer.ofType("CommandRequest");
    const arg = request["arg"] as { cCI: string; n: string; v: string }[];
    expect(arg.find(({ n }) => n === "securityCode")?.v).toBe("2222");
    const rvs = arg.map(({ cCI, n, v }) => ({ cCI, n, v, age: "recent" }));
    peer.send({ type: "CommandResponse", cId: "TC", cTS: new Date().toISOString(), rvs });
    expect(await done).toEqual({ ok: true, value: rvs.filter(({ n }) => n !== "securityCode") });
    expect(JSON.stringify(events)).not.toContain("2222");
  });

  it("notices when somebody else commands a plan, not when the calendar does", async () => {
    const peer = await connected("3.2.2", "1.2.1", { watchesOthers: true });
    const watch = await peer.ofType("StatusSubscribe");
    expect(watch).toMatchObject({ cId: "AA+BBCCC=DDDEEFFF" });
    const plan = async (status: string, source: string): Promise<unknown> => {
      const sS = [
        { sCI: "S0014", n: "status", s: status, q: "recent" },
        { sCI: "S0014", n: "source", s: source, q: "recent" },
      ];
      await peer.answerTo(peer.send({ type: "StatusUpdate", cId: watch["cId"], sTs: new Date().toISOString(), sS }));
      return events.filter(({ event }) => event === "foreign_command").length;
    };
    expect(await plan("1", "startup")).toBe(0);
    expect(await plan("2", "calendar_clock")).toBe(0);
    expect(await plan("3", "forced")).toBe(1);
  });

  it("goes on with a site that dials in anew before its first connection is seen to be dead", async () => {
    const first = await connected("3.2.2", "1.2.1");
    const second = await RawPeer.dial(supervisor?.port ?? 0);
    second.send(versionOf("3.2.2", "1.2.1"));
    await second.ofType("Version");
    await first.ends();
    second.close();
  });

  it("keeps a connection with nonsense on it only so long", async () => {
    const peer = await connected("3.2.2", "1.2.1");
    for (let i = 0; i < 15; i++) peer.raw("{nonsense\f");
    await peer.answerTo(peer.send(sum()));
    for (let i = 0; i < 16; i++) peer.raw("nonsense\f");
    await peer.ends();
  });

  it.skipIf(missing("shared data"))("says nothing that the published schemas do not know", async () => {
    const peer = await connected("3.1.5", "1.0.15", { watchesOthers: true });
    await peer.ofType("StatusSubscribe");
    const complaints = publishedSchemas("3.1.5", "1.0.15");
    expect(peer.received.flatMap((message) => complaints(message))).toEqual([]);
    peer.close();
  });
});
