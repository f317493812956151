import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PlatePassage } from "../../../core/ports/passages.ts";
import { ScriptedClock } from "../../support/data-folder.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";
const PASSWORD = "bốn con mèo trên mái";
const noon_ms = Date.UTC(2026, 10, 22, 12);
const hour_ms = 3_600_000;
const question = {
  plate: "43A-123.45",
  match: "exact",
  from_ms: noon_ms - hour_ms,
  to_ms: noon_ms + hour_ms,
  purpose: "stolen car reported at 11:40",
};

describe("asking where a vehicle was", () => {
  let door: FrontDoor;
  let cookie = "";
  const clock = new ScriptedClock(noon_ms);

  const passage = (plate: string, minute: number, at: 0 | 1): PlatePassage => ({
    at_ms: noon_ms + minute * 60_000,
    camera: `camera-${at}`,
    intersection: door.site.intersections[at]?.id ?? "",
    class: "car",
    plate,
    confidence: 0.9,
  });

  const ask = (change: object = {}, method: "POST" | "GET" = "POST") =>
    door.server.inject({ method, url: "/api/trace", headers: { host, cookie }, payload: { ...question, ...change } });

  beforeAll(async () => {
    door = await openFrontDoor({ clock });
    const root = { name: "root", roles: ["admin"] } as const;
    await door.accounts.addFirst((await door.accounts.firstToken()) ?? "", "root", PASSWORD);
    await door.accounts.add({ name: "hanh", password: PASSWORD, roles: ["officer"] }, root);
    const session = await door.accounts.logIn("hanh", PASSWORD, "test");
    cookie = `greenwave_session=${session.ok ? session.value : ""}`;
    const seen = [passage("43A12345", 0, 0), passage("43A12345", 4, 1), passage("43A12346", 5, 1)];
    for (const each of seen) await door.passages.add(each, Number.MAX_SAFE_INTEGER);
  });
  // Nobody's earlier questions count.
  beforeEach(() => clock.advance(11 * 60_000));
  afterAll(() => door.server.close());

  it("tells passages and journeys of that plate, and keeps the answer out of every cache", async () => {
    const answer = await ask();
    expect([answer.statusCode, answer.headers["cache-control"]]).toEqual([200, "no-store"]);
    const { passages, journeys, more } = answer.json();
    expect(passages).toEqual([passage("43A12345", 0, 0), passage("43A12345", 4, 1)]);
    expect(journeys).toEqual([{ plate: "43A12345", began: "first", passages, duration_s: 240 }]);
    expect(more).toBe(false);
  });

  it("finds what was misread in one character, and a plate of which a part is known", async () => {
    const plates = async (change: object): Promise<string[]> =>
      (await ask(change)).json().passages.map(({ plate }: PlatePassage) => plate);
    expect(await plates({ match: "near", plate: "43B12345" })).toEqual(["43A12345", "43A12345"]);
    expect(await plates({ match: "near" })).toEqual(["43A12345", "43A12345", "43A12346"]);
    expect(await plates({ match: "partial", plate: "43a*6" })).toEqual(["43A12346"]);
    expect(await plates({ match: "partial", plate: "??A12345" })).toEqual(["43A12345", "43A12345"]);
    expect(await plates({ to_ms: noon_ms })).toEqual(["43A12345"]);
  });

  it("remembers who asked what and why, but no plate", async () => {
    await ask({ case_id: "case-7" });
    const [entry] = await door.audit.recent({ limit: 1 });
    expect(entry).toMatchObject({
      by: "hanh",
      role: "officer",
      at_ms: clock.nowMs(),
      from: "127.0.0.1",
      action: "plate.traced",
      purpose: question.purpose,
    });
    const [match, concealed = "", span, ...rest] = entry?.subject?.split(" ") ?? [];
    expect([match, span, rest]).toEqual([
      "exact",
      "2026-11-22T11:00:00.000Z/2026-11-22T13:00:00.000Z",
      ["case", "case-7"],
    ]);
    expect(door.vault.reveal(concealed)).toBe("43A12345");
    expect(JSON.stringify(entry)).not.toContain("43A12345");
  });

  it("tells nothing when the question cannot be remembered", async () => {
    const { record } = door.audit;
    door.audit.record = () => Promise.reject(new Error("the disk is full"));
    const answer = await ask();
    door.audit.record = record;
    expect([answer.statusCode, answer.body.includes("43A12345")]).toEqual([500, false]);
  });

  it("wants a purpose, a whole plate or a real part of one, and a span of a month at most", async () => {
    const before = await door.audit.recent({ limit: 100 });
    const refusals: readonly [object, number, string][] = [
      [{ purpose: "because   " }, 400, "BAD_BODY"],
      [{ purpose: undefined }, 400, "BAD_BODY"],
      [{ plate: "4.3" }, 422, "TRACE_PLATE"],
      [{ match: "partial", plate: "*4?3*" }, 422, "TRACE_PATTERN"],
      [{ to_ms: question.from_ms - 1 }, 422, "TRACE_SPAN"],
      [{ from_ms: question.to_ms - 32 * 24 * hour_ms }, 422, "TRACE_SPAN"],
    ];
    for (const [change, status, code] of refusals) {
      const answer = await ask(change);
      expect([change, answer.statusCode, answer.json().code]).toEqual([change, status, code]);
    }
    expect(await door.audit.recent({ limit: 100 })).toEqual(before);
  });

  it("answers thirty questions in ten minutes, and each person's are counted apart", async () => {
    for (let i = 0; i < 30; i++) expect((await ask()).statusCode).toBe(200);
    clock.advance(9 * 60_000);
    const refused = await ask();
    expect([refused.statusCode, refused.json().code]).toEqual([429, "TRACE_TOO_OFTEN"]);
    expect(refused.json().message).toContain("60 s");
    clock.advance(60_000);
    expect((await ask()).statusCode).toBe(200);
  });

  it("says when there is more than it tells", async () => {
    for (let i = 0; i < 1001; i++) await door.passages.add(passage("29A11111", i / 100, 0), Number.MAX_SAFE_INTEGER);
    const { passages, more } = (await ask({ plate: "29A11111" })).json();
    expect([passages.length, more]).toEqual([1000, true]);
  });
});
