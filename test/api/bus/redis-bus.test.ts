import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { RedisBus } from "../../../api/bus/redis-bus.ts";
import type { Crossing } from "../../../core/ports/detection-feed.ts";
import { sentence } from "../../../core/problems/problem.ts";
import { missing } from "../../support/peers.ts";
import { type RedisServer, startRedis } from "../../support/redis-server.ts";

const crossing = (track: number): Crossing => ({
  feed: "camera-1",
  line: "stop",
  lane: "ndl-eb-1",
  at_ms: 1_000,
  class: "motorcycle",
  direction: "forward",
  track,
  speed_kmh: null,
  speed_error_kmh: null,
  distance_m: null,
});

const soon = { timeout: 20_000, interval: 20 };

describe.skipIf(missing("Redis"))("the bus over Redis", () => {
  let server: RedisServer;
  let here: RedisBus;
  let there: RedisBus;
  let asker: Redis;
  const failures: unknown[] = [];
  const open = (site = "da-nang"): RedisBus =>
    new RedisBus({ url: server.url, site, log: { error: (words) => failures.push(words) } });

  beforeAll(async () => {
    server = await startRedis();
    asker = new Redis(server.url, { retryStrategy: () => 100 });
    asker.on("error", () => undefined);
  });
  afterAll(async () => {
    asker.disconnect();
    await server.remove();
  });
  beforeEach(() => {
    here = open();
    there = open();
  });
  afterEach(async () => {
    await Promise.all([here.close(), there.close()]);
  });

  /** Everything that `bus` hears of crossings, once it has joined. */
  async function listening(bus: RedisBus, site = "da-nang"): Promise<number[]> {
    const heard: number[] = [];
    const groups = async (): Promise<number> => {
      const info = await asker.xinfo("GROUPS", `greenwave:${site}:crossing`).catch(() => []);
      return (info as unknown[]).length;
    };
    const before = await groups();
    bus.subscribe("crossing", ({ track }) => heard.push(track));
    await vi.waitFor(async () => expect(await groups()).toBeGreaterThan(before), soon);
    return heard;
  }

  it("tells listeners here at once, and those on other machines once and in order", async () => {
    const far = await listening(there);
    const near: number[] = [];
    here.subscribe("crossing", ({ track }) => near.push(track));
    for (let track = 1; track <= 500; track += 1) here.publish("crossing", crossing(track));
    expect(near).toHaveLength(500);
    await vi.waitFor(() => expect(far).toHaveLength(500), soon);
    expect(far).toEqual(near);
  });

  it("does not hear itself a second time", async () => {
    const own = await listening(here);
    const far = await listening(there);
    here.publish("crossing", crossing(1));
    await vi.waitFor(() => expect(far).toEqual([1]), soon);
    there.publish("crossing", crossing(2));
    await vi.waitFor(() => expect(own).toEqual([1, 2]), soon);
  });

  it("keeps cities apart", async () => {
    const hue = open("hue");
    const elsewhere = await listening(hue, "hue");
    const far = await listening(there);
    here.publish("crossing", crossing(1));
    await vi.waitFor(() => expect(far).toEqual([1]), soon);
    expect(elsewhere).toEqual([]);
    await hue.close();
  });

  it("acknowledges what was heard, and leaves no group behind when it closes", async () => {
    const far = await listening(there);
    here.publish("crossing", crossing(1));
    await vi.waitFor(() => expect(far).toEqual([1]), soon);
    await vi.waitFor(async () => {
      const groups = (await asker.xinfo("GROUPS", "greenwave:da-nang:crossing")) as unknown[][];
      expect(groups.map((group) => group[group.indexOf("pending") + 1])).toEqual([0]);
    }, soon);
    await there.close();
    expect(await asker.xinfo("GROUPS", "greenwave:da-nang:crossing")).toEqual([]);
  });

  it("keeps its streams short", async () => {
    const long = async (): Promise<number> => asker.xlen("greenwave:da-nang:crossing");
    const before = await long();
    await vi.waitFor(async () => {
      here.publish("crossing", crossing(0));
      expect(await long()).toBeGreaterThan(before);
    }, soon);
    for (let track = 0; track < 45_000; track += 1) here.publish("crossing", crossing(track));
    await vi.waitFor(async () => {
      expect(await long()).toBeGreaterThan(19_000);
    }, soon);
    expect(await long()).toBeLessThan(25_000);
  });

  it("works on alone while the server is gone, says so, and is whole again when it is back", async () => {
    const far = await listening(there);
    const near: number[] = [];
    here.subscribe("crossing", ({ track }) => near.push(track));
    await server.stop();
    await vi.waitFor(() => {
      here.publish("crossing", crossing(0));
      expect(here.problem?.code).toBe("REDIS_UNREACHABLE");
    }, soon);
    expect(near.length).toBeGreaterThan(0);
    expect(here.problem === null ? "" : sentence(here.problem)).toContain("tried again by itself");

    await server.start();
    await vi.waitFor(() => expect([here.problem, there.problem]).toEqual([null, null]), soon);
    await vi.waitFor(() => {
      here.publish("crossing", crossing(7));
      expect(far).toContain(7);
    }, soon);
  });

  it("says nothing of a password in its address", async () => {
    const bus = new RedisBus({
      url: "redis://:secret@127.0.0.1:1",
      site: "da-nang",
      log: { error: () => undefined },
    });
    await vi.waitFor(() => expect(bus.problem).not.toBeNull(), soon);
    expect(JSON.stringify(bus.problem)).not.toContain("secret");
    await bus.close();
  });

  it("skips what it does not understand, and says so", async () => {
    const far = await listening(there);
    await asker.xadd("greenwave:da-nang:crossing", "*", "from", "x", "message", "{");
    here.publish("crossing", crossing(3));
    await vi.waitFor(() => expect(far).toEqual([3]), soon);
    expect(failures.at(-1)).toMatchObject({ topic: "crossing" });
  });
});
