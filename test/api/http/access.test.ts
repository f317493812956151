/** Every route over every role: whoever must not have something does not get it. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Access } from "../../../api/http/access.ts";
import { may, type Permission, permissionNames, type Role, roleNames } from "../../../core/accounts/roles.ts";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";
const PASSWORD = "bốn con mèo trên mái";

interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PATCH";
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

  it("needs permissions that exist", () => {
    const known: readonly string[] = ["open", "account", ...permissionNames];
    for (const { access } of routes) expect(known).toContain(access);
  });
});
