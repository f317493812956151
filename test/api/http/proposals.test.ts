import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProposalDocument } from "../../../api/gate/proposal-view.ts";
import { crossroadsPlan } from "../../support/crossroads.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";
import { type GateStand, setUpGate } from "../../support/gate-stand.ts";

const host = "127.0.0.1:8080";
let at: GateStand;
let door: FrontDoor;
let lan: string;
let minh: string;

beforeEach(async () => {
  at = await setUpGate();
  await at.settle();
  door = await openFrontDoor({ stores: { gate: at.gate, proposals: at.proposals } });
  lan = await door.sessionOf("lan", "engineer");
  minh = await door.sessionOf("minh", "engineer");
});
afterEach(async () => {
  await door.server.close();
  await at.close();
});

async function post(cookie: string, url: string, payload: object, language = "en") {
  const headers = { host, cookie, "accept-language": language };
  const answer = await door.server.inject({ method: "POST", url, headers, payload });
  return { status: answer.statusCode, said: answer.json<Record<string, unknown>>() };
}

async function read<T>(url: string, cookie = lan): Promise<T> {
  const answer = await door.server.inject({ url, headers: { host, cookie } });
  expect(answer.statusCode).toBe(200);
  return answer.json<T>();
}

const draft = (change: object = {}) =>
  post(lan, "/api/proposals", { plan: crossroadsPlan, reason: "hàng chờ rẽ trái dài", ...change });

describe("proposals over HTTP", () => {
  it("go from a draft through the approval of a second person to a confirmed plan, each step told", async () => {
    const drafted = await draft();
    expect(drafted.status).toBe(201);
    expect(drafted.said).toMatchObject({ id: 1, state: "draft", by: "lan", actions: ["withdraw"], steps_seen: 1 });
    await at.settle();
    const waiting = await read<ProposalDocument>("/api/proposals/1", minh);
    expect(waiting).toMatchObject({ state: "waiting", actions: ["approve", "refuse"], shadow: { passed: true } });
    expect(waiting.checks.map(({ passed }) => passed)).not.toContain(false);
    expect(waiting.differences?.phases.find(({ phase }) => phase === 2)).toMatchObject({
      split_s: { before: null, after: crossroadsPlan.splits.find(({ phase }) => phase === 2)?.split_s },
      changed: true,
    });
    const decision = { reason: "xem tại chỗ", steps_seen: waiting.steps_seen };
    const own = await post(lan, "/api/proposals/1/approve", decision, "vi");
    expect(own).toMatchObject({
      status: 403,
      said: { code: "PROPOSAL_SAME_PERSON", message: expect.stringContaining("người thứ hai") },
    });
    expect((await post(minh, "/api/proposals/1/approve", decision)).status).toBe(200);
    expect(await post(minh, "/api/proposals/1/refuse", decision)).toMatchObject({
      status: 409,
      said: { code: "PROPOSAL_MOVED_ON" },
    });
    await at.settle();
    const list = await read<{ proposals: readonly unknown[] }>("/api/proposals?states=confirmed,failed");
    expect(list.proposals).toMatchObject([{ id: 1, state: "confirmed", by: "lan" }]);
    // The next one is told against what runs now, and how the signal would get into step with it.
    expect(waiting.transition).toBeNull();
    await draft({ plan: { ...crossroadsPlan, offset_s: crossroadsPlan.offset_s + 3 } });
    const next = await read<ProposalDocument>("/api/proposals/2");
    expect(next.transition).toMatchObject({ method: "add_only", cycles: 1, seconds: crossroadsPlan.cycle_s + 3 });
    const audited = (await door.audit.recent({ limit: 10 })).map(({ action, by }) => `${by} ${action}`);
    expect(audited).toContain("minh plan.approved");
  });

  it("refuse a plan that is none, a proposal that is not there, and an intersection without a controller", async () => {
    expect(await draft({ plan: { ...crossroadsPlan, yellow_s: 1 } })).toMatchObject({
      status: 400,
      said: { code: "BAD_BODY" },
    });
    expect(await draft({ plan: { ...crossroadsPlan, intersection: "nowhere" } })).toMatchObject({
      status: 404,
      said: { code: "DEVICE_UNKNOWN" },
    });
    const decision = { reason: "x", steps_seen: 1 };
    expect(await post(minh, "/api/proposals/77/approve", decision)).toMatchObject({ status: 404 });
    expect(await post(minh, "/api/proposals/seven/approve", decision)).toMatchObject({ status: 404 });
  });
});

describe("devices over HTTP", () => {
  it("are released by one person with a reason, which the audit and the ledger keep", async () => {
    const technician = await door.sessionOf("tam", "technician");
    expect(await post(technician, "/api/devices/cabinet/release", { reason: "" })).toMatchObject({ status: 400 });
    expect(await post(technician, "/api/devices/cabinet/release", { reason: "cây đổ" })).toMatchObject({ status: 200 });
    const { devices } = await read<{ devices: readonly unknown[] }>("/api/devices");
    expect(devices).toMatchObject([{ controller: "cabinet", released: { by: "tam", reason: "cây đổ" } }]);
    expect(await post(technician, "/api/devices/cabinet/take-back", { reason: "x" })).toMatchObject({ status: 403 });
    expect(await post(lan, "/api/devices/cabinet/take-back", { reason: "đã dọn" })).toMatchObject({ status: 200 });
    expect((await door.audit.recent({ limit: 10 })).map(({ action }) => action)).toContain("device.release");
    expect(await at.kinds()).toEqual(["device.release", "device.released", "device.taken_back"]);
  });
});
