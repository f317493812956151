/** The desk in a real browser: the built page, the real service with its accounts, cases with sealed evidence. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { listen } from "../../api/http/listen.ts";
import { type Role, roleNames } from "../../core/accounts/roles.ts";
import { type BuiltPage, buildPage } from "./built-page.ts";
import { launchChromium, openPage, type WatchedPage } from "./chromium.ts";
import { need } from "./data-folder.ts";
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from "./front-door.ts";
import { type Desk, drawEvidence, type StagedCase, stageCase } from "./staged-cases.ts";

export const PASSWORD = "bốn con mèo trên mái";

export interface ReviewDesk {
  readonly door: FrontDoor;
  readonly url: string;
  /** An account of each of these roles, by name, unless it is there. */
  addAccounts(accounts: Readonly<Record<string, Role>>): Promise<void>;
  stage(staged: StagedCase): Promise<void>;
  /** A browser of its own, as another person has. */
  visit(hash: string, options?: BrowserContextOptions): Promise<WatchedPage>;
  /** As `visit`, with a session that was opened before. */
  resume(name: string, hash: string, options?: BrowserContextOptions): Promise<WatchedPage>;
  /** As `visit`, logged in by the keyboard alone. */
  enter(name: string, hash: string, options?: BrowserContextOptions): Promise<WatchedPage>;
  close(): Promise<void>;
}

/** `stores`: in place of those in memory. */
export async function openReviewDesk(stores: FrontDoorOptions["stores"] = {}): Promise<ReviewDesk> {
  const folder = mkdtempSync(join(tmpdir(), "greenwave-desk-"));
  const built: BuiltPage = buildPage();
  const evidence = join(folder, "evidence");
  const door = await openFrontDoor({ webRoot: built.folder, evidence, stores });
  const url = need(await listen(door.server, 0)).url;
  const browser: Browser = await launchChromium();
  const keys = join(folder, "keys");
  mkdirSync(keys);
  const desk: Desk = { cases: door.cases, evidence, keys, files: await drawEvidence(join(folder, "drawn")) };

  const visit: ReviewDesk["visit"] = (hash, options = {}) => {
    const screen = { viewport: { width: 1280, height: 720 }, ...options };
    return openPage(browser, `${url}/desk${hash}`, screen);
  };
  return {
    door,
    url,
    visit,
    stage: (staged) => stageCase(desk, staged),
    addAccounts: async (accounts) => {
      const root = { name: "root", roles: roleNames };
      const known = new Set((await door.accounts.list()).map(({ name }) => name));
      for (const [name, role] of Object.entries(accounts)) {
        if (known.has(name)) continue;
        need(await door.accounts.add({ name, password: PASSWORD, roles: [role] }, root));
      }
    },
    resume: async (name, hash, options) => {
      const session = need(await door.accounts.logIn(name, PASSWORD, name));
      const cookie = { name: "greenwave_session", value: session, domain: "127.0.0.1", path: "/", expires: -1 };
      const hope = { origin: url, localStorage: [{ name: "greenwave.account", value: name }] };
      const cookies = [{ ...cookie, httpOnly: true, secure: false, sameSite: "Strict" as const }];
      const watched = await visit(hash, { ...options, storageState: { cookies, origins: [hope] } });
      await watched.page.getByRole("link", { name }).waitFor();
      return watched;
    },
    enter: async (name, hash, options) => {
      const watched = await visit(hash, options);
      const { page } = watched;
      await page.locator("[name=name]:focus").waitFor();
      await page.keyboard.type(name);
      await page.keyboard.press("Tab");
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name }).waitFor();
      return watched;
    },
    close: async () => {
      await browser.close();
      await door.server.close();
      built.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
