import { describe, expect, it } from "vitest";
import { caseAddress, routeOf } from "../../../api/web/src/desk/route.ts";
import { readReason, rejectReasons, unsureReasons, writtenReason } from "../../../api/web/src/review/reasons.ts";
import { stepsFor } from "../../../api/web/src/review/steps.ts";
import { localTime, momentOf } from "../../../api/web/src/trace/local-time.ts";

describe("an address of the desk", () => {
  it("names the page, and the case", () => {
    expect(routeOf(caseAddress("hn-2026-1"))).toEqual({ page: "cases", id: "hn-2026-1" });
    expect(routeOf("#/cases")).toEqual({ page: "cases", id: null });
    expect(routeOf("#/audit")).toEqual({ page: "audit" });
  });

  it("that names nothing leads home", () => {
    for (const hash of ["", "#", "#main", "#/nowhere"]) expect(routeOf(hash)).toEqual({ page: "home" });
  });
});

describe("a reason", () => {
  it("is kept as a word of no language and what was typed, and read back", () => {
    const written = writtenReason("signal_unclear", " đèn bị che: cây ");
    expect(written).toBe("signal_unclear: đèn bị che: cây");
    expect(readReason(written)).toEqual({ code: "signal_unclear", words: "đèn bị che: cây" });
    expect(readReason(writtenReason("poor_picture", ""))).toEqual({ code: "poor_picture", words: "" });
  });

  it("in words alone stays as it is", () => {
    expect(readReason("other people: two")).toEqual({ code: null, words: "other people: two" });
    expect(writtenReason(null, "vì sao")).toBe("vì sao");
  });

  it("has one digit each, ten at most", () => {
    expect(rejectReasons.length).toBeLessThanOrEqual(10);
    expect(rejectReasons).toEqual(expect.arrayContaining([...unsureReasons]));
  });
});

describe("the steps that the page offers", () => {
  it("are those that the service says, with one meaning a key at a time", () => {
    expect(stepsFor({ actions: [], protected_as: null })).toEqual([]);
    for (const action of ["review", "decide", "cancel_answer"] as const) {
      const commands = stepsFor({ actions: [action, "undo"], protected_as: null }).flatMap(
        ({ command }) => command ?? [],
      );
      expect(new Set(commands).size).toBe(commands.length);
    }
  });
});

describe("evidence that could not be made", () => {
  it("can be tried again with a reason, where the service says so", () => {
    const [again, ...others] = stepsFor({ actions: ["ask_evidence"], protected_as: null });
    expect(others).toEqual([]);
    expect(again).toMatchObject({ path: "evidence", text: "step.ask_evidence.do" });
    expect(again?.question?.words).toBeDefined();
    expect(again?.body({ reason: "đã thay đĩa", chosen: true })).toEqual({ reason: "đã thay đĩa" });
  });
});

describe("confirming", () => {
  const confirm = (protected_as: "diplomatic" | null) => stepsFor({ actions: ["decide"], protected_as })[0];

  it("needs a reason for a protected plate, and none for others", () => {
    const answer = { reason: "vì sao", chosen: true };
    expect(confirm(null)?.question?.words).toBeUndefined();
    expect(confirm(null)?.body(answer)).toEqual({ confirmed: true, reason: "" });
    expect(confirm("diplomatic")?.question?.words).toBeDefined();
    expect(confirm("diplomatic")?.body(answer)).toEqual({ confirmed: true, reason: "vì sao" });
  });
});

describe("the street's time in a field", () => {
  const moment = Date.UTC(2026, 10, 22, 20, 5);

  it("is what clocks in the street show, and leads back to the moment", () => {
    expect(localTime(moment, "Asia/Ho_Chi_Minh")).toBe("2026-11-23T03:05");
    for (const zone of ["Asia/Ho_Chi_Minh", "UTC", "America/New_York"]) {
      expect(momentOf(localTime(moment, zone), zone)).toBe(moment);
    }
  });

  it("is right on the day on which clocks are set", () => {
    const hours = Array.from({ length: 48 }, (_, hour) => Date.UTC(2026, 2, 28, 12 + hour));
    for (const at_ms of hours) expect(momentOf(localTime(at_ms, "Europe/Berlin"), "Europe/Berlin")).toBe(at_ms);
  });
});
