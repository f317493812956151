import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { crossroads, crossroadsPlan } from "../support/crossroads.ts";
import { type GateStand, lan, setUpGate } from "../support/gate-stand.ts";
import { missing } from "../support/peers.ts";
import { openReviewDesk, type ReviewDesk } from "../support/review-desk.ts";

describe.skipIf(missing("Chromium", "ffmpeg"))("a proposed plan in a real browser", () => {
  let at: GateStand;
  let desk: ReviewDesk;
  beforeAll(async () => {
    at = await setUpGate();
    await at.settle();
    desk = await openReviewDesk({ gate: at.gate, proposals: at.proposals });
    await desk.addAccounts({ minh: "engineer" });
  }, 60_000);
  afterAll(async () => {
    await desk.close();
    await at.close();
  });

  it("is approved by the keyboard alone, and its controller released, with reasons", async () => {
    const drafted = await at.gate.draft({ plan: crossroadsPlan, reason: "hàng chờ rẽ trái dài", window: null }, lan);
    expect(drafted.ok).toBe(true);
    await at.settle();
    const { page } = await desk.enter("minh", "#/proposals");
    await page.locator("[data-proposal='1'] a").focus();
    await page.keyboard.press("Enter");
    await page.locator("[data-state='waiting']").waitFor();
    expect(await page.locator("#changes").textContent()).toBeTruthy();
    expect(await page.locator("main").textContent()).not.toContain("{");
    await page.locator("button.primary").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("seen on site");
    await page.keyboard.press("Control+Enter");
    await page.locator("[data-state='approved']").waitFor();
    await at.settle();
    await page.locator("[data-state='confirmed']").waitFor();
    await page.goto(`${desk.url}/desk#/proposals`);
    await page.locator("[data-device='cabinet'] button").first().focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("police at the crossing");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => at.stand.holds("systemPatternControl")).toBe(0);
    await page.locator("[data-device='cabinet']", { hasText: crossroads.name }).waitFor();
    const shots = process.env["GATE_PICTURES"];
    if (shots !== undefined) {
      await page.waitForTimeout(3500);
      await page.screenshot({ path: `${shots}/gate-list.png`, fullPage: true });
      await page.goto(`${desk.url}/desk#/proposals/1`);
      await page.locator("[data-state='confirmed']").waitFor();
      await page.screenshot({ path: `${shots}/gate-proposal.png`, fullPage: true });
    }
  }, 60_000);
});
