/** What does not move: roads, their marks, junctions, and where signals are shown. Made once for a replay. */
import type { Replay } from "../../../../core/replay/decode.ts";
import { hullOf } from "./hull.ts";
import { LanePaths, type Place } from "./lane-paths.ts";
import { type Bounds, boundsOf } from "./view.ts";

/** A piece of a stop line: the lane's end, from its right to its left, for one of its links. */
export interface StopLine {
  readonly signal: number;
  /** Letter of the signal that it shows. */
  readonly letter: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

export interface Scene {
  readonly paths: LanePaths;
  readonly bounds: Bounds;
  /** Lanes by width in metres, outside junctions and inside. */
  readonly roads: readonly { readonly width_m: number; readonly path: Path2D }[];
  readonly junctions: Path2D;
  /** Between lanes of one road, and along its sides. */
  readonly dividers: Path2D;
  readonly sides: Path2D;
  readonly stopLines: readonly StopLine[];
}

function trace(path: Path2D, line: Float64Array): void {
  for (let i = 0; i < line.length; i += 2) {
    if (i === 0) path.moveTo(line[0] as number, line[1] as number);
    else path.lineTo(line[i] as number, line[i + 1] as number);
  }
}

/** Lane identifiers end in their number on the road, which counts from the right. */
const roadOf = (id: string): string => id.slice(0, id.lastIndexOf("_"));
/** `:J1_4_0` is a path of junction J1. */
const junctionOf = (id: string): string => roadOf(roadOf(id));

function roadsOf({ lanes }: Replay): Scene["roads"] {
  const byWidth = new Map<number, Path2D>();
  for (const { width_m, shape } of lanes) {
    const path = byWidth.get(width_m) ?? new Path2D();
    byWidth.set(width_m, path);
    trace(path, shape);
  }
  return [...byWidth].map(([width_m, path]) => ({ width_m, path }));
}

/** The ground that the paths inside a junction cross, from where they begin to where they end. */
function junctionsOf({ lanes }: Replay, paths: LanePaths): Path2D {
  const corners = new Map<string, [number, number][]>();
  for (const [lane, { id, inside, width_m }] of lanes.entries()) {
    if (!inside || !paths.isDrawn(lane)) continue;
    const points = corners.get(junctionOf(id)) ?? [];
    corners.set(junctionOf(id), points);
    for (const left_m of [width_m / 2, -width_m / 2]) {
      const line = paths.beside(lane, left_m);
      points.push([line[0] as number, line[1] as number], [line.at(-2) as number, line.at(-1) as number]);
    }
  }
  const all = new Path2D();
  for (const points of corners.values()) {
    trace(all, Float64Array.from(hullOf(points).flat()));
    all.closePath();
  }
  return all;
}

function marksOf({ lanes }: Replay, paths: LanePaths): { readonly dividers: Path2D; readonly sides: Path2D } {
  const [dividers, sides] = [new Path2D(), new Path2D()];
  for (const [lane, { id, inside, width_m }] of lanes.entries()) {
    if (inside || !paths.isDrawn(lane)) continue;
    const next = lanes[lane + 1];
    const before = lanes[lane - 1];
    const hasLeft = next !== undefined && roadOf(next.id) === roadOf(id);
    const hasRight = before !== undefined && roadOf(before.id) === roadOf(id);
    trace(hasLeft ? dividers : sides, paths.beside(lane, width_m / 2));
    if (!hasRight) trace(sides, paths.beside(lane, -width_m / 2));
  }
  return { dividers, sides };
}

/** Links of a lane come from the right to the left, as its turns do. */
function stopLinesOf({ header, lanes }: Replay, paths: LanePaths): readonly StopLine[] {
  const ofLane = new Map<number, { readonly signal: number; readonly letter: number }[]>();
  for (const [signal, { lanes: ruled }] of header.signals.entries()) {
    for (const [letter, lane] of ruled.entries()) {
      const links = ofLane.get(lane) ?? [];
      ofLane.set(lane, links);
      links.push({ signal, letter });
    }
  }
  const place: Place = { x: 0, y: 0, dx: 1, dy: 0 };
  const lines: StopLine[] = [];
  for (const [lane, links] of ofLane) {
    const { length_m, width_m, inside } = lanes[lane] ?? { length_m: 0, width_m: 0, inside: true };
    if (inside || !paths.isDrawn(lane)) continue;
    paths.place(lane, length_m, 0, place);
    const share = (width_m * 0.94) / links.length;
    for (const [at, link] of links.entries()) {
      const right = share * at - (width_m * 0.94) / 2;
      const [x, y] = [place.x - place.dy * right, place.y + place.dx * right];
      lines.push({ ...link, x0: x, y0: y, x1: x - place.dy * share, y1: y + place.dx * share });
    }
  }
  return lines;
}

export function sceneOf(replay: Replay): Scene {
  const paths = new LanePaths(replay.lanes);
  return {
    paths,
    bounds: boundsOf(replay.lanes.map(({ shape }) => shape)),
    roads: roadsOf(replay),
    junctions: junctionsOf(replay, paths),
    ...marksOf(replay, paths),
    stopLines: stopLinesOf(replay, paths),
  };
}
