/**
 * Cases with sealed evidence for tests of the review page: a drawn street on which a rider runs a red light. Every picture
 * of the clip bears its own number in black and white bars, so that a test can tell which one is on the screen.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { signingKey } from "../../api/evidence/keys.ts";
import { type FileToSeal, sealPackage } from "../../api/evidence/seal-package.ts";
import type { Detection } from "../../core/cases/detection.ts";
import { SERVICE } from "../../core/cases/states.ts";
import type { CasePlate, CaseStore } from "../../core/ports/cases.ts";
import { need } from "./data-folder.ts";
import { CAMERA } from "./front-door.ts";

export const PLATE = "43A12345";
const [width, height] = [960, 540];
const frames_per_s = 25;
const pictures = 150;
/** Of the picture at which the rider's front wheel is on the line. */
export const actFrame = 75;
const act_s = actFrame / frames_per_s;
const red_for_s = 1.42;

const [bits, bar, strip] = [8, 24, 20];

/** Bars of eight bits in the top left corner. */
const numberBars = (number: number): string =>
  Array.from({ length: bits }, (_, bit) => {
    const fill = (number >> bit) & 1 ? "#fff" : "#000";
    return `<rect x="${bit * bar}" width="${bar}" height="${strip}" fill="${fill}"/>`;
  }).join("");

/** Run in the page: the number in the picture that its video shows. */
export const shownNumber = `(() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: ${width}, height: ${height} });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(document.querySelector("video"), 0, 0, ${width}, ${height});
  const bit = (n) => (context.getImageData(n * ${bar} + ${bar / 2}, ${strip / 2}, 1, 1).data[0] > 128 ? 1 << n : 0);
  return Array.from({ length: ${bits} }, (_, n) => bit(n)).reduce((sum, each) => sum + each, 0);
})()`;

const vehicle = (x: number, y: number, w: number, h: number, fill: string): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${Math.min(w, h) / 4}" fill="${fill}"/>`;

function streetAt(frame: number): string {
  const red = frame >= actFrame - red_for_s * frames_per_s;
  const x = 610 + (frame - actFrame) * 5;
  const rider = `${vehicle(x - 78, 352, 78, 26, "#b5483a")}<circle cx="${x - 40}" cy="344" r="15" fill="#e8c08f"/>
    <circle cx="${x - 66}" cy="382" r="13" fill="#1d1f20"/><circle cx="${x - 12}" cy="382" r="13" fill="#1d1f20"/>`;
  const lamp = (y: number, fill: string, lit: boolean): string =>
    `<circle cx="716" cy="${y}" r="15" fill="${lit ? fill : "#33393b"}"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="#8aa07e"/><rect y="190" width="${width}" height="260" fill="#4d5357"/>
    <rect x="760" width="170" height="${height}" fill="#4d5357"/>
    <path d="M0 320H600" stroke="#e6e6de" stroke-width="5" stroke-dasharray="44 34"/>
    <rect x="606" y="196" width="9" height="248" fill="#f4f4ec"/>
    ${vehicle(430, 222, 160, 74, "#5f7186")}${vehicle(200, 226, 150, 70, "#8c8a72")}${rider}
    <rect x="694" y="60" width="44" height="126" rx="10" fill="#15191a"/>
    ${lamp(84, "#ff4b3e", red)}${lamp(123, "#ffc33a", !red)}${lamp(162, "#37d67a", false)}${numberBars(frame)}</svg>`;
}

const plateDrawn = `<svg xmlns="http://www.w3.org/2000/svg" width="220" height="150"><rect width="220" height="150" rx="12"
  fill="#f4f4f0"/><g font-family="DejaVu Sans" font-weight="bold" font-size="52" text-anchor="middle" fill="#16181a">
  <text x="110" y="64">43-A1</text><text x="110" y="126">23.45</text></g></svg>`;

/** As cameras send them: of every three pictures one comes soon after the one before, 54, 54 and 12 ms apart. */
const uneven = [
  ...["-vf", `settb=1/1000,setpts='(N+0.35*mod(N\\,3))/${frames_per_s}/TB'`],
  ...["-fps_mode", "passthrough", "-enc_time_base", "1:1000"],
];

/** The files of a package, made once for all cases. */
export async function drawEvidence(folder: string): Promise<readonly FileToSeal[]> {
  mkdirSync(folder, { recursive: true });
  const path = (name: string): string => join(folder, name);
  const frames: Buffer[] = [];
  for (let frame = 0; frame < pictures; frame += 1) {
    frames.push(
      await sharp(Buffer.from(streetAt(frame)))
        .removeAlpha()
        .raw()
        .toBuffer(),
    );
  }
  const input = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", `${width}x${height}`, "-r", `${frames_per_s}`, "-i", "-"];
  const coding = [
    "-c:v",
    "libx264",
    "-preset",
    "veryfast",
    "-g",
    "25",
    "-pix_fmt",
    "yuv420p",
    "-movflags",
    "+faststart",
  ];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...input, ...uneven, ...coding, path("clip.mp4")], {
    input: Buffer.concat(frames),
  });
  const stills = { a: 40, b: actFrame, c: 110 };
  for (const [label, frame] of Object.entries(stills)) {
    await sharp(Buffer.from(streetAt(frame)))
      .jpeg({ quality: 85 })
      .toFile(path(`still-${label}.jpg`));
  }
  await sharp(Buffer.from(plateDrawn)).jpeg().toFile(path("plate.jpg"));

  const from = (frame: number, step: string) => ({ name: "clip.mp4", frame, steps: [step] });
  const sealed = (name: string, role: FileToSeal["role"], made_from: FileToSeal["made_from"], source = name) => ({
    path: path(source),
    name,
    role,
    made_from,
  });
  return [
    sealed("clip.mp4", "clip", null),
    sealed("plate.jpg", "plate", from(actFrame, "cropped")),
    sealed("view.mp4", "derived", from(0, "blurred"), "clip.mp4"),
    ...Object.entries(stills).flatMap(([label, frame]) => [
      sealed(`still-${label}.jpg`, "still", from(frame, "decoded")),
      sealed(`view-${label}.jpg`, "derived", from(frame, "blurred"), `still-${label}.jpg`),
    ]),
  ];
}

/** A sample of the lamps four times a second: green, yellow, and red for `red_for_s` at the act. */
function samplesAround(at_ms: number): NonNullable<Detection["signal"]>["samples"] {
  return Array.from({ length: 28 }, (_, index) => {
    const offset_ms = -4000 + index * 250;
    const state = offset_ms < -3000 ? "green" : offset_ms < -red_for_s * 1000 ? "yellow" : "red";
    return { at_ms: at_ms + offset_ms, state, reply_sha256: "0".repeat(64) };
  });
}

function detectionAt(at_ms: number, track: number, more: Partial<Detection>): Detection {
  return {
    camera: CAMERA,
    intersection: "ham-nghi",
    lane: "hn-eb-1",
    rule: { id: "red_light", place: "red-eastbound", version: 1, thresholds: { grace_s: 0.5 } },
    track,
    class: "motorcycle",
    at_ms,
    uncertainty_ms: 40,
    measured: { red_for_s, gone_m: 8.24 },
    session_ms: at_ms - 60_000,
    points: [{ at_ms, pts_s: 60, box: [0.55, 0.6, 0.1, 0.12] }],
    signal: { controller: "controller-ham-nghi", phase: 2, samples: samplesAround(at_ms) },
    calibration: { id: "ham-nghi-2026-11", reprojection_error_px: 1.3 },
    clock: { source: "ntp", offset_ms: 4, uncertainty_ms: 12, checked_at_ms: at_ms - 5000 },
    models: [{ name: "street-640", sha256: "1".repeat(64) }],
    staged: true,
    ...more,
  };
}

/** Sure of all but one character. */
const plate: CasePlate = {
  text: PLATE,
  confidence: 0.94,
  country: "vn",
  frames: 12,
  agreeing: 10,
  votes: [...PLATE].map((symbol, place) => ({ symbol, share: place === 6 ? 0.67 : 0.98 })),
};

export interface StagedCase {
  readonly id: string;
  readonly at_ms: number;
  /** A second review, whatever the first says. */
  readonly sampled?: boolean;
  readonly plate?: Partial<CasePlate>;
  readonly detection?: Partial<Detection>;
}

export interface Desk {
  readonly cases: CaseStore;
  /** Of the sealed packages. */
  readonly evidence: string;
  readonly files: readonly FileToSeal[];
  readonly keys: string;
}

/** The case as the service would have left it for the first reviewer: detected, its evidence sealed, screened. */
export async function stageCase({ cases, evidence, files, keys }: Desk, staged: StagedCase): Promise<void> {
  const { id, at_ms } = staged;
  const detection = detectionAt(at_ms, at_ms % 1000, staged.detection ?? {});
  const { camera, intersection, lane, rule, uncertainty_ms, measured, points, ...seen } = detection;
  await cases.open(id, detection, staged.sampled ?? false, at_ms + 3000);
  let manifest_sha256 = "";
  const sealed = need(
    await sealPackage({
      folder: join(evidence, id),
      files,
      clip: "clip.mp4",
      atOfPts: (pts_s) => at_ms + (pts_s - act_s) * 1000,
      gaps: [],
      about: {
        case_id: id,
        edition: 1,
        supersedes: null,
        site: "da-nang",
        camera: { id: camera, intersection, lane },
        rule,
        models: [...seen.models],
        calibration: seen.calibration,
        event: { at_ms, uncertainty_ms, measured, staged: seen.staged },
        clock: seen.clock,
        signal: seen.signal,
        track: {
          class: seen.class,
          points: points.map(({ box: [x, y, w, h] }) => ({ at_ms, x: x + w / 2, y: y + h })),
        },
        plate: { text: PLATE, confidence: plate.confidence },
        sealed_at_ms: at_ms + 8000,
      },
      keys: [await signingKey(keys)],
      record: async (hash) => {
        manifest_sha256 = hash;
        await cases.record(id, "sealed", { case_id: id, edition: 1, manifest_sha256: hash }, at_ms + 8000);
        return cases.log(id);
      },
    }),
  );
  const bytes = sealed.files.reduce((sum, file) => sum + file.bytes, 0);
  const read = { ...plate, ...staged.plate };
  await cases.setEvidence(id, { state: "ready", manifest_sha256, edition: 1, bytes }, read, at_ms + 8000);
  const screened = { kind: "screened", by: SERVICE, at_ms: at_ms + 9000, protected_as: null } as const;
  need(await cases.step(id, screened, 1));
}
