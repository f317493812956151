/** Overlap of axis-aligned boxes given as top left corner, width and height inside flat arrays. */

export function intersectionArea(a: ArrayLike<number>, ai: number, b: ArrayLike<number>, bi: number): number {
  const ax = a[ai] ?? 0;
  const ay = a[ai + 1] ?? 0;
  const bx = b[bi] ?? 0;
  const by = b[bi + 1] ?? 0;
  const width = Math.min(ax + (a[ai + 2] ?? 0), bx + (b[bi + 2] ?? 0)) - Math.max(ax, bx);
  const height = Math.min(ay + (a[ai + 3] ?? 0), by + (b[bi + 3] ?? 0)) - Math.max(ay, by);
  return width > 0 && height > 0 ? width * height : 0;
}

export function area(a: ArrayLike<number>, ai: number): number {
  return (a[ai + 2] ?? 0) * (a[ai + 3] ?? 0);
}

/** Intersection over union, 0 to 1; 0 for two empty boxes. */
export function iou(a: ArrayLike<number>, ai: number, b: ArrayLike<number>, bi: number): number {
  const shared = intersectionArea(a, ai, b, bi);
  const union = area(a, ai) + area(b, bi) - shared;
  return union > 0 ? shared / union : 0;
}

/** Share of box a that lies inside box b, 0 to 1. */
export function shareInside(a: ArrayLike<number>, ai: number, b: ArrayLike<number>, bi: number): number {
  const whole = area(a, ai);
  return whole > 0 ? intersectionArea(a, ai, b, bi) / whole : 0;
}
