/**
 * The page in each of its looks: light, dark, on a phone, in Vietnamese. The pictures can be kept:
 *   GREENWAVE_PICTURES=docs/pictures npx vitest run --config test/vitest.config.ts test/e2e/page-pictures.test.ts
 * and taken from a service that is already running, by adding GREENWAVE_URL=http://127.0.0.1:8080.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listen } from "../../api/http/listen.ts";
import { type BuiltPage, buildPage } from "../support/built-page.ts";
import { launchChromium, openPage } from "../support/chromium.ts";
import { type FrontDoor, openFrontDoor } from "../support/front-door.ts";
import { fillStores, runCamera, runSignals } from "../support/moving-corridor.ts";
import { missing } from "../support/peers.ts";

const folder = process.env["GREENWAVE_PICTURES"];
const running = process.env["GREENWAVE_URL"];

/** Of `page.png`, the picture for the README: header, corridor, camera. */
const TOP_HEIGHT = 1215;

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const looks: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  vietnamese: { colorScheme: "light", locale: "vi-VN" },
  phone: { ...phone, colorScheme: "light" },
  "phone-dark-vietnamese": { ...phone, colorScheme: "dark", locale: "vi-VN" },
};

describe.skipIf(missing("Chromium"))("the page in each of its looks", () => {
  let built: BuiltPage;
  let door: FrontDoor;
  let browser: Browser;
  let url: string;
  let stops: readonly (() => void)[] = [];

  beforeAll(async () => {
    built = buildPage();
    door = await openFrontDoor({ webRoot: built.folder });
    const plans = await fillStores(door, Date.now());
    stops = [runSignals(door, plans), runCamera(door)];
    const listening = await listen(door.server, 0);
    if (!listening.ok) throw new Error("no free port");
    url = running ?? listening.value.url;
    browser = await launchChromium();
    if (folder !== undefined) mkdirSync(folder, { recursive: true });
  });

  afterAll(async () => {
    for (const stop of stops) stop();
    await browser.close();
    await door.server.close();
    built.remove();
  });

  it.each(Object.entries(looks))(
    "%s: shows the whole corridor, fits its width and has no fault",
    async (name, options) => {
      const { page, faults } = await openPage(browser, url, options);
      await page.locator("[data-node] [data-indication=green]").first().waitFor();
      await page.locator(".camera").scrollIntoViewIfNeeded();
      await page.locator(".camera .box").first().waitFor();
      expect(await page.locator("[data-node]").count()).toBe(door.site.intersections.length);
      const widths = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]");
      const [content, window] = widths as [number, number];
      expect(content).toBeLessThanOrEqual(window);
      const picture = await page.screenshot({ fullPage: true });
      if (folder !== undefined) writeFileSync(join(folder, `page-${name}.png`), picture);
      if (folder !== undefined && name === "light") {
        const clip = { x: 0, y: 0, width: 1280, height: TOP_HEIGHT };
        writeFileSync(join(folder, "page.png"), await page.screenshot({ fullPage: true, clip }));
      }
      expect(faults).toEqual([]);
      await page.context().close();
    },
  );
});
