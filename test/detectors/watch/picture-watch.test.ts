import { describe, expect, it } from "vitest";
import { PictureWatch } from "../../../detectors/watch/picture-watch.ts";

const [width, height] = [128, 72];

/** A street of blocks, seen from `dx` pixels to the left, with a sensor's noise that depends on the time. */
function street(t_s: number, { dx = 0, light = 1, noisy = true } = {}): Uint8Array {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [blockX, blockY] = [Math.floor((x - dx + 640) / 6), Math.floor(y / 5)];
      const block = ((blockX * 7919 + blockY * 104729 + blockX * blockY * 31) % 97) / 97;
      const grain = noisy ? (x * 31 + y * 17 + t_s * 13) % 5 : 0;
      rgb[(y * width + x) * 3 + 1] = light * (40 + 150 * block + grain);
    }
  }
  return rgb;
}

/** What the watch says of each second. */
function watched(seconds: number, picture: (t_s: number) => Uint8Array, watch = new PictureWatch(), from_s = 0) {
  return Array.from({ length: seconds }, (_, i) =>
    watch.look({ rgb: picture(from_s + i), width, height, arrival_ms: 1e12 + (from_s + i) * 1000 }),
  );
}

describe("a camera's picture", () => {
  it("that lives is well, for as long as it is watched", () => {
    expect(new Set(watched(120, (t_s) => street(t_s)))).toEqual(new Set([null]));
  });

  it("that is the same for half a minute is frozen, until it changes", () => {
    const said = watched(45, (t_s) => street(Math.min(t_s, 40), { noisy: t_s >= 40 }));
    expect(said.indexOf("frozen")).toBe(30);
    expect(said.slice(30, 40)).toEqual(Array(10).fill("frozen"));
    expect(said.slice(40)).toEqual(Array(5).fill(null));
  });

  it("that stays dark is dark, and neither moved nor frozen", () => {
    const said = watched(60, (t_s) => street(t_s, { light: t_s >= 30 && t_s < 50 ? 0.1 : 1 }));
    expect([...new Set(said)]).toEqual([null, "dark"]);
    expect(said.indexOf("dark")).toBe(39);
    expect(said.slice(50)).toEqual(Array(10).fill(null));
  });

  it("that dims is no other picture", () => {
    expect(new Set(watched(60, (t_s) => street(t_s, { light: t_s < 30 ? 1 : 0.4 })))).toEqual(new Set([null]));
  });

  it.each([-24, -8, 8, 24])("that went %i pixels aside is moved, for as long as it is", (dx) => {
    const watch = new PictureWatch();
    expect(new Set(watched(30, (t_s) => street(t_s), watch))).toEqual(new Set([null]));
    const said = watched(60, (t_s) => street(t_s, { dx }), watch, 30);
    expect(said.indexOf("moved")).toBe(4);
    expect(new Set(said.slice(4))).toEqual(new Set(["moved"]));
    expect(watched(3, (t_s) => street(t_s), watch, 90)).toEqual([null, null, null]);
  });

  it("that shakes for a moment has not moved", () => {
    const said = watched(60, (t_s) => street(t_s, { dx: t_s % 10 === 9 && t_s > 25 ? 12 : 0 }));
    expect(new Set(said)).toEqual(new Set([null]));
  });

  it("that moved while nobody watched is noticed, by what an earlier watch knew", () => {
    const before = new PictureWatch();
    expect(before.saved()).toBeNull();
    watched(30, (t_s) => street(t_s), before);
    const after = new PictureWatch(before.saved());
    expect(watched(6, (t_s) => street(t_s, { dx: 24 }), after, 100).at(-1)).toBe("moved");
    const damaged = before.saved()?.fill(Number.NaN, 10, 20) ?? null;
    for (const useless of [damaged, new Float32Array(0), new Float32Array(5000)]) {
      expect(watched(6, (t_s) => street(t_s, { dx: 24 }), new PictureWatch(useless), 100).at(-1)).toBeNull();
    }
  });

  it("that moved is right as it is once somebody has said so", () => {
    const watch = new PictureWatch();
    watched(30, (t_s) => street(t_s), watch);
    expect(watched(6, (t_s) => street(t_s, { dx: 24 }), watch, 30).at(-1)).toBe("moved");
    watch.accept();
    expect(new Set(watched(60, (t_s) => street(t_s, { dx: 24 }), watch, 36))).toEqual(new Set([null]));
    expect(watched(6, (t_s) => street(t_s), watch, 96).at(-1)).toBe("moved");
  });
});
