import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { traceVerb } from "../../../api/cli/trace.ts";
import type { Outcome, VerbArguments, VerbContext } from "../../../api/cli/verb.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const PASSWORD = "bốn con mèo trên mái";
const noon_ms = Date.UTC(2026, 10, 22, 12);

describe("greenwave trace", () => {
  let door: FrontDoor;
  let url = "";

  beforeAll(async () => {
    door = await openFrontDoor();
    url = await door.server.listen({ port: 0, host: "127.0.0.1" });
    await door.accounts.addFirst((await door.accounts.firstToken()) ?? "", "root", PASSWORD);
    const root = { name: "root", roles: ["admin"] } as const;
    await door.accounts.add({ name: "hanh", password: PASSWORD, roles: ["officer"] }, root);
    const passage = {
      camera: "north",
      intersection: "crossing",
      class: "car",
      plate: "43A12345",
      confidence: 0.9,
    } as const;
    await door.passages.add({ ...passage, at_ms: noon_ms }, Number.MAX_SAFE_INTEGER);
  });
  afterAll(async () => {
    delete process.env["GREENWAVE_PASSWORD"];
    await door.server.close();
  });

  const trace = (plate: readonly string[], options: Readonly<Record<string, string>> = {}): Promise<Outcome> => {
    const all: Record<string, string> = {
      url,
      account: "hanh",
      purpose: "stolen car reported at 11:40",
      to: "2026-11-22T13:00:00Z",
      ...options,
    };
    const args: VerbArguments = { positionals: plate, text: (name) => all[name] || undefined, flag: () => false };
    const context: VerbContext = {
      stop: new AbortController().signal,
      tell: () => undefined,
      json: false,
      announce: () => undefined,
    };
    return traceVerb.run(args, context);
  };

  it("asks the running service in the name of an account", async () => {
    process.env["GREENWAVE_PASSWORD"] = PASSWORD;
    const exact = await trace(["43A-123.45"]);
    expect(exact).toMatchObject({
      ok: true,
      document: { passages: [{ plate: "43A12345", at_ms: noon_ms }], more: false },
    });
    expect(exact.text).toBe("43A12345: 1 passages in 0 s\n  2026-11-22T12:00:00.000Z  north  90 %");
    expect(await trace(["43A12346"])).toMatchObject({ ok: true, text: "not seen" });
    expect(await trace(["43A12346"], { match: "near" })).toMatchObject({
      document: { passages: [{ plate: "43A12345" }] },
    });
    const [entry] = await door.audit.recent({ limit: 1 });
    expect(entry).toMatchObject({ by: "hanh", action: "plate.traced", purpose: "stolen car reported at 11:40" });
  });

  it("says what the question lacks, and what the service says of it", async () => {
    const refusals: readonly [readonly string[], Readonly<Record<string, string>>, string][] = [
      [[], {}, "MISSING_ARGUMENT"],
      [["43A12345"], { purpose: "" }, "BAD_ARGUMENT"],
      [["43A12345"], { account: "" }, "BAD_ARGUMENT"],
      [["43A12345"], { match: "about" }, "BAD_ARGUMENT"],
      [["43A12345"], { from: "yesterday" }, "BAD_INSTANT"],
      [["43A12345"], { from: "2025-11-22T13:00:00Z" }, "SERVICE_REFUSED"],
      [["43A12345"], { account: "root" }, "SERVICE_REFUSED"],
    ];
    for (const [plate, options, code] of refusals) {
      expect([options, await trace(plate, options)]).toMatchObject([options, { ok: false, problems: [{ code }] }]);
    }
    delete process.env["GREENWAVE_PASSWORD"];
    expect(await trace(["43A12345"])).toMatchObject({ ok: false, problems: [{ code: "PASSWORD_UNSET" }] });
  });
});
