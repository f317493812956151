/**
 * Named float tensors in the safetensors format (8 bytes header length, a JSON header, raw little-endian values): how
 * weights travel between this project and its training in Python. Format: https://huggingface.co/docs/safetensors
 */
import { z } from "zod";

export interface FloatTensor {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

const entrySchema = z.object({
  dtype: z.literal("F32"),
  shape: z.array(z.number().int().min(0)),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
});

const headerLengthBytes = 8;

export function encodeTensors(tensors: ReadonlyMap<string, FloatTensor>): Uint8Array {
  const header: Record<string, z.infer<typeof entrySchema>> = {};
  let end = 0;
  for (const [name, { dims, values }] of tensors) {
    header[name] = { dtype: "F32", shape: [...dims], data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = headerLengthBytes + text.length;
  const bytes = new Uint8Array(start + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, headerLengthBytes);
  let at = start;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/** Throws when the bytes are no safetensors file of floats. */
export function decodeTensors(bytes: Uint8Array): Map<string, FloatTensor> {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(0, true));
  const start = headerLengthBytes + length;
  if (start > bytes.length) throw new Error("the header passes the end of the file");
  const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(headerLengthBytes, start)));
  const { __metadata__: _, ...entries } = z.record(z.string(), z.unknown()).parse(header);
  return new Map(
    Object.entries(entries).map(([name, raw]) => {
      const { shape, data_offsets } = entrySchema.parse(raw);
      const [from, to] = data_offsets;
      return [
        name,
        { dims: shape, values: new Float32Array(new Uint8Array(bytes.subarray(start + from, start + to)).buffer) },
      ];
    }),
  );
}
