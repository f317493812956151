/** Plate signs as strokes, so that a drawn plate looks the same on every machine, whatever fonts it has. */

interface Sign {
  /** SVG path in a box 100 high; strokes are drawn along it. */
  readonly path: string;
  readonly width: number;
}

const round = "M0 25A25 25 0 0 1 50 25V75A25 25 0 0 1 0 75Z";
const bowl = "M0 100V0H26A24 26 0 0 1 26 52H0";
const cup = "M50 24A25 25 0 0 0 0 25V75A25 25 0 0 0 50 76";
const half = "M0 0H22A28 28 0 0 1 50 28V72A28 28 0 0 1 22 100H0Z";

const wide = (path: string): Sign => ({ path, width: 50 });

const signs: Readonly<Record<string, Sign>> = {
  A: wide("M0 100L25 0L50 100M9 66H41"),
  B: wide("M0 48H26A24 26 0 0 1 26 100H0V0H24A22 24 0 0 1 24 48"),
  C: wide(cup),
  D: wide(half),
  E: wide("M48 0H0V100H48M0 48H40"),
  F: wide("M48 0H0V100M0 48H40"),
  G: wide(`${cup}V54H28`),
  H: wide("M0 0V100M50 0V100M0 48H50"),
  I: { path: "M8 0V100", width: 16 },
  J: { path: "M40 0V78A20 22 0 0 1 0 78", width: 40 },
  K: wide("M0 0V100M50 0L0 60M18 40L50 100"),
  L: { path: "M0 0V100H44", width: 44 },
  M: { path: "M0 100V0L30 62L60 0V100", width: 60 },
  N: wide("M0 100V0L50 100V0"),
  O: wide(round),
  P: wide(bowl),
  Q: wide(`${round}M30 70L54 104`),
  R: wide(`${bowl}M26 52L50 100`),
  S: wide("M48 22A24 22 0 0 0 1 24C1 56 50 42 50 76A25 24 0 0 1 0 78"),
  T: wide("M0 0H50M25 0V100"),
  U: wide("M0 0V75A25 25 0 0 0 50 75V0"),
  V: wide("M0 0L25 100L50 0"),
  W: { path: "M0 0L16 100L33 30L50 100L66 0", width: 66 },
  X: wide("M0 0L50 100M50 0L0 100"),
  Y: wide("M0 0L25 50V100M50 0L25 50"),
  Z: wide("M0 0H50L0 100H50"),
  Đ: wide(`${half}M-10 48H24`),
  "0": { path: "M0 23A22 23 0 0 1 44 23V77A22 23 0 0 1 0 77Z", width: 44 },
  "1": { path: "M0 22L24 0V100", width: 26 },
  "2": { path: "M1 24A23 24 0 0 1 46 26C46 52 0 76 0 100H48", width: 48 },
  "3": { path: "M1 18A24 24 0 1 1 22 47A26 26 0 1 1 0 82", width: 48 },
  "4": wide("M30 0L0 72H50M38 44V100"),
  "5": { path: "M44 0H6L3 46A25 27 0 1 1 0 86", width: 48 },
  "6": { path: "M38 0C12 32 0 52 0 74A24 26 0 1 0 48 74A24 26 0 0 0 3 62", width: 48 },
  "7": { path: "M0 0H48L16 100", width: 48 },
  "8": { path: "M24 47A20 23 0 1 1 24.1 47ZM24 47A24 26 0 1 0 24.1 47Z", width: 48 },
  "9": { path: "M10 100C36 68 48 48 48 26A24 26 0 1 0 0 26A24 26 0 0 0 45 38", width: 48 },
  "-": { path: "M0 52H18", width: 18 },
  ".": { path: "M4 97V98", width: 8 },
  " ": { path: "", width: 14 },
};

const GAP = 26;
const STROKE = 15;

/** The text as SVG strokes that fill the box; its signs keep their shape unless they would be too wide for it. */
export function strokedText(
  text: string,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: string,
): string {
  const drawn = [...text].map((each) => signs[each] ?? wide(""));
  const length = drawn.reduce((sum, { width }) => sum + width + GAP, -GAP) + STROKE;
  const tall = (box.height * (1 - STROKE / 100)) / 100;
  const across = Math.min(tall, box.width / length);
  const left = box.x + (box.width - length * across) / 2 + (STROKE / 2) * across;
  let at = 0;
  const paths = drawn.map(({ path, width }) => {
    const here = at;
    at += width + GAP;
    return `<path transform="translate(${here} 0)" d="${path}"/>`;
  });
  const place = `translate(${left} ${box.y + (STROKE / 2) * tall}) scale(${across} ${tall})`;
  const style = `fill="none" stroke="${colour}" stroke-width="${STROKE}" stroke-linejoin="round" stroke-linecap="butt"`;
  return `<g transform="${place}" ${style}>${paths.join("")}</g>`;
}
