/** A TensorFlow.js graph model as its two files hold it: nodes in JSON, weights in one binary. */
import { z } from "zod";

const attribute = z.looseObject({
  type: z.union([z.string(), z.number()]).optional(),
  i: z.union([z.string(), z.number()]).optional(),
  f: z.number().optional(),
  b: z.boolean().optional(),
  /** Base64, or the bytes themselves. */
  s: z.union([z.string(), z.array(z.number())]).optional(),
  list: z.looseObject({ i: z.array(z.union([z.string(), z.number()])).optional() }).optional(),
  shape: z
    .looseObject({ dim: z.array(z.looseObject({ size: z.union([z.string(), z.number()]).optional() })).optional() })
    .optional(),
});

const node = z.looseObject({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attribute).default({}),
});

const weight = z.looseObject({
  name: z.string(),
  shape: z.array(z.number().int().min(0)),
  dtype: z.enum(["float32", "int32"]),
  quantization: z.looseObject({ dtype: z.literal("float16") }).optional(),
});

export const graphModelSchema = z.looseObject({
  modelTopology: z.looseObject({ node: z.array(node).min(1) }),
  weightsManifest: z.array(z.looseObject({ weights: z.array(weight) })),
});

export type GraphModel = z.infer<typeof graphModelSchema>;
export type GraphNode = z.infer<typeof node>;

/** A weight or constant. Floats stay in the width they are stored in; integers are read. */
export type Constant =
  | {
      readonly kind: "float";
      readonly shape: readonly number[];
      readonly elementBytes: 2 | 4;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: "integer"; readonly shape: readonly number[]; readonly values: readonly number[] };

const sizeOf = (shape: readonly number[]): number => shape.reduce((n, d) => n * d, 1);

function readWeight(entry: z.infer<typeof weight>, binary: Uint8Array, start: number): Constant {
  const count = sizeOf(entry.shape);
  if (entry.dtype === "float32") {
    const elementBytes = entry.quantization === undefined ? 4 : 2;
    return {
      kind: "float",
      shape: entry.shape,
      elementBytes,
      bytes: binary.subarray(start, start + count * elementBytes),
    };
  }
  const view = new DataView(binary.buffer, binary.byteOffset + start, count * 4);
  return {
    kind: "integer",
    shape: entry.shape,
    values: Array.from({ length: count }, (_, i) => view.getInt32(4 * i, true)),
  };
}

const byteLength = (c: Constant): number => (c.kind === "float" ? c.bytes.length : c.values.length * 4);

/** Weights follow each other without padding, in manifest order. */
export function readWeights(model: GraphModel, binary: Uint8Array): Map<string, Constant> {
  const constants = new Map<string, Constant>();
  let start = 0;
  for (const entry of model.weightsManifest.flatMap((group) => group.weights)) {
    const constant = readWeight(entry, binary, start);
    start += byteLength(constant);
    constants.set(entry.name, constant);
  }
  if (start !== binary.length) {
    throw new Error(`the weights end at byte ${start}, the file at ${binary.length}`);
  }
  return constants;
}

/** The value of a one-element constant, such as what a `PadV2` pads with. */
export const scalar = (constant: Constant): number => numbersOf(constant)[0] ?? 0;

export function numbersOf(constant: Constant): readonly number[] {
  if (constant.kind === "integer") return constant.values;
  const { bytes, elementBytes } = constant;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / elementBytes }, (_, i) =>
    elementBytes === 4 ? view.getFloat32(4 * i, true) : float16(view.getUint16(2 * i, true)),
  );
}

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 fraction bits. */
function float16(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Elements of `constant` in the order of its axes `perm[0]`, `perm[1]`, ... */
export function transposed(
  constant: Constant & { kind: "float" },
  perm: readonly number[],
): Constant & { kind: "float" } {
  const { shape, elementBytes } = constant;
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const outShape = perm.map((axis) => shape[axis] ?? 0);
  const outStrides = perm.map((axis) => strides[axis] ?? 0);
  const bytes = new Uint8Array(constant.bytes.length);
  const index = outShape.map(() => 0);
  for (let out = 0; out < sizeOf(shape); out++) {
    const from = index.reduce((sum, i, axis) => sum + i * (outStrides[axis] ?? 0), 0) * elementBytes;
    bytes.set(constant.bytes.subarray(from, from + elementBytes), out * elementBytes);
    advance(index, outShape);
  }
  return { kind: "float", shape: outShape, elementBytes, bytes };
}

function advance(index: number[], shape: readonly number[]): void {
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const next = (index[axis] ?? 0) + 1;
    index[axis] = next < (shape[axis] ?? 0) ? next : 0;
    if (index[axis] !== 0) return;
  }
}
