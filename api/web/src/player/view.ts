/** What part of the ground is seen: its middle in metres, and pixels to a metre. North is up. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

const leastScale = 0.005;
const mostScale = 60;
const margin = 0.92;

const clampScale = (scale: number): number => Math.min(mostScale, Math.max(leastScale, scale));

/** The ground of all points x, y, x, y …; a square where there are none. */
export function boundsOf(shapes: Iterable<Float64Array>): Bounds {
  let [left, right, bottom, top] = [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i += 2) {
      left = Math.min(left, shape[i] as number);
      right = Math.max(right, shape[i] as number);
      bottom = Math.min(bottom, shape[i + 1] as number);
      top = Math.max(top, shape[i + 1] as number);
    }
  }
  return left <= right ? { left, right, bottom, top } : { left: 0, right: 100, bottom: 0, top: 100 };
}

export function fitted({ left, right, bottom, top }: Bounds, { width, height }: Size): View {
  const scale = Math.min(width / Math.max(1, right - left), height / Math.max(1, top - bottom)) * margin;
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale: clampScale(scale) };
}

export const groundAt = (view: View, { width, height }: Size, px: number, py: number): readonly [number, number] => [
  view.x + (px - width / 2) / view.scale,
  view.y - (py - height / 2) / view.scale,
];

export const moved = (view: View, right_px: number, down_px: number): View => ({
  ...view,
  x: view.x - right_px / view.scale,
  y: view.y + down_px / view.scale,
});

/** Larger by `factor`; what is under the pixel stays there. */
export function zoomed(view: View, size: Size, factor: number, px: number, py: number): View {
  const scale = clampScale(view.scale * factor);
  const [x, y] = groundAt(view, size, px, py);
  return {
    x: x - (px - size.width / 2) / scale,
    y: y + (py - size.height / 2) / scale,
    scale,
  };
}

const widest_px = 140;

/** The longest of 1, 2, 5, 10, 20 … metres that is at most a thumb wide on the picture. */
export function scaleBar_m({ scale }: View): number {
  const most_m = widest_px / scale;
  const ten = 10 ** Math.floor(Math.log10(most_m));
  return ten * (most_m >= 5 * ten ? 5 : most_m >= 2 * ten ? 2 : 1);
}
