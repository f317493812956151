/** What a network's last layers promise: the picture they want, and how their outputs become boxes. */
import type { Tensor } from "onnxruntime-node";
import type { Candidates } from "../candidates.ts";
import type { Letterbox } from "../letterbox.ts";
import type { Normalisation } from "../preprocess.ts";
import type { GraphPorts, Port } from "./ports.ts";

export const headNames = ["yolox", "yolov8", "detr", "nanodet", "ssd"] as const;

export type HeadName = (typeof headNames)[number];

export type Outputs = Readonly<Record<string, Tensor>>;

/** Which of the network's classes we want. */
export interface Wanted {
  /** Positions among the network's classes, and what each is to us (index into `vehicleClasses`). */
  readonly indices: Int32Array;
  readonly vehicleClass: Uint8Array;
}

/** What reading needs besides the outputs. */
export interface Reading {
  readonly wanted: Wanted;
  readonly scoreThreshold: number;
  readonly box: Letterbox;
}

/** Reads one shape of outputs, again and again. */
export interface HeadReader {
  /** Boxes there can be at most. */
  readonly room: number;
  /** Adds every box that reaches the threshold. */
  read(outputs: Outputs, candidates: Candidates): void;
}

/** A graph seen as one kind of head. */
export interface Match {
  readonly head: HeadName;
  readonly picture: Port;
  /** Input that takes the frame's width and height. */
  readonly sizeInput?: string;
  /** How many classes it scores; null when only its labels will tell. */
  readonly classes: number | null;
  readonly normalisation: Normalisation;
  readonly placement: "letterbox" | "stretch";
  /** Free input sizes are multiples of this. */
  readonly multiple_px: number;
  /** A reader for outputs like those of a first run; a text says what is wrong with them. */
  reader(first: Outputs, reading: Reading): HeadReader | string;
}

export interface Head {
  readonly name: HeadName;
  /** Inputs and outputs by which it is known, for people. */
  readonly form: string;
  /** Null: the graph is not of this kind. */
  match(ports: GraphPorts): Match | null;
}

/** Values of 0 to 255 as they are. */
export const plainPixels = { mean: [0, 0, 0], std: [1, 1, 1], padding: 114 } as const;

/** 0 to 1. */
export const unitPixels = { mean: [0, 0, 0], std: [255, 255, 255], padding: 114 } as const;

/** The data of a float output of the size `dims`; a text when the network gave something else. */
export function floatsOf(outputs: Outputs, name: string, ...dims: readonly number[]): Float32Array | string {
  const tensor = outputs[name];
  if (tensor === undefined) return `${name} is missing`;
  const right = tensor.type === "float32" && tensor.dims.join("x") === dims.join("x");
  return right
    ? (tensor.data as Float32Array)
    : `${name} is ${tensor.type} ${tensor.dims.join("x")}, not float32 ${dims.join("x")}`;
}
