/** The reader on plates that were drawn into pictures of real streets: what it makes of each, and what its belief was. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { ReadingEvidence } from "../../../core/plates/confidence.ts";
import { regionsOf } from "../../../core/plates/countries/regions.ts";
import type { Picture } from "../../detect/picture.ts";
import { PlateReader } from "../../plates/plate-reader.ts";
import { boundsOf, type Quad } from "../../plates/quad.ts";
import type { PlateReading } from "../../plates/reading.ts";
import { between, type Chance, pick, seededChance } from "./chance.ts";
import { type MadePlate, madePlate } from "./plate-kinds.ts";
import { plateScene, type Scene, type View } from "./plate-scenes.ts";

export interface Trial {
  readonly seed: number;
  readonly kind: string;
  readonly text: string;
  /** Of a character, pixels. */
  readonly character_px: number;
  /** `missed`: nothing was found where the plate is. */
  readonly outcome: "right" | "wrong" | "unreadable" | "missed";
  readonly read: string | null;
  readonly raw: string | null;
  readonly confidence: number;
  readonly evidence: ReadingEvidence | null;
  /** Texts that were read elsewhere in the picture. */
  readonly elsewhere: readonly string[];
}

export interface TrialOptions {
  /** Folder of pictures of streets, JPEG or PNG. */
  readonly streets: string;
  /** Numbers of the first trial and of the one behind the last. */
  readonly from: number;
  readonly to: number;
  /** Families of installed fonts; plates are drawn in these and in strokes. */
  readonly fonts: readonly string[];
  /** Tell the reader the country. */
  readonly told: boolean;
  /** Least and most height of a character, pixels. */
  readonly characters_px: readonly [number, number];
}

const scene_px = { width: 960, height: 540 } as const;
/** Of a plate's height its characters take so much, with one row and with two. */
const characterShare = { one: 0.68, two: 0.36, underHeading: 0.47 } as const;

export async function* drawnTrials(options: TrialOptions): AsyncGenerator<Trial> {
  const everywhere = await PlateReader.open({ threads: 1, regions: regionsOf() ?? [] });
  for (let seed = options.from; seed < options.to; seed++) {
    const { plate, character_px, ...scene } = await trialScene(seed, options);
    const reader = options.told ? everywhere.expecting(regionsOf(plate.country) ?? []) : everywhere;
    const { readings } = await reader.read(scene.picture, [vehicleAround(scene.quad)]);
    yield judged(seed, plate, character_px, scene, readings);
  }
  await everywhere.close();
}

/** What is drawn in one trial: the same at every run. */
export async function trialScene(
  seed: number,
  { streets, fonts, characters_px }: Pick<TrialOptions, "streets" | "fonts" | "characters_px">,
): Promise<Scene & { readonly plate: MadePlate; readonly character_px: number }> {
  const pictures = readdirSync(streets).filter((name) => /\.(jpe?g|png)$/i.test(name));
  const chance = seededChance(seed);
  const plate = madePlate(chance);
  const character_px = Math.exp(between(chance, ...bounds(characters_px)));
  const street = await streetPart(join(streets, pick(chance, pictures.toSorted())), chance);
  return { plate, character_px, ...(await drawnScene(plate, character_px, street, chance, fonts)) };
}

/** The box in which a detector would see the vehicle that bears the plate: three plates wide, five high. */
function vehicleAround(quad: Quad): [number, number, number, number] {
  const [x, y, w, h] = boundsOf([quad]);
  return [x - w, y - 3.5 * h, 3 * w, 5 * h];
}

const bounds = ([least, most]: readonly [number, number]): [number, number] => [Math.log(least), Math.log(most)];

async function streetPart(file: string, chance: Chance): Promise<Picture> {
  const { width, height } = await sharp(file).metadata();
  const scale = Math.max(scene_px.width / width, scene_px.height / height) * between(chance, 1, 1.6);
  const { data, info } = await sharp(file)
    .resize(Math.ceil(width * scale), Math.ceil(height * scale))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const left = Math.floor(chance() * (info.width - scene_px.width));
  const top = Math.floor(chance() * (info.height - scene_px.height));
  const rgb = await sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
    .extract({ left, top, ...scene_px })
    .raw()
    .toBuffer();
  return { rgb, ...scene_px };
}

async function drawnScene(
  plate: MadePlate,
  character_px: number,
  street: Picture,
  chance: Chance,
  fonts: readonly string[],
): Promise<Scene> {
  const font = pick(chance, [null, ...fonts]);
  const drawn = font === null ? plate.drawn : { ...plate.drawn, font };
  const { rows, heading, strip } = plate.drawn;
  const oneRow = heading === undefined && strip === undefined ? characterShare.one : characterShare.underHeading;
  const share = rows.length > 1 ? characterShare.two : oneRow;
  const { picture, quad } = await plateScene(drawn, seen(chance, character_px, character_px / share), street);
  const quality = Math.round(between(chance, 40, 95));
  const { data } = await sharp(picture.rgb, { raw: { width: picture.width, height: picture.height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer()
    .then((file) => sharp(file).raw().toBuffer({ resolveWithObject: true }));
  return { picture: { ...picture, rgb: data }, quad };
}

/** One picture in four is taken at night: dim and noisy. */
function seen(chance: Chance, character_px: number, height_px: number): View {
  const night = chance() < 0.25;
  return {
    height_px,
    turn: between(chance, -0.12, 0.12),
    shear: between(chance, -0.2, 0.2),
    convergence: between(chance, -0.12, 0.12),
    blur_px: (chance() * character_px) / 9,
    brightness: night ? between(chance, 0.3, 0.6) : between(chance, 0.7, 1.15),
    noise: between(chance, 0, night ? 18 : 10),
  };
}

function judged(
  seed: number,
  { kind, text }: MadePlate,
  character_px: number,
  { quad }: Scene,
  readings: readonly PlateReading[],
): Trial {
  const middle = { x: (quad[0].x + quad[2].x) / 2, y: (quad[0].y + quad[2].y) / 2 };
  const isThere = ({ box: [x, y, w, h] }: PlateReading): boolean =>
    middle.x > x && middle.x < x + w && middle.y > y - h / 2 && middle.y < y + 1.5 * h;
  const own = readings.find(isThere);
  const elsewhere = readings.filter((each) => each !== own && each.readable).map((each) => each.text);
  const told = { seed, kind, text, character_px, elsewhere };
  if (own === undefined) return { ...told, outcome: "missed", read: null, raw: null, confidence: 0, evidence: null };
  const { text: read, raw, confidence, evidence } = own;
  const outcome = own.readable ? (read === text ? "right" : "wrong") : "unreadable";
  return { ...told, outcome, read, raw, confidence, evidence };
}
