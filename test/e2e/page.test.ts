import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { listen } from "../../api/http/listen.ts";
import { problem } from "../../core/problems/problem.ts";
import { feedTrouble } from "../../core/traffic/feed-trouble.ts";
import { type BuiltPage, buildPage } from "../support/built-page.ts";
import { launchChromium, openPage } from "../support/chromium.ts";
import { CAMERA, type FrontDoor, minuteOf, openFrontDoor, statusOf } from "../support/front-door.ts";
import { drawn, planFor } from "../support/moving-corridor.ts";
import { offTheGround } from "../support/off-the-ground.ts";
import { missing } from "../support/peers.ts";

const HERE = "ham-nghi";

async function open(door: FrontDoor, port = 0): Promise<string> {
  const listening = await listen(door.server, port);
  if (!listening.ok) throw new Error(`port ${port} is not free`);
  return listening.value.url;
}

describe.skipIf(missing("Chromium"))("the page", () => {
  let built: BuiltPage;
  let browser: Browser;
  let door: FrontDoor;
  let url: string;
  let page: Page;
  let faults: string[];
  const running: (() => void)[] = [];

  beforeAll(async () => {
    built = buildPage();
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
    built.remove();
  });
  beforeEach(async () => {
    door = await openFrontDoor({ webRoot: built.folder });
    url = await open(door);
  });
  afterEach(async () => {
    for (const stop of running.splice(0)) stop();
    await page.context().close();
    await door.server.close();
  });

  const visit = async (locale = "en-GB"): Promise<void> => {
    ({ page, faults } = await openPage(browser, url, { locale }));
    await page.locator("[data-node]").first().waitFor();
  };
  const card = () => page.locator(`[data-intersection=${HERE}]`);
  const head = (approach: string) => page.locator(`[data-node=${HERE}] [data-approach=${approach}] [data-indication]`);
  const shows = (approach: string, indication: string) =>
    page.locator(`[data-node=${HERE}] [data-approach=${approach}] [data-indication=${indication}]`).waitFor();
  /** As the poller does: the same status with a new time, until the test says otherwise. */
  const keepShowing = (greens: readonly number[]): (() => void) => {
    const publish = (): void => {
      const status = statusOf(door.site, HERE, greens, Date.now());
      door.signals.set(HERE, status);
      door.bus.publish("signal", status);
    };
    publish();
    const timer = setInterval(publish, 500);
    const stop = (): void => clearInterval(timer);
    running.push(stop);
    return stop;
  };

  it("moves its signal heads as the controllers report, and turns them unknown when they fall silent", async () => {
    await visit();
    expect(await head("west").getAttribute("data-indication")).toBe("unknown");
    const stopMain = keepShowing([2, 6]);
    await shows("west", "green");
    await shows("north", "red");
    expect(await card().getByRole("img", { name: "left, straight on: green" }).count()).toBe(0);
    expect(await card().locator("[data-approach=west] [data-phase='2']").getAttribute("aria-label")).toContain("green");
    stopMain();
    const stopSide = keepShowing([4, 8]);
    await shows("west", "red");
    await shows("north", "green");
    stopSide();
    await shows("north", "unknown");
    await card().getByText("No word from the controller for over 3 seconds").waitFor();
    expect(faults).toEqual([]);
  });

  it("shows flow with its source, and takes in new intervals as they close", async () => {
    const minute = Math.floor(Date.now() / 60_000) * 60_000;
    const lanes = ["hn-eb-1", "hn-eb-2"];
    await door.flows.append(lanes.map((lane) => minuteOf(lane, HERE, minute - 120_000, 20)));
    await visit();
    const west = card().locator("[data-approach=west] .flow");
    await west.getByText("2,400 veh/h").waitFor();
    await west.getByText("simulated").waitFor();
    await card().locator("[data-approach=north] .flow").getByText("assumed").waitFor();
    for (const lane of lanes) door.bus.publish("flow", minuteOf(lane, HERE, minute - 60_000, 25, "camera"));
    await west.getByText("3,000 veh/h").waitFor();
    await west.getByText("measured").waitFor();
    expect(faults).toEqual([]);
  });

  it("draws the plan in force with the controller's clock over it, and says why it was made", async () => {
    const intersection = door.site.intersections.find(({ id }) => id === HERE);
    if (intersection === undefined) throw new Error("the sample site has no Hàm Nghi");
    await visit();
    await page.getByText("No plan of ours is in force yet.").waitFor();
    const plan = planFor(intersection, 44);
    const id = await door.plans.add(plan, ["The cross street was waiting."], Date.now());
    await door.plans.setState(id, "active", Date.now());
    door.bus.publish("plan", { id, plan, state: "active", at_ms: Date.now(), reasons: [] });
    await card().getByText("Plan 1: cycle 120 s, offset 44 s").waitFor();
    await page.getByRole("row", { name: /Hàm Nghi.*The cross street was waiting\./ }).waitFor();
    const stop = keepShowing([2, 6]);
    await card().locator(".rings-cursor").waitFor();
    await card()
      .getByText(/^1[2-9]\ss of 120\ss$/)
      .waitFor();
    stop();
    expect(faults).toEqual([]);
  });

  it("appends to the ledger, tells that the chain holds, and gives the whole hash on focus", async () => {
    await door.ledger.append("plan.proposed", { intersection: HERE, pattern: 1, actor: "retime" }, Date.now());
    await visit();
    await page.getByText("Chain verified").waitFor();
    const entry = await door.ledger.append("plan.active", { intersection: HERE, pattern: 1 }, Date.now());
    door.bus.publish("ledger", entry);
    const row = page.locator("[data-seq='2']");
    await row.getByText("plan in force").waitFor();
    await page.getByText("2 entries, each follows from the one before").waitFor();
    expect(await row.getByText(entry.hash).isVisible()).toBe(false);
    await row.getByRole("button").focus();
    await row.getByText(entry.hash).waitFor();
    expect(faults).toEqual([]);
  });

  it("changes every word with the language and remembers it", async () => {
    await visit();
    await page.getByRole("heading", { name: "Ledger" }).waitFor();
    await page.getByRole("button", { name: "Tiếng Việt" }).click();
    await page.getByRole("heading", { name: "Sổ cái" }).waitFor();
    await page.getByText("Chưa có phương án nào của hệ thống.").first().waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe("vi");
    door.health = { status: "degraded", parts: [{ name: "x", state: "down", message: null }] };
    await page.getByText("Có bộ phận của dịch vụ cần được xem lại").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "Sổ cái" }).waitFor();
    expect(faults).toEqual([]);
  });

  it("speaks Vietnamese to a Vietnamese browser", async () => {
    await visit("vi-VN");
    await page.getByRole("heading", { name: "Nút giao" }).waitFor();
    expect(faults).toEqual([]);
  });

  it("says which part of the service is ailing and what to do, and when it is well again", async () => {
    await visit();
    await page.getByText("All parts of the service are working.").waitFor();
    const well = door.health;
    const message = "On Debian or Ubuntu type: sudo apt-get install ffmpeg";
    door.health = { status: "degraded", parts: [{ name: "ffmpeg", state: "down", message }] };
    await page.getByRole("status", { name: "Part of the service needs attention" }).getByText(message).waitFor();
    door.health = well;
    await page.getByText("All parts of the service are working.").waitFor();
    expect(faults).toEqual([]);
  });

  it("shows the camera's picture with lines, live counts and only the boxes of its own moment", async () => {
    const box = [0.4, 0.4, 0.1, 0.2] as const;
    const view = () => ({ feed: CAMERA, at_ms: Date.now(), tracks: [{ track: 1, class: "bus", box }] as const });
    door.camera.picture = await drawn(view());
    door.camera.state = { ...door.camera.state, phase: "live" };
    await visit();
    const camera = page.locator(".camera");
    await camera.scrollIntoViewIfNeeded();
    await camera.getByRole("img", { name: /^Picture from camera/ }).waitFor();
    expect(await camera.locator(".count-line").count()).toBe(2);
    const timer = setInterval(() => door.bus.publish("view", view()), 100);
    await camera.locator(".box").getByText("bus").waitFor();
    clearInterval(timer);
    await camera.getByText("Boxes are hidden").waitFor();
    const crossing = { feed: CAMERA, line: "line-1", lane: null, at_ms: Date.now(), class: "bus", track: 1 } as const;
    door.bus.publish("crossing", { ...crossing, ...offTheGround, direction: "forward" });
    await camera.locator("[data-line=line-1]").getByText("bus 1").waitFor();
    await camera.locator(".count-line").getByText("line-1: 1").waitFor();
    expect(faults).toEqual([]);
  });

  it("tells what a camera is doing when it is not live", async () => {
    await visit();
    const message = "The stream ended. Trying again in 8 s; check the camera's power and address.";
    const gaps = [{ from_ms: Date.now() - 5000, to_ms: null }];
    door.bus.publish("feed", { ...door.camera.state, phase: "backing_off", message, gaps });
    await page.locator(".feed").getByText("Waiting to try again").waitFor();
    await page.locator(".feed").getByText(message).waitFor();
    expect(faults).toEqual([]);
  });

  it("lets a technician who is logged in say that a moved camera's view is right, and nobody else", async () => {
    let accepted = 0;
    door.camera.accept = () => {
      accepted += 1;
    };
    door.camera.picture = await drawn({ feed: CAMERA, at_ms: Date.now(), tracks: [] });
    const moved = feedTrouble(problem("PICTURE_MOVED", { feed: CAMERA }));
    door.camera.state = { ...door.camera.state, phase: "live", blindness: "moved", ...moved };
    await visit();
    await page.locator(".feed").getByText("was moved").waitFor();
    expect(await page.getByRole("button", { name: "This is the right view" }).count()).toBe(0);

    const password = "bốn con mèo trên mái";
    await door.accounts.add({ name: "lan", password, roles: ["technician"] }, { name: "root", roles: ["admin"] });
    await page.goto(`${url}/desk`);
    await page.getByLabel("Account").fill("lan");
    await page.getByLabel("Password").fill(password);
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "Your account: lan" }).waitFor();
    await page.getByRole("link", { name: "Traffic" }).click();
    await page.getByRole("button", { name: "This is the right view" }).click();
    await expect.poll(() => accepted).toBe(1);
    expect(faults).toEqual([]);
  });

  it("says when the service is gone, and goes on by itself when it is back", async () => {
    await visit();
    await page.locator(".connection-live").waitFor();
    const { port } = new URL(url);
    await door.server.close();
    await page.getByText("Connection lost, trying again…").waitFor();
    door = await openFrontDoor({ webRoot: built.folder });
    await open(door, Number(port));
    const stop = keepShowing([2, 6]);
    await shows("west", "green");
    await page.locator(".connection-live").waitFor();
    expect(await page.getByText("Connection lost, trying again…").count()).toBe(0);
    stop();
  });

  it("can be walked through by keyboard", async () => {
    await visit();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the corridor");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("English");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sổ cái" }).waitFor();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Bàn làm việc");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(page.url()).toContain("#intersection-nguyen-tri-phuong");
  });
});
