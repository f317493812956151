import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CAMERA } from "../support/front-door.ts";
import { missing } from "../support/peers.ts";
import { openReviewDesk, PASSWORD, type ReviewDesk } from "../support/review-desk.ts";
import { actFrame, PLATE, shownNumber } from "../support/staged-cases.ts";

/** Where the README's picture of the page is to go: GREENWAVE_PICTURE=docs/review.png npx vitest run … */
const picture = process.env["GREENWAVE_PICTURE"];
/** Seven in the morning in Da Nang. */
const morning = Date.UTC(2026, 10, 22, 0, 0, 0);
const minute = 60_000;
const vietnamese = { locale: "vi-VN" } as const;

/** Texts that are wider than what they stand in: in a button, a row, a heading. */
const overflowing = `[...document.querySelectorAll("button, a, dt, dd, h1, h2, h3, p, li, label, summary, legend, th, .badge")]
  .filter((element) => !element.closest(".visually-hidden, .skip, .hash"))
  .filter(({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1)
  .map(({ textContent, clientWidth, scrollWidth }) => textContent + ": " + scrollWidth + " > " + clientWidth)`;

describe.skipIf(missing("Chromium", "ffmpeg"))("the desk", () => {
  let desk: ReviewDesk;
  let page: Page;
  let faults: readonly string[];

  beforeAll(async () => {
    desk = await openReviewDesk();
  }, 120_000);
  afterAll(() => desk.close());
  afterEach(() => page.context().close());

  const enter = async (name: string, hash: string, options = {}): Promise<void> => {
    ({ page, faults } = await desk.enter(name, hash, options));
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const frame = (number: number) => page.locator(`[data-frame="${number}"]`).waitFor();
  const state = (name: string) => page.locator(`#case[data-state=${name}]`).waitFor();
  const open = (id: string) => page.locator(`[data-case=${id}][aria-current]`).waitFor();
  const fits = async (): Promise<void> => {
    expect(await page.evaluate(overflowing)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  };

  it("takes the token for the first administrator, who adds a reviewer; a wrong password is told", async () => {
    const token = (await desk.door.accounts.firstToken()) ?? "";
    ({ page, faults } = await desk.visit("#/first"));
    await page.getByLabel("Token").fill(token);
    await page.getByLabel("Account", { exact: true }).fill("root");
    await page.getByLabel("Password").fill(PASSWORD);
    await press("Enter");
    await page.getByRole("heading", { name: "New account" }).waitFor();
    const form = page.getByRole("form", { name: "New account" });
    await form.getByLabel("Account", { exact: true }).fill("lan");
    await form.getByLabel("First password").fill(PASSWORD);
    await form.getByLabel("reviewer").check();
    await press("Enter");
    await page.locator("[data-account=lan]").waitFor();
    expect(await page.locator("[data-account=root] input:enabled").count()).toBe(0);
    await page.getByRole("button", { name: "Log out" }).click();
    expect(faults).toEqual([]);

    await page.getByRole("button", { name: "Tiếng Việt" }).click();
    await page.getByLabel("Tài khoản").fill("lan");
    await page.getByLabel("Mật khẩu").fill("sai rồi");
    await press("Enter");
    await page.getByRole("alert").getByText("sai tên hoặc mật khẩu").waitFor();
    await page.getByLabel("Mật khẩu").fill(PASSWORD);
    await press("Enter");
    await page.getByRole("heading", { name: "Hàng chờ" }).waitFor();
    expect(await page.getByRole("link", { name: "Tài khoản", exact: true }).count()).toBe(0);
  });

  it("reviews by the keyboard alone: queue, pictures, reject with a reason, undo, accept, next", async () => {
    await desk.addAccounts({ lan: "reviewer" });
    await desk.stage({ id: "hn-1", at_ms: morning + 2 * minute });
    await desk.stage({ id: "hn-2", at_ms: morning + minute });
    await enter("lan", "#/cases");
    await page.locator("[data-case=hn-1]").waitFor();
    await press("q", "ArrowDown", "ArrowUp", "Enter");
    await open("hn-1");
    await page.locator("video").waitFor();

    await press("t");
    await frame(actFrame);
    await page.getByText("Red for 1.42 s").waitFor();
    expect(await page.evaluate(shownNumber)).toBe(actFrame);
    if (picture !== undefined) await page.screenshot({ path: picture });
    await press("ArrowRight", "ArrowRight", "ArrowRight");
    await frame(actFrame + 3);
    expect(await page.evaluate(shownNumber)).toBe(actFrame + 3);
    await press("Shift+ArrowLeft", ...Array.from({ length: 40 }, () => "ArrowLeft"));
    await frame(actFrame - 47);
    expect(await page.evaluate(shownNumber)).toBe(actFrame - 47);
    await page.getByText("Red in 0.45 s").waitFor();
    await press("k", "l");
    await page.getByText("playing, 1×").waitFor();
    await press("k", "b");
    await page.getByRole("img", { name: "the act" }).waitFor();
    await press("Escape");

    await page.getByText("Shown after you have judged").waitFor();
    expect(await page.getByText(PLATE).count()).toBe(0);
    await press("2", "4", "Tab");
    await page.keyboard.type("a tree hides the lamps");
    await press("Control+Enter");
    await state("rejected");
    await page.locator("[data-step=reviewed]").getByText("the signal is unclear: a tree hides the lamps").waitFor();
    await page.locator(".plate-text").getByText(PLATE).waitFor();
    await press("z");
    await state("screened");
    expect(await page.getByText(PLATE).count()).toBe(0);
    await press("1");
    await state("decision");
    await press("n");
    await open("hn-2");
    const steps = (await desk.door.cases.get("hn-1"))?.case.steps.map(({ kind }) => kind);
    expect(steps).toEqual(["detected", "screened", "reviewed", "review_undone", "reviewed"]);
    expect(faults).toEqual([]);
  });

  it("keeps the first verdict from the second reviewer, and says so when somebody was faster", async () => {
    await desk.addAccounts({ minh: "reviewer" });
    await desk.stage({ id: "hn-3", at_ms: morning + 3 * minute, sampled: true });
    const { cases } = desk.door;
    const review = { kind: "reviewed", verdict: "unsure", reason: "poor_picture: too dark" } as const;
    await cases.step("hn-3", { ...review, by: "lan", at_ms: morning + 4 * minute }, 2);
    await enter("minh", "#/cases/hn-3");
    await page.getByRole("note").getByText("Blind second review").waitFor();
    const seen = await page.locator("[data-step=reviewed]").textContent();
    expect(seen).toContain("Withheld until you have judged.");
    expect(await page.content()).not.toMatch(/Unsure<\/b>|too dark|43A12345/);

    await cases.step("hn-3", { kind: "reviewed", verdict: "accept", reason: "", by: "hoa", at_ms: Date.now() }, 3);
    await press("1");
    await page.getByText("Somebody else went on with this case in the meantime").waitFor();
    await state("decision");
    await page.getByText("the pictures are too poor: too dark").waitFor();
    expect(faults.filter((fault) => !fault.includes("409"))).toEqual([]);
  });

  it("leads an officer through decision and notice, and never a staged case to one", async () => {
    await desk.addAccounts({ hoa: "officer" });
    await desk.stage({ id: "hn-4", at_ms: morning + 5 * minute, detection: { staged: false } });
    await desk.stage({ id: "hn-5", at_ms: morning + 4 * minute });
    for (const id of ["hn-4", "hn-5"]) {
      const step = { kind: "reviewed", verdict: "accept", reason: "", by: "lan", at_ms: Date.now() } as const;
      await desk.door.cases.step(id, step, 2);
    }
    await enter("hoa", "#/cases/hn-4");
    await state("decision");
    await press("1", "Enter");
    await state("decided");
    await page.getByRole("button", { name: "Notice made" }).click();
    await page.keyboard.type("TB-2026-117");
    await press("Control+Enter");
    await state("noticed");
    await page.locator("[data-step=noticed]").getByText("TB-2026-117").waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      (async () => {
        await page.getByRole("button", { name: "Export…" }).click();
        await page.keyboard.type("asked for by the owner");
        await press("Control+Enter");
      })(),
    ]);
    expect(saved.suggestedFilename()).toBe("hn-4-redacted.tar");
    await page.goto(`${desk.url}/desk#/cases/hn-5`);
    await open("hn-5");
    await state("decision");
    await press("1", "Enter");
    await state("decided");
    await page.locator(".case-side").getByText("STAGED").waitFor();
    expect(await page.getByRole("button", { name: "Notice made" }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  it("traces a plate for a purpose, which the audit keeps", async () => {
    await desk.addAccounts({ hoa: "officer", binh: "data_protection_officer" });
    const passage = { camera: CAMERA, class: "motorcycle", plate: PLATE, confidence: 0.93 } as const;
    for (const [index, intersection] of ["ham-nghi", "nguyen-tri-phuong"].entries()) {
      const at_ms = Date.now() - (2 - index) * minute;
      await desk.door.passages.add({ ...passage, intersection, at_ms }, at_ms + 60 * minute);
    }
    ({ page, faults } = await desk.resume("hoa", "#/trace"));
    await page.getByRole("textbox", { name: "Plate" }).fill("43-A1 23.45");
    await page.getByRole("textbox", { name: "Purpose" }).fill("asked for by the ward police");
    await press("Enter");
    await page.getByRole("heading", { name: "Passages: 2, journeys: 1" }).waitFor();
    expect(await page.locator(".journey tbody tr").count()).toBe(2);
    expect(faults).toEqual([]);
    await page.context().close();
    ({ page, faults } = await desk.resume("binh", "#/audit"));
    const row = page.getByRole("row", { name: /hoa traced a plate/ });
    await row.getByText("asked for by the ward police").waitFor();
    expect(await row.textContent()).not.toContain(PLATE);
  });

  it("speaks Vietnamese on every page without a text too wide for its place", async () => {
    const roles = { lan: "reviewer", hoa: "officer", root: "admin", binh: "data_protection_officer" } as const;
    await desk.addAccounts(roles);
    await desk.stage({ id: "hn-6", at_ms: morning + 6 * minute });
    await enter("lan", "#/cases/hn-6", vietnamese);
    await page.getByText("Vì sao đề xuất").waitFor();
    await fits();
    await press("?");
    await page.getByRole("dialog", { name: "Phím tắt" }).waitFor();
    await fits();
    await press("Escape", "2");
    await page.getByRole("dialog", { name: "Bác bỏ" }).waitFor();
    await fits();
    await press("Escape");
    await page.setViewportSize({ width: 2560, height: 1440 });
    await fits();
    await page.context().close();
    const pages = {
      hoa: { "#/trace": "Tra cứu biển số" },
      root: { "#/accounts": "Tài khoản mới" },
      binh: { "#/audit": "Nhật ký", "#/keeping": "Thời hạn lưu", "#/account": "binh" },
    } as const;
    for (const [name, headings] of Object.entries(pages)) {
      ({ page, faults } = await desk.resume(name, "#/account", vietnamese));
      for (const [hash, heading] of Object.entries(headings)) {
        await page.goto(`${desk.url}/desk${hash}`);
        await page.getByRole("heading", { name: heading, exact: true }).waitFor();
        await fits();
      }
      expect(faults).toEqual([]);
      if (name !== "binh") await page.context().close();
    }
    await page.goto(`${desk.url}/desk#/cases`);
    await page.getByText("Vai trò của bạn không có trang này").waitFor();
  });
});
