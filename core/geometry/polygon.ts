/** Areas on a picture as flat arrays of corners: x, y, x, y, … */

/** Is the point inside? By the crossings of a ray to the right (Shimrat 1962); what lies on the outline may be either. */
export function insidePolygon(corners: ArrayLike<number>, x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = corners.length - 2; i < corners.length; j = i, i += 2) {
    const [ax, ay] = [corners[i] as number, corners[i + 1] as number];
    const [bx, by] = [corners[j] as number, corners[j + 1] as number];
    if (ay > y !== by > y && x < ax + ((bx - ax) * (y - ay)) / (by - ay)) inside = !inside;
  }
  return inside;
}
