/** What is written over derived pictures: a subtitle file in the form of Advanced SubStation Alpha, drawn by libass. */

/** One text, for as long as it is shown. Lines are parted by a newline. */
export interface OverlayText {
  /** Seconds of the video. */
  readonly from_s: number;
  readonly to_s: number;
  readonly text: string;
}

export interface PictureSize {
  readonly width_px: number;
  readonly height_px: number;
}

/** Lines of text that fit one above the other into a picture; small pictures get larger letters. */
const linesHigh = 32;
const leastLetters_px = 9;
const margin_px = 6;

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

/** White letters on a dark bar, at the lower left. */
export function overlayDocument(texts: readonly OverlayText[], { width_px, height_px }: PictureSize): string {
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
    "",
    "[Events]",
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    ...texts.map(
      ({ from_s, to_s, text }) => `Dialogue: 0,${clock(from_s)},${clock(to_s)},Fact,,0,0,0,,${literal(text)}`,
    ),
    "",
  ].join("\n");
}

/** Escaped once for the filter's option and once for the graph (ffmpeg-filters, "Notes on filtergraph escaping"). */
const escaped = (path: string): string => path.replaceAll(/[\\':]/g, "\\$&").replaceAll(/[\\'[\],;]/g, "\\$&");

/** The ffmpeg filter that draws an overlay document. */
export const burnFilter = (document: string): string => `ass=${escaped(document)}`;
