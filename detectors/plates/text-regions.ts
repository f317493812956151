/**
 * From the text map of a DB network to the patches where lines of text lie.
 *
 * The network marks a shrunken core of each line of text. Liao et al., "Real-time Scene Text Detection with
 * Differentiable Binarization" (AAAI 2020, section 3.5) shrink by D = A (1 - 0.4²) / L and grow back by D' = A' × 1.5 / L',
 * with area A and perimeter L; both are kept here.
 */
import { type Point, type Quad, widened } from "./quad.ts";

/** A map of probabilities, height x width, row major, each cell one pixel of the network's input. */
export interface TextMap {
  readonly values: Float32Array;
  readonly width: number;
  readonly height: number;
}

export interface TextRegion {
  readonly quad: Quad;
  /** Mean probability inside the core, 0 to 1. */
  readonly score: number;
  /** The core reaches the edge of the map, so the text may go on beyond it. */
  readonly cut: boolean;
}

export interface RegionSettings {
  /** A pixel at or above is text. */
  readonly threshold: number;
  /** Regions of a lower mean are dropped. */
  readonly least_score: number;
  /** Cores of fewer pixels, or thinner, are dropped. */
  readonly least_pixels: number;
  readonly unclip: number;
}

const usualRegions: RegionSettings = { threshold: 0.3, least_score: 0.45, least_pixels: 12, unclip: 1.5 };

/** Pixels of one core: xs and ys side by side. */
interface Core {
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  readonly score: number;
  readonly cut: boolean;
}

/** Straight line v = offset + slope u. */
interface Edge {
  readonly offset: number;
  readonly slope: number;
}

export function textRegions(map: TextMap, settings: RegionSettings = usualRegions): TextRegion[] {
  const regions: TextRegion[] = [];
  const seen = new Uint8Array(map.values.length);
  const stack = new Int32Array(map.values.length);
  for (let start = 0; start < map.values.length; start++) {
    if (seen[start] === 1 || (map.values[start] as number) < settings.threshold) continue;
    const core = flood(map, start, settings.threshold, seen, stack);
    if (core.xs.length < settings.least_pixels || core.score < settings.least_score) continue;
    const quad = quadAround(core);
    const [a, b, c, d] = quad;
    const length = Math.hypot(b.x - a.x, b.y - a.y) + Math.hypot(c.x - d.x, c.y - d.y);
    const rise = Math.hypot(d.x - a.x, d.y - a.y) + Math.hypot(c.x - b.x, c.y - b.y);
    const grow = ((length / 2) * (rise / 2) * settings.unclip) / (length + rise);
    regions.push({ quad: widened(quad, grow, grow), score: core.score, cut: core.cut });
  }
  return regions;
}

/** Joins a core's pixels through their eight neighbours. */
function flood(
  { values, width, height }: TextMap,
  start: number,
  threshold: number,
  seen: Uint8Array,
  stack: Int32Array,
): Core {
  let depth = 0;
  let count = 0;
  let sum = 0;
  let cut = false;
  stack[depth++] = start;
  seen[start] = 1;
  const cells: number[] = [];
  while (depth > 0) {
    const cell = stack[--depth] as number;
    cells.push(cell);
    sum += values[cell] as number;
    count++;
    const x = cell % width;
    const y = (cell - x) / width;
    cut ||= x === 0 || y === 0 || x === width - 1 || y === height - 1;
    for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
      for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
        const next = ny * width + nx;
        if (seen[next] === 1 || (values[next] as number) < threshold) continue;
        seen[next] = 1;
        stack[depth++] = next;
      }
    }
  }
  return {
    xs: Int32Array.from(cells, (cell) => cell % width),
    ys: Int32Array.from(cells, (cell) => Math.floor(cell / width)),
    score: sum / count,
    cut,
  };
}

/** The four-sided patch around a core: its least rectangle, then upper and lower edges that may converge. */
function quadAround({ xs, ys }: Core): Quad {
  const angle = textAngle(hull(xs, ys));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = Float64Array.from(xs, (x, i) => x * cos + (ys[i] as number) * sin);
  const across = Float64Array.from(xs, (x, i) => (ys[i] as number) * cos - x * sin);
  const left = least(along) - 0.5;
  const right = greatest(along) + 0.5;
  const { top, bottom } = edges(along, across, left, right);
  const at = (u: number, v: number): Point => ({ x: u * cos - v * sin, y: u * sin + v * cos });
  return [
    at(left, top.offset + top.slope * left),
    at(right, top.offset + top.slope * right),
    at(right, bottom.offset + bottom.slope * right),
    at(left, bottom.offset + bottom.slope * left),
  ];
}

const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const greatest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** Convex hull by Andrew's monotone chain; the input may hold equal points. */
function hull(xs: Int32Array, ys: Int32Array): Point[] {
  const points = Array.from(xs, (x, i) => ({ x, y: ys[i] as number })).sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const p of ordered) {
      while (chain.length >= 2 && turn(chain.at(-2) as Point, chain.at(-1) as Point, p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(points), ...half(points.reverse())];
}

const turn = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);

/**
 * Direction of the least rectangle's longer side, in (-90°, 90°]. One side of the least rectangle lies on a hull edge
 * (Freeman and Shapira, 1975). A patch that is nearly square says little about direction: it is taken as upright.
 */
function textAngle(points: readonly Point[]): number {
  let best = { area: Number.POSITIVE_INFINITY, angle: 0, along: 1, across: 1 };
  points.forEach((p, i) => {
    const q = points[(i + 1) % points.length] as Point;
    const angle = Math.atan2(q.y - p.y, q.x - p.x);
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const along = extent(points, cos, sin) + 1;
    const across = extent(points, -sin, cos) + 1;
    if (along * across < best.area) best = { area: along * across, angle, along, across };
  });
  const longer = best.along >= best.across ? best.angle : best.angle + Math.PI / 2;
  const square = Math.max(best.along, best.across) < 1.3 * Math.min(best.along, best.across);
  return square ? folded(best.angle, Math.PI / 4) : folded(longer, Math.PI / 2);
}

function extent(points: readonly Point[], cos: number, sin: number): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { x, y } of points) {
    const value = x * cos + y * sin;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return high - low;
}

/** The same direction, give or take multiples of 2 × limit, in (-limit, limit]. */
const folded = (angle: number, limit: number): number => angle - 2 * limit * Math.ceil((angle - limit) / (2 * limit));

/** Least-squares lines through the core's uppermost and lowermost pixels, without the rounded ends. */
function edges(along: Float64Array, across: Float64Array, left: number, right: number): { top: Edge; bottom: Edge } {
  const columns = Math.max(1, Math.round(right - left));
  const highest = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const lowest = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  along.forEach((u, i) => {
    const column = Math.min(columns - 1, Math.floor(u - left));
    highest[column] = Math.min(highest[column] as number, across[i] as number);
    lowest[column] = Math.max(lowest[column] as number, across[i] as number);
  });
  return { top: fitted(highest, left, -0.5), bottom: fitted(lowest, left, 0.5) };
}

/** Beyond this slope against the text a fitted edge is an outlier: plates are not seen that obliquely. */
const MOST_SLOPE = 0.2;
const ROUNDED_END = 0.12;

function fitted(values: Float64Array, left: number, margin: number): Edge {
  const skip = Math.floor(values.length * ROUNDED_END);
  let [n, su, sv, suu, suv] = [0, 0, 0, 0, 0];
  for (let column = skip; column < values.length - skip; column++) {
    const v = values[column] as number;
    if (!Number.isFinite(v)) continue;
    const u = left + column + 0.5;
    n++;
    su += u;
    sv += v;
    suu += u * u;
    suv += u * v;
  }
  const spread = n * suu - su * su;
  const slope = spread > 1e-6 ? (n * suv - su * sv) / spread : 0;
  const bounded = Math.abs(slope) > MOST_SLOPE ? 0 : slope;
  return { slope: bounded, offset: (sv - bounded * su) / Math.max(n, 1) + margin };
}
