/** The controller behind the site, with time in our hands: what lapses, what goes back by itself, and what its lamps never do. */
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { SxlVersion } from "../../../controllers/rsmp/protocol/versions.ts";
import { runCommands, tellStatus } from "../../../controllers/rsmp/site/requests.ts";
import { readSiteConfig } from "../../../controllers/rsmp/site/site-config.ts";
import { commandSpec } from "../../../controllers/rsmp/sxl/catalogue.ts";
import { Tlc } from "../../../controllers/rsmp/tlc/tlc.ts";

const MONDAY_MS = Date.UTC(2026, 10, 23, 6, 0, 0);

let now_ms = 0;
beforeEach(() => {
  now_ms = 0;
});

function controller(yaml = "", sxl: SxlVersion = "1.2.1"): Tlc {
  const over = { version: "test", siteId: "S", supervisor: { host: "h", port: 1 }, core: "3.2.2,3.3.0", sxl };
  const config = readSiteConfig(`security_codes: [one, two]\n${yaml}`, over);
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  const clocks = { monotonic_ms: () => now_ms, wall_ms: () => MONDAY_MS + now_ms };
  return new Tlc(config.value.tlc, clocks, { alarm: () => undefined, restarted: () => undefined });
}

function pass(tlc: Tlc, seconds: number, look: (states: string) => void = () => undefined): void {
  for (let step = 0; step < seconds * 10; step++) {
    now_ms += 100;
    tlc.advance();
    look(tlc.signals.states);
  }
}

function order(tlc: Tlc, code: string, values: Readonly<Record<string, string | boolean>>, cId = "TC"): string | null {
  const spec = commandSpec(code, tlc.settings.sxl);
  const all = spec?.security === undefined ? values : { ...values, securityCode: spec.security === 1 ? "one" : "two" };
  const arg = Object.entries(all).map(([n, v]) => ({ cCI: code, cO: spec?.operation ?? "", n, v }));
  const outcome = runCommands(tlc, { mType: "rSMsg", type: "CommandRequest", mId: "", cId, arg });
  return outcome.ok ? null : outcome.reason;
}

const told = (tlc: Tlc, code: string, name: string, cId = "TC"): unknown => tellStatus(tlc, "3.2.2", cId, code, name).s;

describe("a controller", () => {
  it("starts with e, f and g, then red for six seconds, then its first stage", () => {
    const tlc = controller();
    const shown: string[] = [];
    pass(tlc, 20, (states) => {
      if (shown.at(-1) !== states) shown.push(states);
    });
    expect(shown.slice(0, 5)).toEqual(["eeee", "ffff", "gggg", "BBBB", "11BB"]);
  });

  it("goes back by itself from yellow flash, through the start-up intervals", () => {
    const tlc = controller();
    pass(tlc, 10);
    expect(order(tlc, "M0001", { status: "YellowFlash", timeout: "1", intersection: "0" })).toBeNull();
    pass(tlc, 59.9);
    expect(tlc.signals.states).toBe("cccc");
    pass(tlc, 0.2);
    expect(tlc.signals.states).toBe("eeee");
    expect(told(tlc, "S0011", "source")).toBe("calendar_clock");
    pass(tlc, 3);
    expect(told(tlc, "S0005", "status")).toBe("False");
  });

  it("lets dynamic bands lapse when nobody sets them again: a lost centre leaves no split behind", () => {
    const tlc = controller();
    order(tlc, "M0023", { status: "2" });
    order(tlc, "M0014", { plan: "1", status: "1-5" });
    pass(tlc, 119);
    expect(told(tlc, "S0023", "status")).toBe("1-1-5");
    order(tlc, "M0014", { plan: "1", status: "1-6" });
    pass(tlc, 119);
    expect(told(tlc, "S0023", "status")).toBe("1-1-6");
    pass(tlc, 2);
    expect(told(tlc, "S0023", "status")).toBe("1-1-0");
  });

  it("gives the first stage what odd bands say, within what both need", () => {
    const tlc = controller();
    order(tlc, "M0007", { status: "True" });
    const greens = (plan: string): number => {
      order(tlc, "M0014", { plan: "1", status: plan });
      pass(tlc, 200);
      let green = 0;
      pass(tlc, 40, (states) => {
        if (/[1-9]/.test(states[0] ?? "")) green += 1;
      });
      return green / 10;
    };
    expect(greens("1-0")).toBe(15);
    expect(greens("1-4")).toBe(19);
    expect(greens("1-99")).toBe(25);
    expect(greens("1-0,2-99")).toBe(5);
  });

  it("follows its week and time tables in its own time zone", () => {
    const tlc = controller("time_zone: Asia/Ho_Chi_Minh");
    order(tlc, "M0016", { status: "0-1,1-2" });
    order(tlc, "M0017", { status: "1-1-0-0,1-2-13-30,2-1-0-0" });
    const plan = (): unknown => [told(tlc, "S0014", "status"), told(tlc, "S0014", "source")];
    expect(plan()).toEqual(["1", "calendar_clock"]);
    pass(tlc, 30 * 60);
    expect(plan()).toEqual(["2", "calendar_clock"]);
    order(tlc, "M0002", { status: "True", timeplan: "1" });
    expect(plan()).toEqual(["1", "forced"]);
    order(tlc, "M0002", { status: "False", timeplan: "1" });
    expect(plan()).toEqual(["2", "calendar_clock"]);
  });

  it("queues a priority of the other stage, and lets both end", () => {
    const tlc = controller("priority: { activate: 0.5, queue: 3, stale: 2 }");
    const request = (requestId: string, group: string, type = "new") =>
      order(tlc, "M0022", type === "new" ? { requestId, type, signalGroupId: group, eta: "2" } : { requestId, type });
    const states = (): unknown => tlc.priorities.statuses.map(({ r, s }) => `${r} ${s}`);
    request("a", "A1");
    request("b", "B1");
    request("c", "A2");
    pass(tlc, 0.6);
    expect(states()).toEqual(["a activated", "b queued", "c activated"]);
    expect(request("c", "A2", "cancel")).toBeNull();
    pass(tlc, 3);
    expect(states()).toEqual(["a activated", "b timeout", "c completed"]);
    told(tlc, "S0033", "status");
    pass(tlc, 1);
    expect(states()).toEqual(["a stale"]);
    expect(request("a", "A1", "cancel")).toContain("no priority request a");
  });

  it("releases a detector after the duration that 1.3 gives", () => {
    const tlc = controller("", "1.3.0");
    order(tlc, "M0008", { status: "True", mode: "True", duration: "1500" }, "DL1");
    pass(tlc, 1.4);
    expect(told(tlc, "S0021", "detectorlogics")).toBe("10");
    pass(tlc, 0.2);
    expect(told(tlc, "S0021", "detectorlogics")).toBe("00");
  });

  it("counts what its detectors see, by the minute", () => {
    const tlc = controller();
    for (let i = 0; i < 3; i++) {
      order(tlc, "M0008", { status: "True", mode: "True" }, "DL1");
      pass(tlc, 5);
      order(tlc, "M0008", { status: "True", mode: "False" }, "DL1");
      pass(tlc, 5);
    }
    pass(tlc, 31);
    expect(told(tlc, "S0201", "vehicles", "DL1")).toBe("3");
    expect(told(tlc, "S0207", "occupancy")).toBe("25,0");
  });

  it("clears alarms, but not those whose cause goes on", () => {
    const tlc = controller("", "1.3.0");
    order(tlc, "M0006", { status: "True", input: "7" });
    tlc.alarms.raise("TC", "A0010");
    expect(order(tlc, "M0024", { status: true })).toBeNull();
    expect(tlc.alarms.find("TC", "A0010")?.active).toBe(false);
    expect(tlc.alarms.find("DL1", "A0302")?.active).toBe(true);
  });

  const commands = fc.oneof(
    fc
      .constantFrom("NormalControl", "YellowFlash", "Dark")
      .map((status) => ["M0001", { status, timeout: "1", intersection: "0" }] as const),
    fc.constantFrom("1", "2").map((timeplan) => ["M0002", { status: "True", timeplan }] as const),
    fc.integer({ min: 1, max: 255 }).map((s) => ["M0018", { plan: "1", status: String(s) }] as const),
    fc.integer({ min: 0, max: 255 }).map((s) => ["M0015", { plan: "1", status: String(s) }] as const),
    fc
      .tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: 99 }))
      .map(([band, s]) => ["M0014", { plan: "1", status: `${band}-${s}` }] as const),
    fc.constantFrom("True", "False").map((status) => ["M0007", { status }] as const),
    fc
      .integer({ min: 1, max: 2 })
      .map((route) => ["M0005", { status: "True", emergencyroute: String(route) }] as const),
    fc
      .integer({ min: 0, max: 59 })
      .map(
        (second) =>
          ["M0104", { year: "2030", month: "1", day: "1", hour: "0", minute: "0", second: String(second) }] as const,
      ),
    fc.constant(["M0004", { status: "True" }] as const),
  );

  it("never shows both stages green or yellow, nor cuts a green or a yellow short, whatever it is told", () => {
    const wait_ds = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(fc.array(fc.tuple(commands, wait_ds), { minLength: 3, maxLength: 12 }), (orders) => {
        now_ms = 0;
        const tlc = controller("startup_interval: 0.1");
        const heads = [new Head(), new Head(), new Head(), new Head()];
        for (const [[code, values], wait] of orders) {
          order(tlc, code, values);
          pass(tlc, wait / 10, (states) => {
            expect([...states].map((letter, i) => heads[i]?.faultAfter(letter) ?? null)).toEqual([
              null,
              null,
              null,
              null,
            ]);
            expect(/[0-9NO].*[0-9NO]/.test(`${states[0]}${states[2]}`)).toBe(false);
          });
        }
      }),
      { numRuns: 30 },
    );
  });
});

/** One signal head, watched from outside: what a colour may follow and how long it must have been. */
class Head {
  #colour = "";
  #shown_ds = 0;

  faultAfter(letter: string): string | null {
    const colour = /[1-9]/.test(letter) ? "green" : letter.replace("F", "B");
    const [before, shown_ds] = [this.#colour, this.#shown_ds];
    this.#shown_ds = colour === before ? shown_ds + 1 : 1;
    this.#colour = colour;
    // Flash, dark and the first start-up interval are safe after anything.
    if (colour === before || "bce".includes(colour)) return null;
    if (before === "green" && (colour !== "N" || shown_ds < 50)) return `${shown_ds} ds of green, then ${letter}`;
    if (before === "N" && (colour !== "B" || shown_ds !== 30)) return `${shown_ds} ds of yellow, then ${letter}`;
    return "bc".includes(before) && before !== "" ? `${letter} after flash or dark` : null;
  }
}
