import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { burnIn } from "../../../detectors/clip/burn-in.ts";
import { cropPicture } from "../../../detectors/clip/crop-picture.ts";
import { examineClip } from "../../../detectors/clip/examine-clip.ts";
import { burnFilter, overlayDocument } from "../../../detectors/clip/overlay.ts";
import { need } from "../../support/data-folder.ts";
import { temporaryFolder } from "../../support/greenwave-service.ts";
import { makeNumberedFilm, numbersIn } from "../../support/numbered-film.ts";
import { missing } from "../../support/peers.ts";

const size = { width_px: 256, height_px: 144 };

describe("an overlay document", () => {
  test("starts each text with its picture or just before, however the pictures are spaced", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 11, max: 400 }), { minLength: 1, maxLength: 50 }), (steps_ms) => {
        let at_ms = 0;
        const times = [0, ...steps_ms.map((step) => (at_ms += step))];
        const texts = times.map((time, n) => ({
          from_s: time / 1000,
          to_s: (times[n + 1] ?? 1e7) / 1000,
          text: `n${n}`,
        }));
        const spans = [...overlayDocument(texts, size).matchAll(/^Dialogue: 0,(.*?),(.*?),Fact.*,n(\d+)$/gm)];
        const ms = (clock = ""): number => {
          const [h = 0, m = 0, s = 0] = clock.split(":").map(Number);
          return Math.round(((h * 60 + m) * 60 + s) * 1000);
        };
        for (const [n, time] of times.entries()) {
          const shown = spans
            .filter(([, from, to]) => ms(from) <= time && time < ms(to))
            .map(([, , , name]) => Number(name));
          expect(shown).toEqual([n]);
        }
      }),
    );
  });

  test("takes no orders from its texts", () => {
    const document = overlayDocument([{ from_s: 0, to_s: 1, text: "a{\\b1}b\\Nc\nd" }], size);
    expect(document).toContain(",a(/b1)b/Nc\\Nd");
  });
});

describe.skipIf(missing("ffmpeg"))("a clip", () => {
  // Every letter that means something to a filter graph, and the sign of a number in a pattern.
  const folder = temporaryFolder();
  const strange = join(folder.path, "we[i]rd, it's; 100%d: a 'place'");
  const film = join(strange, "film.mp4");
  beforeAll(() => {
    mkdirSync(strange);
    makeNumberedFilm(film, 75, ["-c:v", "libx264", "-g", "25", "-bf", "2"]);
  });
  afterAll(() => folder.remove());

  const tick = 12_800 / 25;

  test("is decoded to its last picture, and the wanted ones are written", async () => {
    const { pts, complaints, pictures } = need(await examineClip(film, [60 * tick, 7 * tick, 60 * tick], strange));
    expect([pts.length, complaints]).toEqual([75, 0]);
    expect([...pictures.keys()]).toEqual([7 * tick, 60 * tick]);
    const numbers = [...pictures.values()].map((path, n) => {
      // ffmpeg would take the sign in its path for a pattern.
      copyFileSync(path, join(folder.path, `${n}.jpg`));
      return numbersIn(join(folder.path, `${n}.jpg`))[0];
    });
    expect(numbers).toEqual([7, 60]);
    expect((await sharp(pictures.get(7 * tick)).metadata()).width).toBe(256);
  });

  test("with garbage inside is complained of", async () => {
    const spoiled = join(strange, "spoiled.mp4");
    const noise = ["-c", "copy", "-bsf:v", "noise=amount=200", spoiled];
    execFileSync("ffmpeg", ["-v", "error", "-y", "-i", film, ...noise]);
    const examined = await examineClip(spoiled, [], strange);
    if (examined.ok) expect(examined.value.complaints + 75 - examined.value.pts.length).toBeGreaterThan(0);
    else expect(examined.problems.map(({ code }) => code)).toEqual(["VIDEO_UNREADABLE"]);
    writeFileSync(spoiled, "no clip");
    expect(await examineClip(spoiled, [], strange)).toMatchObject({ problems: [{ code: "VIDEO_UNREADABLE" }] });
  });

  test("gets its overlay in a copy, and tells how far it is", async () => {
    const overlay = join(strange, "film.ass");
    writeFileSync(overlay, overlayDocument([{ from_s: 1, to_s: 2, text: "Nguyễn Văn Linh\n07:00:01.04" }], size));
    expect(burnFilter(overlay)).not.toContain(overlay);
    const shares: number[] = [];
    const out = join(strange, "view.mp4");
    need(await burnIn({ file: film, out, overlay, onProgress: (share) => shares.push(share) }));
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    const { pts, pictures } = need(await examineClip(out, [10 * tick, 30 * tick], strange));
    expect(pts).toHaveLength(75);
    /** Letters are white on a dark bar: at the lower left no column of the film is left as it was. */
    const corner = async (time: number): Promise<number> => {
      const area = { left: 0, top: 110, width: 120, height: 34 };
      const cut = await sharp(pictures.get(time)).extract(area).greyscale().toBuffer();
      return (await sharp(cut).stats()).channels[0]?.stdev ?? 0;
    };
    expect(await corner(10 * tick)).toBeGreaterThan(60);
    const still = join(strange, "view.jpg");
    need(await burnIn({ file: pictures.get(10 * tick) ?? "", out: still, overlay }));
    expect((await sharp(still).metadata()).format).toBe("jpeg");
    expect(await burnIn({ file: join(strange, "none.mp4"), out, overlay })).toMatchObject({ ok: false });
  });

  test("is marked where somebody is, in brackets that hide nothing of him", async () => {
    const [plain, overlay, out] = ["plain.png", "mark.ass", "marked.jpg"].map((name) => join(strange, name)) as [
      string,
      string,
      string,
    ];
    const { width_px: width, height_px: height } = size;
    await sharp({ create: { width, height, channels: 3, background: "#404040" } })
      .png()
      .toFile(plain);
    const mark = [100, 30, 60, 40] as const;
    writeFileSync(overlay, overlayDocument([{ from_s: 0, to_s: 1, text: "", mark }], size));
    need(await burnIn({ file: plain, out, overlay }));
    const part = async (left: number, top: number, across: number, down: number) =>
      (await sharp(await sharp(out).extract({ left, top, width: across, height: down }).toBuffer()).stats()).channels;
    for (const { stdev } of await part(102, 32, 56, 36)) expect(stdev).toBeLessThan(6);
    const [red = 0, green = 0, blue = 0] = (await part(98, 27, 10, 2)).map(({ mean }) => mean);
    expect([red > 150, green > 130, blue < 110]).toEqual([true, true, true]);
  });

  test("gives crops that lie in the picture", async () => {
    const { pictures } = need(await examineClip(film, [0], strange));
    const out = join(strange, "crop.jpg");
    expect(need(await cropPicture(pictures.get(0) ?? "", [-3.5, 100.2, 40, 80], out))).toEqual([0, 100, 37, 44]);
    expect(await sharp(out).metadata()).toMatchObject({ width: 37, height: 44 });
    expect(await cropPicture(film, [0, 0, 9, 9], out)).toMatchObject({ problems: [{ code: "PICTURE_UNREADABLE" }] });
  });
});
