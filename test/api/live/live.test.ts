import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../../../api/http/listen.ts";
import { VIEWER_LIMIT } from "../../../api/live/hub.ts";
import { OUTBOX_LIMIT } from "../../../api/live/outbox.ts";
import { HEARTBEAT_MS, STALLED_MS, Viewer } from "../../../api/live/viewer.ts";
import { problem, sentence } from "../../../core/problems/problem.ts";
import { feedTrouble } from "../../../core/traffic/feed-trouble.ts";
import { openStream } from "../../support/event-stream.ts";
import { CAMERA, type FrontDoor, minuteOf, openFrontDoor, sampleSite, statusOf } from "../../support/front-door.ts";
import { offTheGround } from "../../support/off-the-ground.ts";

describe("the live stream", () => {
  let door: FrontDoor;
  let url: string;
  beforeEach(async () => {
    door = await openFrontDoor();
    const listening = await listen(door.server, 0);
    if (!listening.ok) throw new Error("no free port");
    url = `${listening.value.url}/api/live`;
  });
  afterEach(() => door.server.close());

  it("starts with a snapshot and goes on with what is published", async () => {
    const stream = await openStream(url);
    expect(stream.response.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    expect(await stream.next("snapshot")).toMatchObject({ health: { status: "ok" }, signals: [] });
    const status = statusOf(door.site, "ham-nghi", [2, 6], Date.now());
    door.bus.publish("signal", status);
    expect(await stream.next("signal")).toEqual([status]);
    const interval = minuteOf("hn-eb-1", "ham-nghi", 60_000, 12);
    door.bus.publish("flow", interval);
    expect(await stream.next("flow")).toEqual([interval]);
    stream.close();
  });

  it("sends crossings as tallies, so that nothing is lost on a reader who joins late", async () => {
    const crossing = {
      feed: CAMERA,
      line: "line-1",
      lane: null,
      at_ms: 5,
      class: "car",
      direction: "forward",
      track: 1,
      ...offTheGround,
    } as const;
    door.bus.publish("crossing", crossing);
    const stream = await openStream(url);
    expect(await stream.next("snapshot")).toMatchObject({ tallies: [{ line: "line-1", forward: 1 }, { forward: 0 }] });
    door.bus.publish("crossing", crossing);
    expect(await stream.next("tally")).toMatchObject([{ line: "line-1", forward: 2 }]);
    stream.close();
  });

  it("tells when the health of the service changes", async () => {
    const stream = await openStream(url);
    await stream.next("snapshot");
    door.health = { status: "degraded", parts: [{ name: "feed", state: "degraded", message: "Plug the camera in." }] };
    const told = async (): Promise<unknown> => {
      const health = await stream.next("health");
      return JSON.stringify(health) === JSON.stringify([door.health]) ? health : told();
    };
    expect(await told()).toEqual([door.health]);
    stream.close();
  });

  it("tells what hinders a camera in each reader's language, in the snapshot and after it", async () => {
    const vietnamese = await openStream(`${url}?language=vi`);
    const english = await openStream(url);
    const dark = { ...door.camera.state, ...feedTrouble(problem("PICTURE_DARK", { feed: CAMERA })) };
    door.camera.state = dark;
    const later = await openStream(`${url}?language=vi`);
    for (const stream of [vietnamese, english]) await stream.next("snapshot");
    const inVietnamese = sentence(problem("PICTURE_DARK", { feed: CAMERA }), "vi");
    expect(await later.next("snapshot")).toMatchObject({ feeds: [{ message: inVietnamese }] });
    door.bus.publish("feed", dark);
    expect(await vietnamese.next("feed")).toMatchObject([{ message: inVietnamese }]);
    expect(await english.next("feed")).toMatchObject([{ message: dark.message }]);
    for (const stream of [vietnamese, english, later]) stream.close();
  });

  it("gives whoever comes back a fresh snapshot", async () => {
    const first = await openStream(url);
    await first.next("snapshot");
    first.close();
    const status = statusOf(door.site, "bach-dang", [2], Date.now());
    door.signals.set("bach-dang", status);
    const second = await openStream(url);
    expect(await second.next("snapshot")).toMatchObject({ signals: [status] });
    second.close();
  });

  it("refuses unknown topics, and more readers than it has room for", async () => {
    const bad = await fetch(`${url}?topics=signal,weather`);
    expect([bad.status, ((await bad.json()) as { code: string }).code]).toEqual([400, "BAD_QUERY"]);
    const streams = await Promise.all(Array.from({ length: VIEWER_LIMIT }, () => openStream(url)));
    const full = await fetch(url);
    expect([full.status, ((await full.json()) as { code: string }).code]).toEqual([503, "TOO_MANY_VIEWERS"]);
    for (const stream of streams) stream.close();
  });

  it("ends every stream when the service closes", async () => {
    const stream = await openStream(url);
    await stream.next("snapshot");
    await door.server.close();
    await stream.ended;
  });
});

describe("one reader", () => {
  const read = (viewer: Viewer): string => (viewer.read() as string | null) ?? "";

  it("hears a heartbeat when there was nothing to say", () => {
    const viewer = new Viewer(["signal"], "en", 0);
    read(viewer);
    viewer.claimSnapshot();
    viewer.sendSnapshot({}, 0);
    read(viewer);
    viewer.flush(HEARTBEAT_MS - 1);
    expect(read(viewer)).toBe("");
    viewer.flush(HEARTBEAT_MS);
    expect(read(viewer)).toBe(": heartbeat\n\n");
  });

  it("who takes nothing for half a minute is dropped", () => {
    const viewer = new Viewer(["signal"], "en", 0);
    read(viewer);
    viewer.claimSnapshot();
    viewer.sendSnapshot({ large: "x".repeat(100_000) }, 0);
    viewer.flush(STALLED_MS);
    expect(viewer.destroyed).toBe(false);
    viewer.flush(STALLED_MS + 1);
    expect(viewer.destroyed).toBe(true);
  });

  it("who falls behind costs one message per thing, and then hears the newest", () => {
    const site = sampleSite();
    const viewer = new Viewer(["signal"], "en", 0);
    read(viewer);
    viewer.claimSnapshot();
    viewer.sendSnapshot({ large: "x".repeat(100_000) }, 0);
    const behind = viewer.readableLength;
    for (let at_ms = 1; at_ms <= 20_000; at_ms += 1) {
      viewer.outbox.put("signal", statusOf(site, "ham-nghi", [2, 6], at_ms));
      viewer.flush(at_ms);
    }
    expect(viewer.readableLength).toBe(behind);
    read(viewer);
    viewer.flush(20_001);
    const newest = statusOf(site, "ham-nghi", [2, 6], 20_000);
    expect(read(viewer)).toBe(`event: signal\ndata: ${JSON.stringify([newest])}\n\n`);
  });

  it("whose messages had to be forgotten is given a snapshot again", () => {
    const viewer = new Viewer(["flow"], "en", 0);
    read(viewer);
    viewer.claimSnapshot();
    viewer.sendSnapshot({}, 0);
    read(viewer);
    expect(viewer.claimSnapshot()).toBe(false);
    for (let minute = 0; minute <= OUTBOX_LIMIT; minute += 1) viewer.outbox.put("flow", minuteOf("l", "i", minute, 1));
    expect(viewer.claimSnapshot()).toBe(true);
  });
});
