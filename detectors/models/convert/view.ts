/** How TensorFlow sees an ONNX tensor. */
import type { OnnxNode } from "./onnx-file.ts";

/**
 * The source graph goes from channel-first to channel-last and back around every
 * convolution, and pads in a node of its own; ONNX needs neither. So a transpose or a padding only changes the view, and
 * becomes a node where an operator cannot take it in.
 */
export interface View {
  /** Name of the ONNX tensor. */
  readonly tensor: string;
  /** Shape as TensorFlow has it, padding included, at the input size of the source. */
  readonly shape: readonly number[];
  /** TensorFlow axis `i` is ONNX axis `perm[i]`. */
  readonly perm: readonly number[];
  readonly padding?: Padding;
  /** The convolution behind the tensor, alone or as a term of a sum: a vector added to it may become its bias. */
  readonly made?: { readonly conv: OnnxNode; readonly alone: boolean };
}

/** The view without what it has put off. */
export const unpadded = ({ tensor, shape, perm }: View): View => ({ tensor, shape, perm });

export interface Padding {
  /** Elements before and after, per TensorFlow axis. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly value: number;
}

export const identityPerm = (rank: number): number[] => Array.from({ length: rank }, (_, axis) => axis);

/** TensorFlow's NHWC on top of an ONNX NCHW tensor. */
export const channelLast: readonly number[] = [0, 2, 3, 1];

export const sameNumbers = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i]);

const pick = (from: readonly number[], axes: readonly number[]): number[] => axes.map((axis) => from[axis] ?? 0);

export function transposeView(view: View, axes: readonly number[]): View {
  const turned: View = { tensor: view.tensor, shape: pick(view.shape, axes), perm: pick(view.perm, axes) };
  if (view.padding === undefined) return turned;
  const { before, after, value } = view.padding;
  return { ...turned, padding: { before: pick(before, axes), after: pick(after, axes), value } };
}

export function padView(view: View, padding: Padding): View {
  const shape = view.shape.map((d, axis) => d + (padding.before[axis] ?? 0) + (padding.after[axis] ?? 0));
  return { tensor: view.tensor, shape, perm: view.perm, padding };
}

/** `values`, given per TensorFlow axis, in the order of the ONNX axes. */
export function inOnnxOrder(values: readonly number[], perm: readonly number[]): number[] {
  const out = values.map(() => 0);
  perm.forEach((onnxAxis, axis) => {
    out[onnxAxis] = values[axis] ?? 0;
  });
  return out;
}

/** Axes of the transpose that turns an ONNX tensor seen through `from` into one seen through `to`. */
export function axesBetween(from: readonly number[], to: readonly number[]): number[] {
  const axes = to.map(() => 0);
  to.forEach((onnxAxis, axis) => {
    axes[onnxAxis] = from[axis] ?? 0;
  });
  return axes;
}
