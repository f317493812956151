import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { Picture } from "../../../detectors/detect/picture.ts";
import { lookScore, plateLook } from "../../../detectors/plates/plate-look.ts";
import { part } from "../../../detectors/plates/quad.ts";
import { type DrawnPlate, plateScene } from "../../../detectors/training/plates/plate-scenes.ts";
import { strokedText } from "../../../detectors/training/plates/plate-strokes.ts";

const car: DrawnPlate = { rows: ["51H-321.16"], width_mm: 520, height_mm: 110 };
const street: Picture = { rgb: new Uint8Array(640 * 360 * 3).fill(120), width: 640, height: 360 };

/** The text of a one-line plate inside its quad. */
const text = (quad: Parameters<typeof part>[0]) => part(quad, 0.04, 0.15, 0.96, 0.85);

describe("the look of a plate", () => {
  it("has a rim, an even ground and signs that stand out", async () => {
    const { picture, quad } = await plateScene(car, { height_px: 40, turn: 0.05, noise: 6 }, street);
    const look = plateLook(picture, [text(quad)]);
    expect(look.rim).toBeGreaterThan(0.8);
    expect(look.ends).toBeGreaterThan(0.6);
    expect(look.darkSigns).toBe(true);
    expect(look.twoTone).toBeGreaterThan(0.7);
    expect(Math.min(...look.ground)).toBeGreaterThan(200);
  });

  it("speaks against lettering on a plain side", async () => {
    const box = { x: 200, y: 150, width: 240, height: 40 };
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">${strokedText("51H-321.16", box, "#222")}</svg>`;
    const side = sharp(Buffer.from(svg)).flatten({ background: "#f2f2f0" }).removeAlpha();
    const picture: Picture = { rgb: await side.raw().toBuffer(), width: 640, height: 360 };
    const lettering = plateLook(picture, [
      [
        { x: 194, y: 144 },
        { x: 446, y: 144 },
        { x: 446, y: 196 },
        { x: 194, y: 196 },
      ],
    ]);
    const scene = await plateScene(car, { height_px: 40 }, street);
    expect(lookScore(lettering)).toBeLessThan(lookScore(plateLook(scene.picture, [text(scene.quad)])) - 1);
  });

  it("tells white signs on a coloured ground", async () => {
    const state: DrawnPlate = { ...car, ground: "#1442a0", ink: "#ffffff" };
    const { picture, quad } = await plateScene(state, { height_px: 40 }, street);
    const { darkSigns, ground } = plateLook(picture, [text(quad)]);
    expect(darkSigns).toBe(false);
    expect(ground[2]).toBeGreaterThan(ground[0] + 60);
  });
});
