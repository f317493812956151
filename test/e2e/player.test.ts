/** The player in a real browser: a replay of our own is listed, plays, and answers to pointer and keys. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../api/http/listen.ts";
import { buildPlayerServer } from "../../api/http/player-server.ts";
import { oneReplay } from "../../api/replays/replay-files.ts";
import { Simulation } from "../../sim/engine/simulation.ts";
import { openRecorder } from "../../sim/outputs/recorder.ts";
import { type BuiltPage, buildPage } from "../support/built-page.ts";
import { launchChromium, openPage } from "../support/chromium.ts";
import { missing } from "../support/peers.ts";
import { demandOf, trips, twoJunctions } from "../support/two-junctions.ts";

async function recordTo(file: string): Promise<void> {
  const network = await twoJunctions();
  const demand = await demandOf(
    network,
    trips(200, 0.9, (at) => (at * 7919) % 1009),
  );
  const simulation = new Simulation({ network, demand, seed: 7, begin_s: 0, end_s: 180 });
  const order = { outputs: null, replay: file, several: false };
  const opened = openRecorder(order, { simulation, programs: [], scenario: "two junctions", seed: 7 });
  if (!opened.ok) throw new Error(opened.problems[0]?.code);
  while (!simulation.over) {
    simulation.step();
    opened.value.note();
  }
  opened.value.close();
}

/** How many full colours stand on a canvas of the page. */
const coloursOn = (canvas: number): string => `(() => {
  const canvas = document.querySelectorAll("canvas")[${canvas}];
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) seen.add(data.slice(i, i + 3).join());
  return seen.size;
})()`;

/** The legend tells of vehicles; it is drawn after the clock. */
const severalShown = `Number(document.querySelector(".player-legend b")?.textContent) > 5`;

describe.skipIf(missing("Chromium"))("the player", () => {
  let built: BuiltPage;
  let browser: Browser;
  let server: FastifyInstance;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-player-"));
    const file = join(folder, "two.gwr");
    await recordTo(file);
    built = buildPage();
    browser = await launchChromium();
    const replays = await oneReplay(file);
    if (!replays.ok) throw new Error("the replay was not written");
    server = await buildPlayerServer(replays.value, built.folder);
    const listening = await listen(server, 0);
    if (!listening.ok) throw new Error("no free port");
    url = `${listening.value.url}/player`;
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
    built.remove();
    rmSync(folder, { recursive: true });
  });

  it("plays the only replay there is, and stops, steps and looks by keys alone, in both languages", async () => {
    const { page, faults } = await openPage(browser, url, { locale: "vi-VN", viewport: { width: 390, height: 740 } });
    const shows = (time: string) => page.locator(".player-clock", { hasText: time }).waitFor();
    await shows("00:00:00");
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("img", { name: "Traffic as it was simulated" }).focus();
    await page.keyboard.press("End");
    await shows("00:03:00");
    await page.keyboard.press("PageUp");
    await shows("00:02:30");
    await page.keyboard.press("ArrowRight");
    await shows("00:02:31");
    await expect.poll(() => page.evaluate(severalShown), { timeout: 10_000 }).toBe(true);
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press(".");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Pause" }).waitFor();
    await expect.poll(() => page.locator(".player-clock").textContent(), { timeout: 10_000 }).not.toBe("00:02:31");
    await page.keyboard.press(" ");
    await page.getByRole("button", { name: "Play" }).waitFor();
    const wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth");
    expect([wide, faults]).toEqual([false, []]);
    await page.context().close();
  });

  it("draws roads and vehicles, and tells what the pointer is on", async () => {
    const { page, faults } = await openPage(browser, url);
    await page.locator(".player-clock").waitFor();
    await page.keyboard.press("End");
    await expect.poll(() => page.evaluate(severalShown), { timeout: 10_000 }).toBe(true);
    expect(await page.evaluate(coloursOn(0))).toBeGreaterThan(0);
    // Signals and cars at least.
    expect(await page.evaluate(coloursOn(1))).toBeGreaterThan(2);
    const picture = await page.locator(".picture").boundingBox();
    if (picture === null) throw new Error("no picture");
    let told = "";
    for (let across = 0.1; across < 0.9 && told === ""; across += 0.02) {
      await page.mouse.move(picture.x + picture.width * across, picture.y + picture.height / 2);
      told = (await page.locator(".player-looked").allTextContents()).join();
    }
    expect(told).toMatch(/Lane|km\/h/);
    expect(faults).toEqual([]);
    await page.context().close();
  });
});
