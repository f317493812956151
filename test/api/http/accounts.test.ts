import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FrontDoor, openFrontDoor } from "../../support/front-door.ts";

const host = "127.0.0.1:8080";
const PASSWORD = "bốn con mèo trên mái";

describe("logging in", () => {
  let door: FrontDoor;
  beforeEach(async () => {
    door = await openFrontDoor();
  });
  afterEach(() => door.server.close());

  const send = (method: "GET" | "POST" | "PATCH", url: string, payload?: object, cookie = "") =>
    door.server.inject({ method, url, headers: { host, cookie }, ...(payload === undefined ? {} : { payload }) });
  const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
    String(answer.headers["set-cookie"]).split(";")[0] ?? "";

  async function admin(): Promise<string> {
    const token = (await door.accounts.firstToken()) ?? "";
    await send("POST", "/api/accounts/first", { token, name: "lan", password: PASSWORD });
    return cookieOf(await send("POST", "/api/login", { name: "lan", password: PASSWORD }));
  }

  it("goes from the first token to a second account, and out again", async () => {
    const cookie = await admin();
    expect((await send("GET", "/api/me", undefined, cookie)).json()).toEqual({
      name: "lan",
      roles: ["admin"],
      permissions: ["manage_accounts"],
    });
    const account = { name: "minh", password: PASSWORD, roles: ["reviewer"] };
    expect((await send("POST", "/api/accounts", account, cookie)).statusCode).toBe(201);
    const list = (await send("GET", "/api/accounts", undefined, cookie)).json<{ name: string }[]>();
    expect(list.map(({ name }) => name)).toEqual(["lan", "minh"]);
    expect(JSON.stringify(list)).not.toContain("scrypt");
    await send("POST", "/api/logout", {}, cookie);
    expect((await send("GET", "/api/me", undefined, cookie)).statusCode).toBe(401);
  });

  it("gives a cookie that no script reads and no other site sends", async () => {
    await admin();
    const answer = await send("POST", "/api/login", { name: "lan", password: PASSWORD });
    expect(answer.headers["set-cookie"]).toMatch(/; HttpOnly; SameSite=Strict$/);
  });

  it("closes an account at once", async () => {
    const cookie = await admin();
    await send("POST", "/api/accounts", { name: "minh", password: PASSWORD, roles: ["reviewer"] }, cookie);
    const minh = cookieOf(await send("POST", "/api/login", { name: "minh", password: PASSWORD }));
    expect((await send("GET", "/api/me", undefined, minh)).statusCode).toBe(200);
    expect((await send("PATCH", "/api/accounts/minh", { active: false }, cookie)).statusCode).toBe(200);
    expect((await send("GET", "/api/me", undefined, minh)).statusCode).toBe(401);
  });

  it.each([
    ["/api/login", { name: "lan" }, 400, "BAD_BODY"],
    ["/api/login", { name: "lan", password: "x", more: 1 }, 400, "BAD_BODY"],
    ["/api/login", { name: "nobody", password: "x" }, 401, "LOGIN_WRONG"],
    ["/api/accounts/first", { token: "x", name: "eve", password: PASSWORD }, 403, "FIRST_TOKEN_WRONG"],
  ])("%s with %o is refused in words", async (url, payload, status, code) => {
    const answer = await send("POST", url, payload);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  it("logs no password and no token", async () => {
    await admin();
    await send("POST", "/api/login", { name: "lan", password: "wrong wrong wrong" });
    expect(door.log.join("")).not.toMatch(/wrong wrong|mèo|greenwave_session/);
  });
});
