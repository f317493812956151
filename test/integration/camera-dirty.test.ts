/** Real streets through a lens that is clean, and through one that is not. */
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { PictureWatch } from "../../detectors/watch/picture-watch.ts";
import type { Blindness } from "../../detectors/watch/sight.ts";
import { missing, sharedFolder } from "../support/peers.ts";

const streets = ["junction-a", "multilane-highangle", "topdown-carpark"] as const;
type Street = (typeof streets)[number];

const [width, height] = [640, 360];
const bytes = width * height * 3;

/** One picture a second of a film, all of it, seen through a filter of ffmpeg's. */
function pictures(street: Street, filter: string): readonly Uint8Array[] {
  const source = ["-i", `${sharedFolder}data/vision/videos/${street}.mp4`];
  const graph = ["-vf", `fps=1,scale=${width}:${height}:flags=area,${filter}`];
  const raw = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-"];
  const all = execFileSync("ffmpeg", ["-v", "error", ...source, ...graph, ...raw], { maxBuffer: 1 << 28 });
  return Array.from({ length: Math.floor(all.length / bytes) }, (_, n) => all.subarray(n * bytes, (n + 1) * bytes));
}

/** A watch, and the second it has come to. */
class Watching {
  readonly watch = new PictureWatch();
  #at_s = 0;

  /** The film over and over. Sensor noise makes no two rounds the same. */
  see(film: readonly Uint8Array[], seconds: number): (Blindness | null)[] {
    return Array.from({ length: seconds }, (_, n) => {
      const rgb = Uint8Array.from(film[n % film.length] ?? []);
      this.#at_s += 1;
      rgb[1 + 3 * (this.#at_s % 200)] = this.#at_s % 251;
      return this.watch.look({ rgb, width, height, arrival_ms: this.#at_s * 1000 });
    });
  }
}

const box = (x: number, y: number, w: number, h: number, colour: string): string =>
  `drawbox=x=iw*${x}:y=ih*${y}:w=iw*${w}:h=ih*${h}:color=${colour}:t=fill`;

/** Threads from one corner, bright and out of focus, with what they hold over a third of the picture. */
const web = ((): string => {
  const threads = Array.from({ length: 12 }, (_, n) => box(0.02 * n, 0.08 * n, 0.7, 0.02, "white@0.5"));
  return [...threads, box(0, 0, 0.6, 0.75, "gray@0.75"), "gblur=sigma=3"].join(",");
})();

const dirts: Readonly<Record<string, string>> = {
  "a drop of oil": "gblur=sigma=8",
  spray: [box(0.05, 0.1, 0.45, 0.75, "white"), box(0.5, 0.35, 0.42, 0.6, "red"), "gblur=sigma=1"].join(","),
  fog: "eq=contrast=0.3:brightness=0.15",
  "a spider's web": web,
  "a bag over its left half": box(0, 0, 0.5, 1, "black"),
  "a leaf over its right half": box(0.5, 0, 0.5, 1, "green"),
};

const clean: Readonly<Record<string, string>> = {
  "as they are": "null",
  brighter: "eq=brightness=0.15",
  darker: "eq=brightness=-0.15",
  "with another gamma": "eq=gamma=0.6",
  "on a dull day": "eq=contrast=0.75",
  "in rain": "eq=contrast=0.75,noise=alls=25:allf=t",
  "at night": "eq=brightness=-0.3:contrast=0.5,noise=alls=10:allf=t",
};

describe.skipIf(missing("ffmpeg", "shared data")).each(streets)("the street of %s", (street) => {
  const usual = missing("ffmpeg", "shared data") ? [] : pictures(street, "null");

  test.each(Object.entries(clean))("is seen %s: no alarm", (_what, filter) => {
    const watching = new Watching();
    expect(new Set(watching.see(usual, 60))).toEqual(new Set([null]));
    const said = new Set(watching.see(pictures(street, filter), 120));
    said.delete("dark");
    expect(said).toEqual(new Set([null]));
    expect(new Set(watching.see(usual, 60).slice(20))).toEqual(new Set([null]));
  });

  test.each(Object.entries(dirts))("behind %s is noticed, until it is clean", (dirt, filter) => {
    // Paint on smooth ground hides nothing, but makes another picture of it.
    const name = street === "topdown-carpark" && dirt === "spray" ? "moved" : "dirty";
    const watching = new Watching();
    watching.see(usual, 60);
    const said = watching.see(pictures(street, filter), 120);
    expect(said.slice(0, 25).filter((each) => each !== null)).toEqual([]);
    expect(said.at(-1)).toBe(name);
    expect(watching.see(usual, 60).at(-1)).toBeNull();
  });
});
