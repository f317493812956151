/** Networks that always give the same outputs, so that the boxes they mean are known. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeOnnx, type OnnxValue, onnxType } from "../../../../detectors/models/convert/onnx-file.ts";

export interface KnownOutput {
  readonly name: string;
  readonly dims: readonly number[];
  readonly values: Float32Array<ArrayBuffer> | BigInt64Array<ArrayBuffer>;
}

const typeOf = (values: KnownOutput["values"]): number =>
  values instanceof Float32Array ? onnxType.float : onnxType.int64;

/** A picture of 64 x 64; its grids at strides 8, 16 and 32 have 64, 16 and 4 cells. */
export const picture: OnnxValue = { name: "images", dims: [1, 3, 64, 64] };

/** The bytes of a network with these inputs and outputs. */
export function network(inputs: readonly OnnxValue[], outputs: readonly KnownOutput[]): Uint8Array {
  return encodeOnnx({
    name: "known",
    nodes: outputs.map(({ name }) => ({
      name: `${name}:Identity`,
      op: "Identity",
      inputs: [`${name}:known`],
      outputs: [name],
      attributes: {},
    })),
    initializers: outputs.map(({ name, dims, values }) => ({
      name: `${name}:known`,
      type: typeOf(values),
      dims,
      bytes: new Uint8Array(values.buffer),
    })),
    inputs,
    outputs: outputs.map(({ name, dims, values }) => ({ name, dims, type: typeOf(values) })),
  });
}

/** Rows of one length with the given ones filled in, as the values of an output 1 x rows x width. */
export function rows(name: string, count: number, width: number, filled: Readonly<Record<number, readonly number[]>>) {
  const values = new Float32Array(count * width);
  for (const [row, cells] of Object.entries(filled)) values.set(cells, Number(row) * width);
  return { name, dims: [1, count, width], values };
}

/** The same output with its last two axes exchanged. */
export function transposed({ name, dims, values }: KnownOutput): KnownOutput {
  const [, count = 0, width = 0] = dims;
  const turned = new Float32Array(values.length);
  for (let i = 0; i < turned.length; i++) {
    turned[i] = Number(values[(i % count) * width + Math.floor(i / count)]);
  }
  return { name, dims: [1, width, count], values: turned };
}

/** Class scores with one that is not 0. */
export const scores = (classes: number, index: number, score: number): readonly number[] =>
  Array.from({ length: classes }, (_, i) => (i === index ? score : 0));

/** Writes networks to a folder that `clear` removes. */
export async function modelFolder() {
  const folder = await mkdtemp(join(tmpdir(), "greenwave-heads-"));
  return {
    async write(name: string, bytes: Uint8Array): Promise<string> {
      const file = join(folder, name);
      await writeFile(file, bytes);
      return file;
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
