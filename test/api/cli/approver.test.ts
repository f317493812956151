import { afterEach, describe, expect, it } from "vitest";
import { Accounts } from "../../../api/accounts/accounts.ts";
import { approverOf } from "../../../api/cli/approver.ts";
import { need, ScriptedClock } from "../../support/data-folder.ts";
import { memoryAccounts } from "../../support/memory-accounts.ts";
import { memoryAudit } from "../../support/memory-storage.ts";

const PASSWORD = "bốn con mèo trên mái";

describe("who approves a plan at the command line", () => {
  const storage = { accounts: memoryAccounts(), audit: memoryAudit() };
  afterEach(() => {
    delete process.env["GREENWAVE_PASSWORD"];
  });

  it("is the system's user while there is no account, then an account that may, by its password", async () => {
    expect(need(await approverOf(undefined, storage)).actor).toMatch(/^push: /);

    const accounts = new Accounts({ store: storage.accounts, clock: new ScriptedClock() });
    const root = { name: "root", roles: ["admin"] } as const;
    need(await accounts.addFirst((await accounts.firstToken()) ?? "", "root", PASSWORD));
    need(await accounts.add({ name: "hoa", password: PASSWORD, roles: ["engineer"] }, root));
    need(await accounts.add({ name: "tam", password: PASSWORD, roles: ["technician"] }, root));

    expect(await approverOf(undefined, storage)).toMatchObject({ problems: [{ code: "APPROVER_NEEDED" }] });
    process.env["GREENWAVE_PASSWORD"] = "another one entirely";
    expect(await approverOf("hoa", storage)).toMatchObject({ problems: [{ code: "LOGIN_WRONG" }] });
    process.env["GREENWAVE_PASSWORD"] = PASSWORD;
    expect(await approverOf("tam", storage)).toMatchObject({ problems: [{ code: "NOT_PERMITTED" }] });

    const hoa = need(await approverOf("hoa", storage));
    expect(hoa.actor).toBe("account: hoa");
    await hoa.approve("ham-nghi");
    expect(await storage.audit.recent({ limit: 9 })).toMatchObject([
      { by: "hoa", role: "engineer", action: "plan.approved", subject: "ham-nghi", from: "command line" },
    ]);
  });
});
