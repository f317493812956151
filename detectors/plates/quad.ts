/** Four-sided patches of a picture: where a line of text lies, as it is seen. */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top left, top right, bottom right, bottom left as a reader sees them; pixels, y down. */
export type Quad = readonly [Point, Point, Point, Point];

const distance = (a: Point, b: Point): number => Math.hypot(b.x - a.x, b.y - a.y);

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});

export const centreOf = ([a, b, c, d]: Quad): Point => ({
  x: (a.x + b.x + c.x + d.x) / 4,
  y: (a.y + b.y + c.y + d.y) / 4,
});

/** Mean length of the upper and lower side. */
export const widthOf = ([a, b, c, d]: Quad): number => (distance(a, b) + distance(d, c)) / 2;

/** Mean length of the left and right side. */
export const heightOf = ([a, b, c, d]: Quad): number => (distance(a, d) + distance(b, c)) / 2;

/** Direction of the text, radians; 0 is to the right, positive turns clockwise on the picture. */
export function angleOf([a, b, c, d]: Quad): number {
  return Math.atan2(b.y - a.y + c.y - d.y, b.x - a.x + c.x - d.x);
}

/** x, y, width, height of the upright rectangle around all the quads. */
export function boundsOf(quads: readonly Quad[]): [number, number, number, number] {
  const xs = quads.flatMap((quad) => quad.map(({ x }) => x));
  const ys = quads.flatMap((quad) => quad.map(({ y }) => y));
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
}

/** The patch between shares of the quad's own width (0 left, 1 right) and height; shares outside 0 to 1 reach beyond it. */
export function part(quad: Quad, left: number, top: number, right: number, bottom: number): Quad {
  const [a, b, c, d] = quad;
  const at = (u: number, v: number): Point => between(between(a, b, u), between(d, c, u), v);
  return [at(left, top), at(right, top), at(right, bottom), at(left, bottom)];
}

/** The same patch, `along` and `across` pixels larger on each side. */
export function widened(quad: Quad, along: number, across: number): Quad {
  const width = Math.max(widthOf(quad), 1);
  const height = Math.max(heightOf(quad), 1);
  return part(quad, -along / width, -across / height, 1 + along / width, 1 + across / height);
}

export const moved = (quad: Quad, scale: number, dx: number, dy: number): Quad => {
  const [a, b, c, d] = quad;
  const move = ({ x, y }: Point): Point => ({ x: x * scale + dx, y: y * scale + dy });
  return [move(a), move(b), move(c), move(d)];
};
