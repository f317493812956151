import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MovementInterval } from "../../../core/traffic/movement-interval.ts";
import { modelSchema } from "../../../detectors/index.ts";
import { CAMERA, type FrontDoor, minuteOf, openFrontDoor, sampleSite, statusOf } from "../../support/front-door.ts";
import { planFor } from "../../support/moving-corridor.ts";

const host = "127.0.0.1:8080";

describe("the front door", () => {
  let door: FrontDoor;
  beforeEach(async () => {
    door = await openFrontDoor();
  });
  afterEach(() => door.server.close());

  const ask = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    door.server.inject({ url, headers: { host, ...headers } });

  it("says the service is healthy", async () => {
    const answer = await ask("/healthz");
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ status: "ok" });
  });

  it("answers 200 while degraded, and says which part and what to do", async () => {
    const message = "ffmpeg is not installed.";
    door.health = { status: "degraded", parts: [{ name: "ffmpeg", state: "degraded", message }] };
    const answer = await ask("/healthz");
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual(door.health);
  });

  it("lists turning movements of a camera, newest first", async () => {
    const interval = (feed: string, start_ms: number): MovementInterval => ({
      intersection: "ham-nghi",
      feed,
      origin: "camera",
      start_ms,
      length_s: 60,
      movements: [
        { movement: "left", entry: "a", exit: "b", turn: "left", total: 2, by_class: { car: 2 }, mean_time_s: 4.5 },
      ],
      unfinished: [{ entry: "a", total: 1, by_class: { bus: 1 } }],
      unentered: [],
      quality: "valid",
      frames_seen: 600,
      gap_s: 0,
    });
    await door.movements.append([interval("east", 0), interval("west", 0), interval("east", 60_000)]);
    expect((await ask("/api/movements?feed=east")).json()).toEqual({
      intervals: [interval("east", 60_000), interval("east", 0)],
    });
    expect((await ask("/api/movements?limit=none")).statusCode).toBe(400);
  });

  it("gives detector events as a hi-res log; as a table, measured ones alone", async () => {
    const event = { intersection: "ham-nghi", channel: 3, origin: "camera" } as const;
    const noon_ms = Date.UTC(2026, 2, 2, 5);
    await door.events.append([
      { ...event, at_ms: noon_ms + 40, on: true },
      { ...event, at_ms: noon_ms + 990, on: false },
      { ...event, at_ms: noon_ms + 2000, on: true, origin: "simulated" },
    ]);
    const { events } = (await ask("/api/events")).json<{ events: unknown[] }>();
    expect(events).toHaveLength(3);
    expect(events[0]).toEqual({
      timestamp: "2026-03-02 12:00:00.0",
      at_ms: noon_ms,
      device_id: "ham-nghi",
      event_id: 82,
      parameter: 3,
      origin: "camera",
    });
    const table = await ask("/api/events?format=csv");
    expect(table.headers["content-type"]).toMatch(/^text\/csv/);
    expect(table.body).toBe(
      "TimeStamp,DeviceId,EventId,Parameter\n2026-03-02 12:00:00.0,ham-nghi,82,3\n2026-03-02 12:00:01.0,ham-nghi,81,3\n",
    );
  });

  it("shows the site without the addresses of cameras and controllers", async () => {
    const site = sampleSite();
    const [camera, ...others] = site.cameras;
    if (camera === undefined) throw new Error("the sample site has no camera");
    const model = modelSchema.parse({ file: "/srv/town/own.onnx" });
    const secret = { ...camera, source: "rtsp://user:secret@10.1.2.3/stream", source_env: "SITE_CAMERA_1", model };
    const guarded = await openFrontDoor({ site: { ...site, cameras: [secret, ...others] } });
    const answer = await guarded.server.inject({ url: "/api/site", headers: { host } });
    await guarded.server.close();
    expect(answer.body).not.toMatch(/secret|10\.1\.2\.3|SITE_CAMERA_1|own\.onnx|"port"/);
    expect(answer.json()).toMatchObject({ site: site.site, cameras: [{ id: CAMERA, origin: "camera" }] });
    expect(answer.json<{ intersections: unknown[] }>().intersections).toHaveLength(6);
  });

  it("gives a page everything it needs in one snapshot", async () => {
    const status = statusOf(door.site, "ham-nghi", [2, 6], 1_000);
    door.signals.set("ham-nghi", status);
    await door.flows.append([minuteOf("hn-eb-1", "ham-nghi", 60_000, 20)]);
    await door.ledger.append("plan.active", { intersection: "ham-nghi" }, 2_000);
    const state = (await ask("/api/state")).json<Record<string, unknown>>();
    expect(state).toMatchObject({
      version: "0.1.0",
      health: { status: "ok" },
      signals: [status],
      feeds: [{ feed: CAMERA, phase: "connecting" }],
      flows: [{ lane: "hn-eb-1", total: 20 }],
      tallies: [
        { feed: CAMERA, line: "line-1", forward: 0, backward: 0 },
        { feed: CAMERA, line: "line-2", forward: 0, backward: 0 },
      ],
      plans: { in_force: [], proposals: [{ corridor: "nguyen-van-linh", proposal: null }] },
      ledger: { entries: [{ seq: 1, kind: "plan.active" }], chain: { entries: 1, broken_at: null } },
    });
  });

  it("gives at most thirty intervals of each lane, newest first", async () => {
    const minutes = Array.from({ length: 40 }, (_, index) => minuteOf("hn-eb-1", "ham-nghi", index * 60_000, index));
    await door.flows.append(minutes);
    const { flows } = (await ask("/api/state")).json<{ flows: { total: number }[] }>();
    expect(flows.map(({ total }) => total)).toEqual(Array.from({ length: 30 }, (_, index) => 39 - index));
  });

  it("filters stored flow by lane, time and number", async () => {
    const minutes = [1, 2, 3].map((minute) => minuteOf("hn-eb-1", "ham-nghi", minute * 60_000, minute));
    await door.flows.append([...minutes, minuteOf("hn-eb-2", "ham-nghi", 180_000, 9)]);
    const answer = await ask("/api/flows?lane=hn-eb-1&since_ms=120000&limit=1");
    expect(answer.json()).toMatchObject({ intervals: [{ lane: "hn-eb-1", total: 3 }] });
    expect(answer.json<{ intervals: unknown[] }>().intervals).toHaveLength(1);
  });

  it.each(["lane=Not%20An%20Id", "limit=0", "limit=many", "since_ms=-1", "colour=red"])(
    "refuses the query %s in the reader's language",
    async (query) => {
      const answer = await ask(`/api/flows?${query}`, { "accept-language": "vi" });
      expect(answer.statusCode).toBe(400);
      expect(answer.headers["content-language"]).toBe("vi");
      expect(answer.json()).toMatchObject({ code: "BAD_QUERY", message: expect.stringContaining("Không hiểu") });
    },
  );

  it("tells the plan in force, why, and the plans before it", async () => {
    const [first, second] = door.site.intersections;
    if (first === undefined || second === undefined) throw new Error("the sample site has too few intersections");
    const plan = planFor(first, 0);
    const id = await door.plans.add(plan, ["because"], 1_000);
    await door.plans.setState(id, "active", 2_000);
    await door.plans.add(planFor(second, 10), [], 3_000);
    const all = (await ask("/api/plans")).json<{ in_force: unknown[]; recent: unknown[] }>();
    expect(all.in_force).toEqual([{ id, plan, state: "active", at_ms: 2_000, reasons: ["because"] }]);
    expect(all.recent).toHaveLength(2);
    const one = await ask(`/api/plans?intersection=${second.id}`);
    expect(one.json()).toMatchObject({ in_force: [], recent: [{ state: "proposed" }] });
  });

  it("gives the ledger with the verdict on the whole chain", async () => {
    for (let index = 0; index < 30; index += 1) await door.ledger.append("note", { index }, index);
    const answer = await ask("/api/ledger?limit=5");
    expect(answer.json<{ entries: { seq: number }[] }>().entries.map(({ seq }) => seq)).toEqual([30, 29, 28, 27, 26]);
    expect(answer.json()).toMatchObject({ chain: { entries: 30, broken_at: null } });
  });

  it("never vouches for an entry that it has not walked over", async () => {
    await door.ledger.append("note", {}, 1);
    await ask("/api/ledger");
    await door.ledger.append("note", {}, 2);
    expect((await ask("/api/ledger")).json()).toMatchObject({
      entries: [{ seq: 2 }, { seq: 1 }],
      chain: { entries: 2 },
    });
  });

  it("gives the camera's newest picture and when it was taken", async () => {
    door.camera.picture = new Uint8Array([0xff, 0xd8, 0xff]);
    const before_ms = Date.now();
    const answer = await ask(`/api/cameras/${CAMERA}/still.jpg`);
    expect(answer.headers["content-type"]).toBe("image/jpeg");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect([...answer.rawPayload]).toEqual([0xff, 0xd8, 0xff]);
    expect(Number(answer.headers["x-picture-at-ms"])).toBeGreaterThanOrEqual(before_ms);
  });

  it("says so when a camera has no picture, and when there is no such camera", async () => {
    const none = await ask(`/api/cameras/${CAMERA}/still.jpg`);
    expect([none.statusCode, none.json<{ code: string }>().code]).toEqual([404, "NO_PICTURE"]);
    const unknown = await ask("/api/cameras/camera-x/still.jpg");
    expect([unknown.statusCode, unknown.json<{ code: string }>().code]).toEqual([404, "NO_SUCH_CAMERA"]);
    expect(unknown.json<{ message: string }>().message).toContain(CAMERA);
  });

  it("names what is not there, and says when the page has not been built", async () => {
    const nothing = await ask("/api/nothing?x=1");
    expect([nothing.statusCode, nothing.json<{ code: string }>().code]).toEqual([404, "ROUTE_UNKNOWN"]);
    const page = await ask("/");
    expect([page.statusCode, page.json<{ code: string }>().code]).toEqual([503, "PAGE_NOT_BUILT"]);
  });

  it("hides the cause of a failure from the reader and writes it in the log", async () => {
    door.camera.still = () => Promise.reject(new Error("pipe to the detector broke"));
    const answer = await ask(`/api/cameras/${CAMERA}/still.jpg`);
    expect(answer.statusCode).toBe(500);
    expect(answer.json<{ code: string }>().code).toBe("REQUEST_FAILED");
    expect(answer.body).not.toContain("pipe to the detector");
    expect(door.log.join("\n")).toContain("pipe to the detector broke");
  });
});
