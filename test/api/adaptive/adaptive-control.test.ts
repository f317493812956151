import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { oid } from "../../../controllers/ntcip/oids.ts";
import { problem } from "../../../core/problems/problem.ts";
import { LedStreet } from "../../support/led-street.ts";

/** The first interval of a minute, and ten quiet seconds. */
const SETTLED_S = 90;
let street: LedStreet;

beforeEach(async () => {
  street = await LedStreet.open(101);
});
afterEach(() => street.close());

const happened = (): readonly (string | null)[] => street.told.map(({ kind, code }) => code ?? kind);
const pattern = (): number | null => street.device.controller.device.coordination?.pattern ?? null;

describe("an intersection that the site wants led by a policy", () => {
  it("runs its plan until every lane was heard of, and is led from then on", async () => {
    await street.pass(30);
    expect(street.state).toMatchObject({ mode: "plan", why: { code: "ADAPTIVE_UNWATCHED" } });
    expect(pattern()).toBe(1);
    await street.pass(SETTLED_S);
    expect(street.state).toMatchObject({ mode: "adaptive", why: null });
    await street.pass(240);
    expect(pattern()).toBeNull();
    const { last, tally, lanes } = street.state;
    expect(last?.wanted_phases).toHaveLength(2);
    expect(last?.keep_veh_s).toBeGreaterThan(0);
    expect(tally).toMatchObject({ stale: 0, refused: 0, failed: 0 });
    expect(lanes.every(({ trouble }) => trouble === null)).toBe(true);
    expect(street.device.trips).toEqual([]);
    expect(street.queued).toBeLessThan(200);
  });

  it("goes back to its plan at once when its camera sees nothing, and is led again when it sees", async () => {
    await street.pass(SETTLED_S + 60);
    street.blinds(true);
    await street.pass(3);
    expect(pattern()).toBe(1);
    await street.pass(100);
    street.blinds(false);
    await street.pass(SETTLED_S);
    expect(happened()).toEqual(["adaptive.adaptive", "ADAPTIVE_BLIND", "adaptive.adaptive"]);
    expect(street.state.mode).toBe("adaptive");
    expect(street.device.trips).toEqual([]);
  });

  it("does not believe a detector that stays on while nobody crosses", async () => {
    await street.pass(SETTLED_S + 100);
    street.sticks("s-left", true);
    await street.pass(400);
    expect(street.state).toMatchObject({ mode: "plan", why: { code: "ADAPTIVE_STUCK", words: { lane: "s-left" } } });
    street.sticks("s-left", false);
    await street.pass(120);
    expect(street.state.mode).toBe("adaptive");
  });

  it("does not believe that nobody comes on a busy lane while others come as ever, and is led again when somebody is shown there", async () => {
    await street.pass(950);
    expect(street.state.mode).toBe("adaptive");
    street.hushes("w-through", true);
    await street.pass(330);
    expect(street.state).toMatchObject({
      mode: "plan",
      why: { code: "ADAPTIVE_SILENT", words: { lane: "w-through" } },
    });
    expect(street.state.lanes.filter(({ trouble }) => trouble !== null)).toMatchObject([{ trouble: "silent" }]);
    expect(pattern()).toBe(1);
    street.hushes("w-through", false);
    await street.pass(120);
    expect(happened()).toEqual(["adaptive.adaptive", "ADAPTIVE_SILENT", "adaptive.adaptive"]);
    expect(street.device.trips).toEqual([]);
  }, 90_000);

  it("says that the device does not answer, which falls back by itself, and takes it up again", async () => {
    await street.pass(SETTLED_S + 60);
    street.device.setFaults({ silent: true });
    await street.pass(70);
    expect(street.state).toMatchObject({ mode: "plan", why: { code: "CONTROLLER_SILENT" } });
    expect(pattern()).toBe(1);
    street.device.setFaults({});
    await street.pass(60);
    expect(street.state.mode).toBe("adaptive");
    expect(street.device.trips).toEqual([]);
  });

  it("stands aside for whoever changes plans, and while nothing may be written", async () => {
    await street.pass(SETTLED_S + 60);
    await street.control.standAside("crossing");
    street.clock.pass(1000);
    expect(pattern()).toBe(1);
    street.forbidden = problem("DEVICE_RELEASED", { controller: "cabinet", by: "Lan", reason: "works" });
    await street.pass(60);
    expect(happened().at(-1)).toBe("ADAPTIVE_ASIDE");
    expect(street.state.why?.code).toBe("DEVICE_RELEASED");
    street.forbidden = null;
    await street.pass(20);
    expect(street.state.mode).toBe("adaptive");
  });

  it("leaves a device alone that has no control objects, and says whose plan is to be adjusted instead", async () => {
    street.device.setFaults({ absent: [oid("phaseControlGroupHold", 1), oid("phaseControlGroupHold", 2)] });
    await street.pass(SETTLED_S);
    expect(street.state).toMatchObject({ mode: "plan", why: { code: "CONTROL_ABSENT" }, tally: { sent: 0 } });
    expect(street.control.unled().map(({ id }) => id)).toEqual(["crossing"]);
  });

  it("leaves no bit and no command behind when the service ends", async () => {
    await street.pass(SETTLED_S + 60);
    await street.control.close();
    street.clock.pass(1000);
    expect(pattern()).toBe(1);
    expect(street.device.controller.device.commands.orders.hold).toBe(0);
  });
});
