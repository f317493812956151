import { beforeEach, describe, expect, test } from "vitest";
import { Accounts, idle_ms, longest_ms } from "../../../api/accounts/accounts.ts";
import { hashPassword, passwordFits } from "../../../api/accounts/passwords.ts";
import type { Result } from "../../../core/problems/problem.ts";
import { memoryAccounts } from "../../support/memory-accounts.ts";
import { type StreetClock, streetClock } from "../../support/street-clock.ts";

const PASSWORD = "bốn con mèo trên mái";
const code = (result: Result<unknown>): string | undefined => (result.ok ? undefined : result.problems[0]?.code);

describe("accounts", () => {
  let clock: StreetClock;
  let accounts: Accounts;
  beforeEach(() => {
    clock = streetClock(1_000_000, () => undefined);
    accounts = new Accounts({ store: memoryAccounts(), clock });
  });

  async function admin() {
    const token = await accounts.firstToken();
    await accounts.addFirst(token ?? "", "lan", PASSWORD);
    return { name: "lan", roles: ["admin"] } as const;
  }
  async function session(name = "lan"): Promise<string> {
    const token = await accounts.logIn(name, PASSWORD, "127.0.0.1");
    if (!token.ok) throw new Error(code(token));
    return token.value;
  }

  test("the first is made with the token of the start, once, and is an admin", async () => {
    const token = (await accounts.firstToken()) ?? "";
    expect(code(await accounts.addFirst("guessed", "eve", PASSWORD))).toBe("FIRST_TOKEN_WRONG");
    expect(await accounts.addFirst(token, "lan", PASSWORD)).toMatchObject({ ok: true, value: { roles: ["admin"] } });
    expect(code(await accounts.addFirst(token, "eve", PASSWORD))).toBe("FIRST_TOKEN_WRONG");
    expect(await accounts.firstToken()).toBeNull();
  });

  test("a token that two use at once makes one admin", async () => {
    const token = (await accounts.firstToken()) ?? "";
    const both = await Promise.all([
      accounts.addFirst(token, "lan", PASSWORD),
      accounts.addFirst(token, "eve", PASSWORD),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await accounts.list()).toHaveLength(1);
  });

  test("a session says who it is until it ends", async () => {
    await admin();
    const token = await session();
    expect(await accounts.identify(token)).toEqual({ name: "lan", roles: ["admin"] });
    expect(await accounts.identify(`${token}x`)).toBeNull();
    await accounts.logOut(token);
    expect(await accounts.identify(token)).toBeNull();
  });

  test("a session ends when it is left alone, and in the end in any case", async () => {
    await admin();
    const left = await session();
    clock.pass(idle_ms + 1);
    expect(await accounts.identify(left)).toBeNull();

    const used = await session();
    for (let passed = 0; passed <= longest_ms; passed += idle_ms / 2) {
      expect(await accounts.identify(used)).not.toBeNull();
      clock.pass(idle_ms / 2);
    }
    expect(await accounts.identify(used)).toBeNull();
  });

  test("a wrong password, an unknown name and a closed account get the same answer", async () => {
    const by = await admin();
    await accounts.add({ name: "minh", password: PASSWORD, roles: ["reviewer"] }, by);
    await accounts.change("minh", { active: false }, by);
    expect(code(await accounts.logIn("lan", "something else", "a"))).toBe("LOGIN_WRONG");
    expect(code(await accounts.logIn("nobody", PASSWORD, "b"))).toBe("LOGIN_WRONG");
    expect(code(await accounts.logIn("minh", PASSWORD, "c"))).toBe("LOGIN_WRONG");
  });

  test("guessing is slowed, and the right password is not let in early", async () => {
    await admin();
    for (let guess = 0; guess < 5; guess += 1) await accounts.logIn("lan", `guess ${guess} of many`, `from ${guess}`);
    expect(code(await accounts.logIn("lan", PASSWORD, "home"))).toBe("LOGIN_TOO_OFTEN");
    clock.pass(2001);
    expect((await accounts.logIn("lan", PASSWORD, "home")).ok).toBe(true);
  });

  test("a role that is taken away, an account that is closed, a password that is changed end every session", async () => {
    const by = await admin();
    await accounts.add({ name: "minh", password: PASSWORD, roles: ["reviewer"] }, by);
    for (const change of [{ roles: ["technician"] as const }, { active: false }, { active: true }]) {
      const token = change.active === true ? null : await session("minh");
      await accounts.change("minh", change, by);
      if (token !== null) expect(await accounts.identify(token)).toBeNull();
    }
    const token = await session("minh");
    const changed = await accounts.changePassword({ name: "minh", roles: [] }, PASSWORD, "năm con chó ngoài sân");
    expect(changed.ok).toBe(true);
    expect(await accounts.identify(token)).toBeNull();
  });

  test("nobody changes their own roles, and some roles are not for one hand", async () => {
    const by = await admin();
    expect(code(await accounts.change("lan", { roles: ["officer"] }, by))).toBe("ACCOUNT_OWN");
    const both = { name: "minh", password: PASSWORD, roles: ["admin", "officer"] as const };
    expect(code(await accounts.add(both, by))).toBe("ROLES_APART");
  });

  test.each([
    ["Lan Anh", PASSWORD, "ACCOUNT_NAME_BAD"],
    ["minh", "short", "PASSWORD_SHORT"],
    ["minh", "minh minh minh minh", "PASSWORD_HOLDS_NAME"],
    ["lan", PASSWORD, "ACCOUNT_EXISTS"],
  ])("%s with “%s” is refused", async (name, password, problem) => {
    const by = await admin();
    expect(code(await accounts.add({ name, password, roles: ["engineer"] }, by))).toBe(problem);
  });
});

describe("a kept password", () => {
  test("fits what was typed, however the keyboard composed it, and nothing else", async () => {
    const kept = await hashPassword("bốn con mèo".normalize("NFC"));
    expect(kept).not.toContain("mèo");
    expect(await passwordFits("bốn con mèo".normalize("NFD"), kept)).toBe(true);
    expect(await passwordFits("bon con meo", kept)).toBe(false);
  });

  test("is another text each time", async () => {
    expect(await hashPassword(PASSWORD)).not.toBe(await hashPassword(PASSWORD));
  });
});
