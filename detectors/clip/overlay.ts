/** What is written over derived pictures: a subtitle file in the form of Advanced SubStation Alpha, drawn by libass. */

/** One text, for as long as it is shown. Lines are parted by a newline. */
export interface OverlayText {
  /** Seconds of the video. */
  readonly from_s: number;
  readonly to_s: number;
  readonly text: string;
  /** Where what it speaks of is, x, y, w, h in pixels: in brackets that hide nothing of it. Absent or null: nothing is marked. */
  readonly mark?: readonly [number, number, number, number] | null;
}

export interface PictureSize {
  readonly width_px: number;
  readonly height_px: number;
}

/** Lines of text that fit one above the other into a picture; small pictures get larger letters. */
const linesHigh = 32;
const leastLetters_px = 9;
const margin_px = 6;
/** Of a mark: room between it and what it marks, thickness as a share of the picture's height, and how long its arms are. */
const mark = { away_px: 3, thick: 1 / 360, least_px: 2, arm: 0.25, leastArm_px: 6 } as const;

/** In hundredths of a second, cut and not rounded: no text comes before its picture, which are never that close. */
function clock(time_s: number): string {
  const hundredths = Math.floor(time_s * 100 + 1e-6);
  const [s, m, h] = [
    Math.floor(hundredths / 100) % 60,
    Math.floor(hundredths / 6000) % 60,
    Math.floor(hundredths / 360_000),
  ];
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${h}:${two(m)}:${two(s)}.${two(hundredths % 100)}`;
}

/** Braces and backslashes are orders to the drawer. */
const literal = (text: string): string =>
  text.replaceAll("\\", "/").replaceAll("{", "(").replaceAll("}", ")").replaceAll(/\r?\n/g, "\\N");

/** Four corners, each a corner of the box with an arm along both of its sides, as a drawing of libass: lines from point to point. */
function brackets(
  [x, y, w, h]: readonly [number, number, number, number],
  { width_px, height_px }: PictureSize,
): string {
  const thick = Math.max(mark.least_px, Math.round(height_px * mark.thick));
  const arm = Math.round(Math.max(mark.leastArm_px, mark.arm * Math.min(w, h)));
  const [left, top] = [Math.max(0, x - mark.away_px), Math.max(0, y - mark.away_px)];
  const [right, bottom] = [Math.min(width_px, x + w + mark.away_px), Math.min(height_px, y + h + mark.away_px)];
  const corner = (cx: number, cy: number, across: 1 | -1, down: 1 | -1): string => {
    const at = (a: number, b: number): string => `${Math.round(cx + across * a)} ${Math.round(cy + down * b)}`;
    return `m ${at(0, 0)} l ${at(arm, 0)} ${at(arm, thick)} ${at(thick, thick)} ${at(thick, arm)} ${at(0, arm)}`;
  };
  return [
    corner(left, top, 1, 1),
    corner(right, top, -1, 1),
    corner(right, bottom, -1, -1),
    corner(left, bottom, 1, -1),
  ].join(" ");
}

/** White letters on a dark bar, at the lower left, and brackets around what is marked. */
export function overlayDocument(texts: readonly OverlayText[], size: PictureSize): string {
  const { width_px, height_px } = size;
  const letters = Math.max(leastLetters_px, Math.round(height_px / linesHigh));
  const style = `Fact,DejaVu Sans,${letters},&H00FFFFFF,&H00FFFFFF,&H60000000,&H60000000,0,0,0,0,100,100,0,0,3,2,0,1,${margin_px},${margin_px},${margin_px},1`;
  return [
    "[Script Info]",
    "ScriptType: v4.00+",
    "WrapStyle: 2",
    `PlayResX: ${width_px}`,
    `PlayResY: ${height_px}`,
    "",
    "[V4+ Styles]",
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding",
    `Style: ${style}`,
    // Yellow, by blue, green and red, with a dark edge.
    "Style: Mark,DejaVu Sans,10,&H0000E0FF,&H0000E0FF,&H60000000,&H60000000,0,0,0,0,100,100,0,0,1,1,0,7,0,0,0,1",
    "",
    "[Events]",
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ...texts.flatMap(({ from_s, to_s, text, mark: box }) => {
      const span = `${clock(from_s)},${clock(to_s)}`;
      const fact = `Dialogue: 0,${span},Fact,,0,0,0,,${literal(text)}`;
      if (box === undefined || box === null) return [fact];
      return [fact, `Dialogue: 1,${span},Mark,,0,0,0,,{\\pos(0,0)\\p1}${brackets(box, size)}`];
    }),
    "",
  ].join("\n");
}

/** Escaped once for the filter's option and once for the graph (ffmpeg-filters, "Notes on filtergraph escaping"). */
const escaped = (path: string): string => path.replaceAll(/[\\':]/g, "\\$&").replaceAll(/[\\'[\],;]/g, "\\$&");

/** The ffmpeg filter that draws an overlay document. */
export const burnFilter = (document: string): string => `ass=${escaped(document)}`;
