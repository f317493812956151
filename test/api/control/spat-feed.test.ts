import { describe, expect, it } from "vitest";
import { InProcessBus } from "../../../api/bus/in-process-bus.ts";
import { SpatFeed } from "../../../api/control/spat-feed.ts";
import type { SpatMessage } from "../../../core/spat/message.ts";
import { UNKNOWN_TIME_MARK } from "../../../core/spat/time-mark.ts";
import { crossroads, crossroadsPlan } from "../../support/crossroads.ts";
import { sampleSite, statusOf } from "../../support/front-door.ts";
import { memoryPlans } from "../../support/memory-storage.ts";

const log = { error: () => undefined, warn: () => undefined };

describe("the SPaT feed", () => {
  it("says each status of a controller on the bus, and remembers the newest of each intersection", async () => {
    const site = sampleSite();
    const bus = new InProcessBus({ log });
    const heard: SpatMessage[] = [];
    bus.subscribe("spat", (message) => heard.push(message));
    const feed = new SpatFeed({ site, bus, plans: memoryPlans(), log });
    await feed.start();
    const id = site.intersections[1]?.id ?? "";
    bus.publish("signal", statusOf(site, id, [2, 6], 1_800_000_000_000));
    bus.publish("signal", { ...statusOf(site, id, [2, 6], 1_800_000_001_000) });
    bus.publish("signal", { ...statusOf(site, id, [], 1_800_000_001_000), intersection: "elsewhere" });
    expect(heard.map(({ intersection }) => intersection)).toEqual([id, id]);
    expect(feed.latest()).toEqual([heard[1]]);
    expect(heard[0]?.intersections[0].id).toEqual({ id: 2 });
    await feed.close();
    bus.publish("signal", statusOf(site, id, [4, 8], 1_800_000_002_000));
    expect(heard).toHaveLength(2);
  });

  it("predicts under the plan in force alone, and hears when another comes into force", async () => {
    const site = { ...sampleSite(), intersections: [crossroads] };
    const bus = new InProcessBus({ log });
    const plans = memoryPlans();
    const feed = new SpatFeed({ site, bus, plans, log });
    await feed.start();
    const likely = (): number | undefined =>
      feed.latest()[0]?.intersections[0].states.find(({ signalGroup }) => signalGroup === 2)?.["state-time-speed"][0]
        .timing?.likelyTime;
    bus.publish("signal", statusOf(site, crossroads.id, [2, 6], 1_800_000_000_000));
    expect(likely()).toBe(UNKNOWN_TIME_MARK);
    const id = await plans.add(crossroadsPlan, null, 0);
    await plans.setState(id, "active", 0);
    bus.publish("plan", { id, plan: crossroadsPlan, state: "active", at_ms: 0, reasons: null });
    await expect
      .poll(() => {
        bus.publish("signal", statusOf(site, crossroads.id, [2, 6], 1_800_000_001_000));
        return likely();
      })
      .not.toBe(UNKNOWN_TIME_MARK);
    await feed.close();
  });
});
