/** Which rectangles of the picture the network is shown. */
import type { Region, Tiles } from "./schema.ts";

/** Pixels of the picture. */
export interface View {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Added around the watched areas, as a share of the picture's side: a vehicle that stands at their edge is wider than the
 * place where it stands, and taller.
 */
const margin = { side: 0.05, above: 0.15, below: 0.04 } as const;
/** A two-wheeler needs this many pixels of height on the network's input; below 24 none is seen. */
const legible_px = 32;
/** More views than this make no street camera better. */
const most = 8;

/** The rectangle around all watched areas; the whole picture where none is named. */
export function watchedRectangle(regions: readonly Region[], width: number, height: number): View {
  const points = regions.filter(({ kind }) => kind === "watch").flatMap(({ area }) => area);
  if (points.length === 0) return { left: 0, top: 0, width, height };
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const left = Math.floor(Math.max(0, Math.min(...xs) - margin.side) * width);
  const top = Math.floor(Math.max(0, Math.min(...ys) - margin.above) * height);
  const right = Math.ceil(Math.min(1, Math.max(...xs) + margin.side) * width);
  const bottom = Math.ceil(Math.min(1, Math.max(...ys) + margin.below) * height);
  return { left, top, width: right - left, height: bottom - top };
}

/**
 * The rectangle in equal parts that cover it and overlap as told. `inputSide_px`: longer side of the network's input.
 * `pictureHeight`: of the whole picture, of which `motorcycle_height` is a share.
 */
export function tile(whole: View, tiles: Tiles | null, inputSide_px: number, pictureHeight: number): readonly View[] {
  if (tiles === null) return [whole];
  const { overlap, motorcycle_height } = tiles;
  if (motorcycle_height === undefined) return grid(whole, tiles.columns ?? 1, tiles.rows ?? 1, overlap);
  // At this side a part's motorcycles are just legible.
  const side_px = Math.max(1, (inputSide_px * motorcycle_height * pictureHeight) / legible_px);
  const parts = (length: number): number =>
    Math.min(most, Math.max(1, Math.ceil((length / side_px - overlap) / (1 - overlap))));
  return grid(whole, parts(whole.width), parts(whole.height), overlap);
}

function grid(whole: View, columns: number, rows: number, overlap: number): readonly View[] {
  const across = spans(whole.left, whole.width, columns, overlap);
  const down = spans(whole.top, whole.height, rows, overlap);
  return down.starts.flatMap((top) =>
    across.starts.map((left) => ({ left, top, width: across.length, height: down.length })),
  );
}

/** Equal spans from the first pixel to the last. */
function spans(start: number, length: number, count: number, overlap: number): { starts: number[]; length: number } {
  const span = Math.min(length, Math.ceil(length / (count - (count - 1) * overlap)));
  const step = count > 1 ? (length - span) / (count - 1) : 0;
  return { starts: Array.from({ length: count }, (_, i) => start + Math.round(i * step)), length: span };
}
