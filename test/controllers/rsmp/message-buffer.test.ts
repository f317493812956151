/** What a site keeps while nobody listens. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { MessageBuffer } from "../../../controllers/rsmp/site/message-buffer.ts";
import type { Json } from "./raw-peer.ts";
import { readySite, type SiteStand, shakeHands, standSite, YAML } from "./site-stand.ts";

const update = (n: number) => ({ type: "StatusUpdate", n }) as const;
const folders: string[] = [];
let stand: SiteStand | null = null;
afterEach(async () => {
  await stand?.close();
  stand = null;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function file(): string {
  const folder = mkdtempSync(join(tmpdir(), "rsmp-buffer-"));
  folders.push(folder);
  return join(folder, "waiting.jsonl");
}

const opened = (path: string, most?: number): MessageBuffer => {
  const buffer = MessageBuffer.open(path, most);
  if (!buffer.ok) throw new Error(JSON.stringify(buffer.problems));
  return buffer.value;
};

describe("the buffer", () => {
  it("gives up the oldest when there are too many", () => {
    const buffer = MessageBuffer.inMemory(3);
    for (let n = 1; n <= 5; n++) buffer.push(update(n));
    expect(buffer.take(9)).toEqual([update(3), update(4), update(5)]);
    expect(buffer.count).toBe(0);
  });

  it("takes back what was taken and not delivered, as the oldest", () => {
    const buffer = MessageBuffer.inMemory(3);
    for (let n = 1; n <= 3; n++) buffer.push(update(n));
    const taken = buffer.take(2);
    buffer.push(update(4));
    buffer.putBack(taken);
    expect(buffer.take(9)).toEqual([update(2), update(3), update(4)]);
  });

  it("outlives the process, and a line torn by a power cut", () => {
    const path = file();
    const before = opened(path, 3);
    for (let n = 1; n <= 9; n++) before.push(update(n));
    appendFileSync(path, '{"type":"StatusUp');
    const after = opened(path, 3);
    expect(after.take(9)).toEqual([update(7), update(8), update(9)]);
    expect(readFileSync(path, "utf8")).toBe("");
  });

  it("says where it cannot keep anything", () => {
    const buffer = MessageBuffer.open("/no/such/folder/waiting.jsonl");
    expect(buffer).toMatchObject({ ok: false, problems: [{ code: "RSMP_BUFFER_FILE" }] });
  });
});

describe("a site whose connection is cut", () => {
  it("sends statuses of the outage first, as old ones, with their own times, and goes on with the subscription", async () => {
    stand = await readySite("3.2.2", "1.2.1");
    const sS = [{ sCI: "S0001", n: "signalgroupstatus", uRt: "1", sOc: true }];
    stand.peer.send({ type: "StatusSubscribe", cId: "TC", sS });
    await stand.peer.ofType("StatusUpdate");
    stand.peer.acknowledges = () => false;
    stand.peer.close();
    const again = await stand.listener.connection();
    await new Promise<void>((resolve) => setTimeout(resolve, 1200));
    const reconnected_ms = Date.now();
    await shakeHands(again, "3.2.2");
    const first = await again.ofType("StatusUpdate");
    expect((first["sS"] as Json[]).map(({ q }) => q)).toEqual(["old"]);
    expect(Date.parse(String(first["sTs"]))).toBeLessThan(reconnected_ms);
    expect(again.sequence.indexOf("in:AggregatedStatus")).toBeLessThan(again.sequence.indexOf("in:StatusUpdate"));
    expect(again.sequence.lastIndexOf("in:Alarm")).toBeLessThan(again.sequence.indexOf("in:StatusUpdate"));
    await again.ofType("StatusUpdate", (message) => (message["sS"] as Json[])[0]?.["q"] === "recent");
  });

  it("does not flood the line after a long outage, and loses nothing when the line breaks again", async () => {
    const path = file();
    const value = { sCI: "S0001", n: "stage", s: "0", q: "recent" };
    const kept = { type: "StatusUpdate", cId: "TC", sTs: "2026-11-22T10:00:00.000Z", sS: [value] };
    appendFileSync(path, `${JSON.stringify(kept)}\n`.repeat(10_050));
    const yaml = YAML.replace("reconnect: 0.1", "reconnect: 60");
    stand = await standSite("3.2.2", "1.2.1", `${yaml}message_buffer: { file: ${path} }\n`);
    const { peer } = stand;
    peer.acknowledges = ({ type }) => type !== "StatusUpdate";
    await shakeHands(peer, "3.2.2");
    const sent = (): number => peer.sequence.filter((step) => step === "in:StatusUpdate").length;
    await expect.poll(sent).toBeGreaterThan(100);
    await new Promise<void>((resolve) => setTimeout(resolve, 300));
    expect(sent()).toBeLessThanOrEqual(200);
    peer.close();
    await stand.close();
    stand = null;
    expect(opened(path).count).toBe(10_000);
  });

  it("tells the alarms of the sequence once each time, however often the line breaks in the midst of them", async () => {
    stand = await standSite("3.3.0", "1.3.0");
    let peer = stand.peer;
    for (let i = 0; i < 4; i++) {
      peer.acknowledges = ({ type }) => type !== "Alarm" && (type !== "ComponentList" || i > 1);
      await shakeHands(peer, "3.3.0");
      await peer.ofType(i > 1 ? "Alarm" : "ComponentList");
      peer.close();
      peer = await stand.listener.connection();
    }
    await shakeHands(peer, "3.3.0");
    await peer.ofType("AggregatedStatus");
    await peer.answerTo(peer.send({ type: "AggregatedStatusRequest", cId: "TC" }));
    expect(peer.sequence.filter((step) => step === "in:Alarm")).toHaveLength(33);
  });

  it("forgets subscriptions that it is not to buffer", async () => {
    stand = await readySite("3.2.2", "1.2.1", `${YAML}message_buffer: { statuses: false }\n`);
    const sS = [{ sCI: "S0001", n: "cyclecounter", uRt: "1", sOc: true }];
    stand.peer.send({ type: "StatusSubscribe", cId: "TC", sS });
    await stand.peer.ofType("StatusUpdate");
    stand.peer.close();
    const again = await stand.listener.connection();
    await shakeHands(again, "3.2.2");
    await again.ofType("AggregatedStatus");
    await new Promise<void>((resolve) => setTimeout(resolve, 1300));
    expect(again.sequence.filter((step) => step === "in:StatusUpdate")).toEqual([]);
  });
});
