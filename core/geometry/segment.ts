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

/** Does the segment touch the axis-aligned rectangle? (Liang and Barsky's clipping, 1984.) */
export function lineTouchesRectangle(
  line: DirectedLine,
  left: number,
  top: number,
  right: number,
  bottom: number,
): boolean {
  const dx = line.x2 - line.x1;
  const dy = line.y2 - line.y1;
  let enter = 0;
  let leave = 1;
  for (let side = 0; side < 4; side += 1) {
    const along = side < 2 ? (side === 0 ? -dx : dx) : side === 2 ? -dy : dy;
    const room = side < 2 ? (side === 0 ? line.x1 - left : right - line.x1) : side === 2 ? line.y1 - top : bottom - line.y1;
    if (along === 0) {
      if (room < 0) return false;
      continue;
    }
    const at = room / along;
    if (along < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
  }
  return enter <= leave;
}
