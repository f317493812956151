/** Straight lines on a picture whose y axis points down. Scalars, not objects: these run for every track of every frame. */

/** A directed counting line in pixels, prepared once. `nx, ny` is the unit normal that points to the right of the walker. */
export interface DirectedLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly length: number;
  readonly nx: number;
  readonly ny: number;
}

/**
 * With y pointing down, the right hand of someone walking along (dx, dy) points along (-dy, dx): walking down the
 * picture, right is the picture's left.
 */
export function directedLine(x1: number, y1: number, x2: number, y2: number): DirectedLine {
  const length = Math.hypot(x2 - x1, y2 - y1);
  return { x1, y1, x2, y2, length, nx: -(y2 - y1) / length, ny: (x2 - x1) / length };
}

/** Distance from the infinite line; negative on the walker's left, positive on the right. */
export function signedDistance(line: DirectedLine, x: number, y: number): number {
  return (x - line.x1) * line.nx + (y - line.y1) * line.ny;
}

/** Where along the line, 0 at its start and 1 at its end, the foot of the point lies. */
export function positionAlong(line: DirectedLine, x: number, y: number): number {
  return ((x - line.x1) * (line.x2 - line.x1) + (y - line.y1) * (line.y2 - line.y1)) / (line.length * line.length);
}

/**
 * Share (0 to 1) of the way from a to b at which the path meets the line, or NaN when it does not. A path that only
 * touches the line with its end has met it; one that starts on it has not, so two joined paths meet it once.
 */
export function pathMeetsLine(line: DirectedLine, ax: number, ay: number, bx: number, by: number): number {
  const from = signedDistance(line, ax, ay);
  const to = signedDistance(line, bx, by);
  if (from === 0 || from * to > 0 || from === to) return Number.NaN;
  const share = from / (from - to);
  const along = positionAlong(line, ax + (bx - ax) * share, ay + (by - ay) * share);
  return along >= 0 && along <= 1 ? share : Number.NaN;
}

/** Does the segment touch the axis-aligned rectangle? The slab method: inside both strips at the same time. */
export function lineTouchesRectangle(
  line: DirectedLine,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  const dx = line.x2 - line.x1;
  const dy = line.y2 - line.y1;
  const enter = Math.max(0, stripShare(line.x1, dx, left, right, true), stripShare(line.y1, dy, top, bottom, true));
  const leave = Math.min(1, stripShare(line.x1, dx, left, right, false), stripShare(line.y1, dy, top, bottom, false));
  return enter <= leave;
}

/** Share of the way at which a coordinate that runs from `start` by `run` enters (or leaves) the strip low to high. */
function stripShare(start: number, run: number, low: number, high: number, entering: boolean): number {
  if (run === 0) {
    const inside = start >= low && start <= high;
    return inside === entering ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return ((run > 0 === entering ? low : high) - start) / run;
}
