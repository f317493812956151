/** The parameter sets at the head of a keyframe: what a decoder must know, and what changes when a camera is set anew. */
import type { Codec } from "./codec.ts";
import { eachUnit } from "./units.ts";

export interface ParameterSets {
  /** H.265 only. */
  readonly vps: readonly Uint8Array[];
  readonly sps: readonly Uint8Array[];
  readonly pps: readonly Uint8Array[];
}

type Kind = keyof ParameterSets | "picture" | "else";

const kindH264: Readonly<Record<number, Kind>> = { 1: "picture", 2: "picture", 5: "picture", 7: "sps", 8: "pps" };
const kindH265: Readonly<Record<number, Kind>> = { 32: "vps", 33: "sps", 34: "pps" };

/** ITU-T H.264 table 7-1, H.265 table 7-1: in H.265 everything below 32 is part of a picture. */
function kindOf(codec: Codec, head: number): Kind {
  if (codec === "h264") return kindH264[head & 31] ?? "else";
  const type = (head >> 1) & 63;
  return type < 32 ? "picture" : (kindH265[type] ?? "else");
}

/** Those before the first part of the picture, in views of `bytes`; null when there are none. */
export function parameterSetsIn(codec: Codec, bytes: Uint8Array): ParameterSets | null {
  const sets = { vps: [] as Uint8Array[], sps: [] as Uint8Array[], pps: [] as Uint8Array[] };
  eachUnit(bytes, (from, to) => {
    const kind = kindOf(codec, bytes[from] ?? 0);
    if (kind === "picture") return false;
    if (kind !== "else") sets[kind].push(bytes.subarray(from, to));
    return true;
  });
  return sets.sps.length > 0 && sets.pps.length > 0 ? sets : null;
}

/** In one run of bytes, each behind a start code: the form in which they are compared and kept. */
export function joined({ vps, sps, pps }: ParameterSets): Uint8Array {
  return Buffer.concat([...vps, ...sps, ...pps].flatMap((set) => [Buffer.from([0, 0, 0, 1]), set]));
}
