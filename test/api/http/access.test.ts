/** Every route over every role: whoever must not have something does not get it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../../api/http/access.ts";
import { may, type Permission, permissionNames, type Role, roleNames } from "../../../core/accounts/roles.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";
const PASSWORD = "bốn con mèo trên mái";

interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
  readonly url: string;
  readonly access: Access;
}

describe("every route", () => {
  let door: FrontDoor;
  let routes: readonly Route[];
  const cookies = new Map<Role, string>();

  beforeAll(async () => {
    door = await openFrontDoor();
    routes = door.server.routeAccess as readonly Route[];
    const token = (await door.accounts.firstToken()) ?? "";
    await door.accounts.addFirst(token, "root", PASSWORD);
    for (const role of roleNames) {
      const name = role.replaceAll("_", "-");
      await door.accounts.add({ name, password: PASSWORD, roles: [role] }, { name: "root", roles: ["admin"] });
      const session = await door.accounts.logIn(name, PASSWORD, name);
      if (!session.ok) throw new Error(name);
      cookies.set(role, `greenwave_session=${session.value}`);
    }
  });
  afterAll(() => door.server.close());

  const ask = ({ method, url }: Route, headers: Readonly<Record<string, string>>, remoteAddress = "127.0.0.1") =>
    door.server.inject({
      method,
      remoteAddress,
      url: url.replace(":id", "x").replace(":name", "nobody-there"),
      headers: { host, ...headers },
      ...(method === "GET" || method === "HEAD" ? {} : { payload: {} }),
    });

  /** Routes that are open stay open, and those that stream never end: they have tests of their own. */
  const guarded = () => routes.filter(({ access }) => access !== "open");

  it("says who may use it, and the ones that change something are never open but for logging in", () => {
    expect(routes.length).toBeGreaterThan(10);
    const open = routes.filter(({ method, access }) => access === "open" && method !== "GET" && method !== "HEAD");
    expect(open.map(({ url }) => url).sort()).toEqual(["/api/accounts/first", "/api/login"]);
  });

  it("of those that need an account answers nobody without one, and no made-up cookie", async () => {
    expect(guarded().length).toBeGreaterThan(5);
    for (const [index, route] of guarded().entries()) {
      for (const cookie of ["", "greenwave_session=", "greenwave_session=made-up", "other=1"]) {
        // From so many places: who tries one after the other is slowed, which is told apart below.
        const answer = await ask(route, { cookie }, `10.0.0.${index}`);
        expect([route.method, route.url, answer.statusCode]).toEqual([route.method, route.url, 401]);
      }
    }
  });

  it.each(roleNames.filter((role) => role !== "admin"))("answers %s exactly what that role may", async (role) => {
    for (const route of guarded()) {
      if (route.url === "/api/logout") continue;
      const answer = await ask(route, { cookie: cookies.get(role) ?? "" });
      const allowed = route.access === "account" || may([role], route.access as Permission);
      expect([route.method, route.url, answer.statusCode === 403]).toEqual([route.method, route.url, !allowed]);
    }
  });

  it("that changes something answers no other site's page", async () => {
    const cookie = cookies.get("admin") ?? "";
    const post = routes.find(({ url, method }) => url === "/api/accounts" && method === "POST");
    if (post === undefined) throw new Error("no such route");
    for (const headers of [{ origin: "http://evil.example" }, { "sec-fetch-site": "cross-site" }, { origin: "null" }]) {
      const answer = await ask(post, { cookie, ...(headers as Record<string, string>) });
      expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "ORIGIN_REFUSED"]);
    }
    expect((await ask(post, { cookie, origin: `http://${host}` })).json()).toMatchObject({ code: "BAD_BODY" });
  });

  /** What names a vehicle or a person, shows one, or tells who saw it: said once more, and not read off the routes. */
  const both = ["reviewer", "officer"] as const;
  const officer = ["officer"] as const;
  const guardians = ["data_protection_officer"] as const;
  const watchers = ["data_protection_officer", "auditor"] as const;
  const whoMay: Readonly<Record<string, readonly Role[]>> = {
    "GET /api/cases": both,
    "GET /api/cases/:id": both,
    "GET /api/cases/:id/media/:name": both,
    "GET /api/cases/:id/plate.jpg": both,
    "POST /api/cases/:id/review": both,
    "POST /api/cases/:id/undo": both,
    "POST /api/cases/:id/evidence": both,
    "POST /api/cases/:id/decision": officer,
    "POST /api/cases/:id/notice": officer,
    "POST /api/cases/:id/cancel": officer,
    "POST /api/cases/:id/cancel-answer": officer,
    "POST /api/cases/:id/close": officer,
    "POST /api/cases/:id/unblur": officer,
    "GET /api/cases/:id/original/:name": officer,
    "POST /api/cases/:id/export": officer,
    "POST /api/cases/:id/hold": guardians,
    "DELETE /api/cases/:id/hold": guardians,
    "GET /api/evidence": both,
    "POST /api/trace": officer,
    "GET /api/audit": watchers,
    "GET /api/keeping": watchers,
    "GET /api/roots": watchers,
    "POST /api/keeping/deletions/:id/confirm": guardians,
    "GET /api/accounts": ["admin"],
    "POST /api/accounts": ["admin"],
    "PATCH /api/accounts/:name": ["admin"],
    "POST /api/cameras/:id/accept": ["technician"],
    "GET /api/proposals": ["technician", "engineer"],
    "GET /api/proposals/:id": ["technician", "engineer"],
    "POST /api/proposals": ["engineer"],
    "POST /api/proposals/:id/approve": ["engineer"],
    "POST /api/proposals/:id/refuse": ["engineer"],
    "POST /api/proposals/:id/withdraw": ["engineer"],
    "GET /api/devices": ["technician", "engineer"],
    "POST /api/devices/:id/release": ["technician", "engineer"],
    "POST /api/devices/:id/previous": ["technician", "engineer"],
    "POST /api/devices/:id/take-back": ["engineer"],
    "POST /api/devices/:id/accept": ["engineer"],
    "GET /api/rules": ["technician", "engineer"],
    "GET /api/travel-times": ["technician", "engineer"],
    "GET /api/replays": ["technician", "engineer"],
    "GET /api/replays/:name": ["technician", "engineer"],
  };

  it("for certain roles alone is open to these and to no others", () => {
    const said = guarded().filter(({ method, access }) => method !== "HEAD" && access !== "account");
    const allowed = said.map(({ method, url, access }) => [
      `${method} ${url}`,
      roleNames.filter((role) => may([role], access as Permission)),
    ]);
    expect(Object.fromEntries(allowed)).toEqual(whoMay);
  });

  it("needs permissions that exist", () => {
    const known: readonly string[] = ["open", "account", ...permissionNames];
    for (const { access } of routes) expect(known).toContain(access);
  });
});
