/** What an ONNX graph takes and gives, as far as the file says. */
import type { InferenceSession } from "onnxruntime-node";

export interface Port {
  readonly name: string;
  /** Element type, such as `float32`. */
  readonly type: string;
  /** Null: free, or known only when it runs. Empty: the file does not say. */
  readonly dims: readonly (number | null)[];
}

export interface GraphPorts {
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

const portOf = (value: InferenceSession.ValueMetadata): Port =>
  value.isTensor
    ? { name: value.name, type: value.type, dims: value.shape.map((d) => (typeof d === "number" && d > 0 ? d : null)) }
    : { name: value.name, type: "no tensor", dims: [] };

export const portsOf = (session: InferenceSession): GraphPorts => ({
  inputs: session.inputMetadata.map(portOf),
  outputs: session.outputMetadata.map(portOf),
});

/** Such as `images float32 1x3x416x416, orig_target_sizes int64 1x2`; a free size is `?`. */
export const described = (ports: readonly Port[]): string =>
  ports.map(({ name, type, dims }) => `${name} ${type} ${dims.map((d) => d ?? "?").join("x")}`.trim()).join(", ");

/** Can the port have these sizes? Null fits any. */
export const fits = ({ dims }: Port, ...sizes: readonly (number | null)[]): boolean =>
  dims.length === sizes.length && sizes.every((size, i) => size === null || dims[i] === null || dims[i] === size);

/** The float input of three colour planes; null when there is none, or another shape. */
export const pictureInput = ({ inputs }: GraphPorts): Port | null =>
  inputs.find((port) => port.type === "float32" && fits(port, 1, 3, null, null)) ?? null;
