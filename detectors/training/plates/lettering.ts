/** A plate's signs in the fonts that are installed, each in a cell of its own as plates have them. */

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Of the sans serif fonts: height of a capital and width of a wide one, in heights of the font. */
const CAPITAL = 0.72;
const WIDE = 0.74;
/** Cells in heights of a capital: of a sign, and of what stands between signs. */
const cells = { sign: 0.62, between: 0.32 } as const;

const isBetween = (sign: string): boolean => " -.".includes(sign);

/** `font`: a family as the system's font list has it; bold. The signs fill the box's height, and its width if they must. */
export function letteredText(text: string, box: Box, colour: string, font: string): string {
  const widths = [...text].map((sign) => (isBetween(sign) ? cells.between : cells.sign) * box.height);
  const natural = widths.reduce((sum, width) => sum + width, 0);
  const shrink = Math.min(1, box.width / Math.max(natural, 1));
  const size = box.height / CAPITAL;
  const narrow = Math.min(1, (cells.sign * box.height * 0.94 * shrink) / (WIDE * size));
  let left = box.x + (box.width - natural * shrink) / 2;
  const drawn = [...text].map((sign, i) => {
    const width = (widths[i] as number) * shrink;
    const middle = left + width / 2;
    left += width;
    if (sign === " ") return "";
    return `<text transform="translate(${middle} ${box.y + box.height}) scale(${narrow} 1)" text-anchor="middle">${sign}</text>`;
  });
  return `<g fill="${colour}" font-family="${font}" font-weight="bold" font-size="${size}">${drawn.join("")}</g>`;
}
