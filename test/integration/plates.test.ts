import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "../../detectors/detect/picture.ts";
import { type PicturePlates, platesInImages, readVehiclePlate } from "../../detectors/index.ts";
import { type DrawnPlate, plateScene, type View } from "../../detectors/training/plates/plate-scenes.ts";
import { missing, sharedFolder } from "../support/peers.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "greenwave-plates-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const asphalt: Picture = { rgb: new Uint8Array(960 * 540 * 3).fill(96), width: 960, height: 540 };

async function drawn(name: string, plate: DrawnPlate, view: View): Promise<string> {
  const { picture } = await plateScene(plate, view, asphalt);
  const { rgb, width, height } = picture;
  const file = join(folder, `${name}.png`);
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
  return file;
}

const texts = (pictures: readonly PicturePlates[]): string[][] =>
  pictures.map(({ plates }) => plates.map(({ text }) => text));

const europe = { width_mm: 520, height_mm: 110 } as const;
const motorcycle = { width_mm: 190, height_mm: 140 } as const;
const angled: View = { height_px: 44, turn: 0.08, shear: 0.1, convergence: 0.08, blur_px: 0.8, noise: 8 };

describe("reading the plate of one vehicle", () => {
  const plate: DrawnPlate = { ...motorcycle, rows: ["60-B9", "339.94"] };
  const box = [0.3, 0.1, 0.4, 0.7] as const;

  it("votes over its pictures and shows where the plate is seen best", async () => {
    const sizes = [40, 90, 60];
    const paths = await Promise.all(
      sizes.map((height_px, i) => drawn(`vehicle-${i}`, plate, { ...angled, height_px, blur_px: 1.2 })),
    );
    const read = await readVehiclePlate({ country: "vn", frames: paths.map((path) => ({ path, box })) });
    expect(read).toMatchObject({ ok: true, value: { plate: { text: "60B933994", country: "vn", frames: 3 } } });
    const crop = read.ok ? read.value?.crop : undefined;
    const [x = 0, y = 0, w = 0, h = 0] = crop?.box ?? [];
    expect(crop?.frame).toBe(1);
    expect(x < 440 && x + w > 520 && y < 240 && y + h > 300 && w < 200 && h < 160).toBe(true);
  });

  it("sees no plate on a bare vehicle, and says which picture it could not open", async () => {
    const bare = await drawn("bare", { ...motorcycle, rows: [""] }, { height_px: 90 });
    expect(await readVehiclePlate({ country: "vn", frames: [{ path: bare, box }] })).toEqual({ ok: true, value: null });
    const path = join(folder, "gone.png");
    const failed = await readVehiclePlate({ country: "vn", frames: [{ path, box }] });
    expect(failed).toMatchObject({ ok: false, problems: [{ code: "PICTURE_MISSING", words: { file: path } }] });
  });
});

describe("reading drawn plates", () => {
  it("reads those of many countries at an angle, and says whose they are", async () => {
    const plates: readonly (readonly [string, string, DrawnPlate, View])[] = [
      ["51H32116", "vn", { ...europe, rows: ["51H-321.16"] }, angled],
      ["43A12345", "vn", { ...europe, rows: ["43A-123.45"], ground: "#f0bb1c" }, angled],
      ["75H135792", "vn", { ...motorcycle, rows: ["75-H1", "357.92"] }, { ...angled, height_px: 90 }],
      ["TR95XMI", "ro", { ...europe, rows: ["TR 95 XMI"], band: "RO" }, angled],
      ["1234BCD", "es", { ...europe, rows: ["1234 BCD"], band: "E" }, angled],
      ["ABC1D23", "br", { width_mm: 400, height_mm: 130, rows: ["ABC1D23"], heading: "BRASIL" }, angled],
      // The strip tells that the fifth sign is a letter, whatever it looks like.
      ["HGI9D32", "br", { width_mm: 400, height_mm: 130, rows: ["HGI9D32"], strip: "BRASIL" }, angled],
      ["BRA9262", "br", { width_mm: 200, height_mm: 170, rows: ["BRA", "9262"] }, { ...angled, height_px: 90 }],
      [
        "7KLM234",
        "us",
        { width_mm: 305, height_mm: 152, rows: ["7KLM234"], heading: "CALIFORNIA" },
        { ...angled, height_px: 70 },
      ],
    ];
    const images = await Promise.all(plates.map(([text, , plate, view]) => drawn(text, plate, view)));
    const { pictures, problems } = await platesInImages({ images });
    expect(problems).toEqual([]);
    expect(pictures.map(({ plates: read }) => read.map(({ text, country }) => [text, country]))).toEqual(
      plates.map(([text, country]) => [[text, country]]),
    );
    expect(pictures.map(({ image }) => image)).toEqual(images);
    for (const { layout, confidence, box } of pictures.flatMap(({ plates: read }) => read)) {
      expect(["one-line", "two-line"]).toContain(layout);
      expect(confidence).toBeGreaterThan(0.5);
      const [x, y, w, h] = box;
      expect(x < 480 && x + w > 480 && y < 270 && y + h > 270).toBe(true);
    }
  });

  it("gives no text for a plate that is too blurred, cut off, or no plate at all", async () => {
    const plate: DrawnPlate = { ...europe, rows: ["51H-321.16"] };
    const blurred = await drawn("blurred", plate, { height_px: 18, blur_px: 3.2, noise: 20 });
    const whole = await drawn("whole", plate, { height_px: 60 });
    const cut = join(folder, "cut.png");
    await sharp(whole).extract({ left: 400, top: 0, width: 560, height: 540 }).png().toFile(cut);
    const brand = await drawn("brand", { ...europe, rows: ["HONDA"] }, { height_px: 44 });
    const phone = await drawn("phone", { ...europe, rows: ["0905 123 456"] }, { height_px: 44 });
    const { pictures } = await platesInImages({ images: [blurred, cut, brand, phone], country: "vn" });
    expect(texts(pictures)).toEqual([[], [], [], []]);
    expect(pictures[1]?.unreadable).toHaveLength(1);
  });
});

describe("reading picture files", () => {
  it("answers in the order asked, and names each picture that cannot be read", async () => {
    const [broken, gone, empty] = [join(folder, "broken.jpg"), join(folder, "gone.png"), join(folder, "empty.png")];
    await writeFile(broken, "no picture");
    await sharp({ create: { width: 160, height: 90, channels: 3, background: "#777" } }).toFile(empty);
    const { pictures, problems } = await platesInImages({ images: [empty, broken, gone] });
    expect(pictures).toEqual([{ image: empty, plates: [], unreadable: [] }]);
    expect(problems.map(({ code }) => code)).toEqual(["PICTURE_UNREADABLE", "PICTURE_MISSING"]);
  });

  it("knows no plates of a country that is not on the list", async () => {
    const { problems } = await platesInImages({ images: ["x.png"], country: "zz" });
    expect(problems.map(({ code }) => code)).toEqual(["PLATE_COUNTRY_UNKNOWN"]);
  });

  it("ends the process and says so when it is stopped", async () => {
    const { problems } = await platesInImages({ images: ["x.png"], stop: AbortSignal.abort() });
    expect(problems.map(({ code }) => code)).toEqual(["PLATE_READING_STOPPED"]);
  });
});

interface Truth {
  readonly images: readonly string[];
  /** What should be read in each picture. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
}

async function truthOf(set: string, column: number): Promise<Truth> {
  const at = join(sharedFolder, "data/vision", set);
  const rows = (await readFile(join(at, "ground_truth.csv"), "utf8")).trim().split("\n").slice(1);
  const found = new Map<string, string[]>();
  for (const cells of rows.map((row) => row.split(","))) {
    const file = join(at, cells[0] ?? "");
    found.set(file, [...(found.get(file) ?? []), ...(cells[column] === "" ? [] : [cells[column] ?? ""])]);
  }
  return { images: [...found.keys()], texts: found };
}

const right = ({ texts: wanted }: Truth, pictures: readonly PicturePlates[]): number =>
  pictures.reduce((sum, { image, plates }) => {
    const read = plates.map(({ text }) => text);
    return sum + (wanted.get(image) ?? []).filter((text) => read.includes(text)).length;
  }, 0);

describe.skipIf(missing("shared data"))("reading real plates", () => {
  it("reads Vietnamese plates on cars and motorcycles, and nothing else", async () => {
    const truth = await truthOf("plates-vn", 3);
    const { pictures } = await platesInImages({ images: truth.images, country: "vn" });
    expect(right(truth, pictures)).toBe(13);
    expect(pictures.reduce((sum, { plates }) => sum + plates.length, 0)).toBe(13);
  });

  it("reads Romanian plates at dusk without being told the country", async () => {
    const truth = await truthOf("plates-ro", 5);
    const { pictures } = await platesInImages({ images: truth.images });
    expect(right(truth, pictures)).toBe(17);
    // Three more plates are annotated there without their text.
    expect(pictures.reduce((sum, { plates }) => sum + plates.length, 0)).toBeLessThanOrEqual(20);
  });
});
