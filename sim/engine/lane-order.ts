/**
 * The order in which lanes of a large network are gone over: junction by junction with the lanes that lead there, and junctions
 * along Morton's curve ("A computer oriented geodetic data base", 1966), which mostly leads from one to a neighbour. What is looked at
 * one after the other is then found in a processor's near memory: the same junction's links, the same few streets around it.
 */
import type { RoadNetwork } from "../network/road-network.ts";

const NONE = -1;
/** Of each coordinate. */
const bits = 15;

/** Bits of two numbers by turns. */
function interleaved(x: number, y: number): number {
  let mixed = 0;
  for (let bit = 0; bit < bits; bit += 1)
    mixed |= (((x >> bit) & 1) << (2 * bit)) | (((y >> bit) & 1) << (2 * bit + 1));
  return mixed;
}

/** By lane the lane inside a junction at its end; itself where it is one, or leads nowhere. */
function throughJunction({ edges, lanes, links }: RoadNetwork, lane: number): number {
  const first = lanes.firstLink[lane] as number;
  if (edges.inside[lanes.edge[lane] as number] === 1 || first === lanes.firstLink[lane + 1]) return lane;
  return links.next[first] as number;
}

/** Where lanes lie, on a square of 2 ** bits a side; along a line where nothing is drawn. */
function places({ lanes }: RoadNetwork): readonly [Float64Array, Float64Array] {
  const x = Float64Array.from(lanes.shape, (shape, lane) => shape[0] ?? lane);
  const y = Float64Array.from(lanes.shape, (shape) => shape[1] ?? 0);
  const least = (of: Float64Array): number => of.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = (of: Float64Array): number => of.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [left, bottom] = [least(x), least(y)];
  const scale = (2 ** bits - 1) / Math.max(1, most(x) - left, most(y) - bottom);
  return [x.map((at) => (at - left) * scale), y.map((at) => (at - bottom) * scale)];
}

/** All lanes, one after the other. */
export function laneOrder(network: RoadNetwork): Int32Array {
  const [x, y] = places(network);
  const { junction } = network.lanes;
  const count = junction.length;
  /** By junction: the place of one of its lanes stands for all. */
  const curve = new Map<number, number>();
  const keys = Float64Array.from({ length: count }, (_, lane) => {
    const inner = throughJunction(network, lane);
    const at = junction[inner] as number;
    const place = curve.get(at) ?? interleaved(x[inner] as number, y[inner] as number);
    if (at !== NONE) curve.set(at, place);
    return place;
  });
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
}
