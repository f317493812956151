/**
 * The time-space diagram as SVG: time to the right, the street upwards, a bar of lights at each signal, and the bands
 * between them. No fonts, scripts or files from elsewhere: it looks the same in a browser, a report and a picture.
 */
import type { Language } from "../problems/problem.ts";
import type { ShownBand, ShownGreen, ShownSignal, TimeSpacePicture } from "./picture.ts";
import { type Frame, frameOf, heights, number, text, ticks } from "./sheet.ts";
import { type DiagramWords, diagramWords } from "./words.ts";

export interface DiagramOptions {
  readonly language?: Language;
  /** How often the cycle is shown; 2 unless said. */
  readonly cycles?: number;
  readonly width_px?: number;
}

const colour = {
  green: "#1a9850",
  red: "#d73027",
  outbound: "#2166ac",
  inbound: "#e08214",
  ink: "#222222",
  faint: "#dddddd",
  vehicle: "#444444",
} as const;

/** Of one bar; a signal has two, one above its line and one below. */
const BAR_PX = 5;

export function timeSpaceSvg(picture: TimeSpacePicture, options: DiagramOptions = {}): string {
  const { language = "en", cycles = 2, width_px = 1000 } = options;
  const words = diagramWords[language];
  const frame = frameOf(picture, cycles, width_px);
  const y = heights(picture.signals, frame);
  const body = [
    grid(frame, picture, words),
    clipped(frame, [
      ...bandShapes(picture.outbound, y, frame, picture.cycle_s, colour.outbound),
      ...bandShapes(picture.inbound, y, frame, picture.cycle_s, colour.inbound),
      ...picture.signals.flatMap((signal, i) => bars(signal, y[i] ?? 0, frame, picture.cycle_s)),
      ...trajectories(picture, y, frame),
    ]),
    ...picture.signals.map((signal, i) =>
      labels(signal, y[i] ?? 0, frame, { words, unit: picture.scale === "driving_time" ? "s" : "m" }),
    ),
    legend(picture, frame, words),
  ];
  const size = `width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="sans-serif" font-size="13">`,
    `<title>${text(picture.title)}</title>`,
    `<rect width="${frame.width}" height="${frame.height}" fill="white"/>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

function clipped({ left, top, right, bottom }: Frame, shapes: readonly string[]): string {
  const area = `x="${left}" y="${top - BAR_PX}" width="${number(right - left)}" height="${number(bottom - top + 2 * BAR_PX)}"`;
  return `<clipPath id="street"><rect ${area}/></clipPath>\n<g clip-path="url(#street)">\n${shapes.join("\n")}\n</g>`;
}

function grid(frame: Frame, { cycle_s, title, scale }: TimeSpacePicture, words: DiagramWords): string {
  const { left, right, top, bottom, shown_s, x } = frame;
  const lines = ticks(shown_s).map((at_s) => {
    const at = number(x(at_s));
    const stroke = `stroke="${colour.faint}"`;
    return (
      `<line x1="${at}" y1="${top}" x2="${at}" y2="${bottom}" ${stroke}/>` +
      `<text x="${at}" y="${bottom + 22}" text-anchor="middle" fill="${colour.ink}">${number(at_s)}</text>`
    );
  });
  const cycles = Array.from({ length: Math.floor(shown_s / cycle_s + 1e-9) + 1 }, (_, k) => number(x(k * cycle_s)));
  const marks = cycles.map(
    (at) => `<line x1="${at}" y1="${top}" x2="${at}" y2="${bottom}" stroke="#999999" stroke-dasharray="4 4"/>`,
  );
  const middle = number((left + right) / 2);
  return [
    `<text x="${left}" y="26" font-size="17" font-weight="bold" fill="${colour.ink}">${text(title)}</text>`,
    ...lines,
    ...marks,
    `<text x="${middle}" y="${bottom + 42}" text-anchor="middle" fill="${colour.ink}">${words.time}</text>`,
    `<text x="${left - 8}" y="${top - 20}" text-anchor="end" font-size="11" fill="#666666">${scale === "driving_time" ? words.drivingTime : words.distance}</text>`,
  ].join("\n");
}

/** Red all along, greens on it: outbound above the signal's line, inbound below. */
function bars({ outbound, inbound }: ShownSignal, y: number, frame: Frame, cycle_s: number): readonly string[] {
  const { left, right } = frame;
  const bar = (at: number, greens: readonly ShownGreen[]): readonly string[] => [
    `<rect x="${left}" y="${number(at)}" width="${number(right - left)}" height="${BAR_PX}" fill="${colour.red}"/>`,
    ...greens.flatMap(({ from_s, to_s }) =>
      repeats(from_s, to_s, cycle_s, frame.shown_s).map(([from, to]) => {
        const width = number(frame.x(to) - frame.x(from));
        return `<rect x="${number(frame.x(from))}" y="${number(at)}" width="${width}" height="${BAR_PX}" fill="${colour.green}"/>`;
      }),
    ),
  ];
  return [...bar(y - BAR_PX - 0.5, outbound), ...bar(y + 0.5, inbound)];
}

/** Every copy of a span that shows, cut to what is shown. */
function repeats(
  from_s: number,
  to_s: number,
  cycle_s: number,
  shown_s: number,
): readonly (readonly [number, number])[] {
  const copies: (readonly [number, number])[] = [];
  for (let k = Math.floor(-to_s / cycle_s) + 1; from_s + k * cycle_s < shown_s; k++) {
    const [from, to] = [Math.max(0, from_s + k * cycle_s), Math.min(shown_s, to_s + k * cycle_s)];
    if (to - from > 1e-9) copies.push([from, to]);
  }
  return copies;
}

function bandShapes(
  band: ShownBand | null,
  y: readonly number[],
  frame: Frame,
  cycle_s: number,
  fill: string,
): string[] {
  if (band === null || band.passes_s.length < 2) return [];
  const { passes_s, width_s } = band;
  const [first, last] = [Math.min(...passes_s), Math.max(...passes_s) + width_s];
  const shapes: string[] = [];
  for (let k = Math.floor(-last / cycle_s) + 1; first + k * cycle_s < frame.shown_s; k++) {
    const point = (at_s: number, i: number): string => `${number(frame.x(at_s + k * cycle_s))},${number(y[i] ?? 0)}`;
    const there = passes_s.map((at_s, i) => point(at_s, i));
    const back = passes_s.map((at_s, i) => point(at_s + width_s, i)).toReversed();
    const points = [...there, ...back].join(" ");
    shapes.push(`<polygon points="${points}" fill="${fill}" fill-opacity="0.28" stroke="${fill}"/>`);
  }
  return shapes;
}

function trajectories({ signals, trajectories: driven = [] }: TimeSpacePicture, y: readonly number[], frame: Frame) {
  const places = signals.map(({ at_m }, i) => ({ at_m, y: y[i] ?? 0 }));
  return driven.map(({ points }) => {
    const line = points.map(({ at_s, at_m }) => `${number(frame.x(at_s))},${number(between(places, at_m))}`).join(" ");
    return `<polyline points="${line}" fill="none" stroke="${colour.vehicle}" stroke-width="1"/>`;
  });
}

/** Height of a place between two signals; beyond the ends that of the end. */
function between(places: readonly { readonly at_m: number; readonly y: number }[], at_m: number): number {
  const next = places.findIndex((place) => place.at_m >= at_m);
  const [after, before] = [places[next], places[next - 1]];
  if (after === undefined) return places.at(-1)?.y ?? 0;
  if (before === undefined || after.at_m === before.at_m) return after.y;
  return before.y + ((after.y - before.y) * (at_m - before.at_m)) / (after.at_m - before.at_m);
}

/** Letters of a name for which there is room. */
const MOST_LETTERS = 24;

/** Name over place to the left, offset to the right. */
interface Labelling {
  readonly words: DiagramWords;
  readonly unit: "m" | "s";
}

function labels({ name, at_m, offset_s }: ShownSignal, y: number, { left, right }: Frame, how: Labelling): string {
  const { words, unit } = how;
  const letters = [...name];
  const shown = letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : name;
  const end = `x="${left - 8}" text-anchor="end"`;
  const offset = offset_s === null ? "" : `${words.offset} ${number(Math.round(offset_s * 10) / 10)}`;
  return (
    `<text ${end} y="${number(y + 1)}" fill="${colour.ink}">${text(shown)}</text>` +
    `<text ${end} y="${number(y + 13)}" font-size="11" fill="#666666">${number(Math.round(at_m))} ${unit}</text>` +
    `<text x="${right + 8}" y="${number(y + 4)}" fill="${colour.ink}">${offset}</text>`
  );
}

function legend(picture: TimeSpacePicture, frame: Frame, words: DiagramWords): string {
  const { left, bottom } = frame;
  const told = (label: string, band: ShownBand | null): string =>
    `${label}: ${band === null ? words.noBand : `${number(Math.round(band.width_s * 10) / 10)} s`}`;
  const entries = [
    { fill: colour.outbound, label: told(words.outbound, picture.outbound) },
    { fill: colour.inbound, label: told(words.inbound, picture.inbound) },
    { fill: null, label: `${words.cycle}: ${number(Math.round(picture.cycle_s * 10) / 10)} s` },
    ...(picture.trajectories === undefined ? [] : [{ fill: colour.vehicle, label: words.vehicle }]),
  ];
  const y = bottom + 68;
  const shown = entries.map(({ fill, label }, i) => {
    const x = left + i * 245;
    const swatch =
      fill === null ? "" : `<rect x="${x}" y="${y - 11}" width="16" height="12" fill="${fill}" fill-opacity="0.5"/>`;
    return `${swatch}<text x="${x + (fill === null ? 0 : 22)}" y="${y}" fill="${colour.ink}">${text(label)}</text>`;
  });
  const how = `<text x="${left}" y="${y + 22}" font-size="11" fill="#666666">${text(words.upper)}</text>`;
  return [...shown, how].join("\n");
}
