/** Writes and reads an ONNX file: the few protobuf messages of onnx.proto3 that our networks need, by field number. */
import protobuf from "protobufjs/light.js";

/** `TensorProto.DataType`. */
export const onnxType = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7, float16: 10 } as const;

/** `AttributeProto.AttributeType`. */
const attributeType = { float: 1, int: 2, string: 3, ints: 7 } as const;

export type OnnxAttribute =
  | { readonly f: number }
  | { readonly i: number }
  | { readonly s: string }
  | { readonly ints: readonly number[] };

export interface OnnxNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, OnnxAttribute>>;
}

export interface OnnxInitializer {
  readonly name: string;
  readonly type: number;
  readonly dims: readonly number[];
  /** Little-endian elements. */
  readonly bytes: Uint8Array;
}

/** A graph input or output: a number is a fixed dimension, a word a free one. */
export interface OnnxValue {
  readonly name: string;
  readonly dims: readonly (number | string)[];
  /** Of `onnxType`; float unless said. */
  readonly type?: number;
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

/** Opset 17 and IR 8 are read by every ONNX Runtime since 1.12. */
const irVersion = 8;
const opset = 17;

const field = (type: string, id: number) => ({ type, id });
const many = (type: string, id: number) => ({ rule: "repeated", type, id });

const schema = protobuf.Root.fromJSON({
  nested: {
    Attribute: {
      fields: {
        name: field("string", 1),
        f: field("float", 2),
        i: field("int64", 3),
        s: field("bytes", 4),
        ints: many("int64", 8),
        type: field("int32", 20),
      },
    },
    Node: {
      fields: {
        input: many("string", 1),
        output: many("string", 2),
        name: field("string", 3),
        opType: field("string", 4),
        attribute: many("Attribute", 5),
      },
    },
    Tensor: {
      fields: {
        dims: many("int64", 1),
        dataType: field("int32", 2),
        name: field("string", 8),
        rawData: field("bytes", 9),
      },
    },
    Dimension: { fields: { dimValue: field("int64", 1), dimParam: field("string", 2) } },
    Shape: { fields: { dim: many("Dimension", 1) } },
    TensorType: { fields: { elemType: field("int32", 1), shape: field("Shape", 2) } },
    Type: { fields: { tensorType: field("TensorType", 1) } },
    ValueInfo: { fields: { name: field("string", 1), type: field("Type", 2) } },
    Graph: {
      fields: {
        node: many("Node", 1),
        name: field("string", 2),
        initializer: many("Tensor", 5),
        input: many("ValueInfo", 11),
        output: many("ValueInfo", 12),
      },
    },
    OperatorSet: { fields: { domain: field("string", 1), version: field("int64", 2) } },
    Model: {
      fields: {
        irVersion: field("int64", 1),
        producerName: field("string", 2),
        graph: field("Graph", 7),
        opsetImport: many("OperatorSet", 8),
      },
    },
  },
});

function attributeMessage(name: string, value: OnnxAttribute): object {
  if ("f" in value) return { name, f: value.f, type: attributeType.float };
  if ("i" in value) return { name, i: value.i, type: attributeType.int };
  if ("s" in value) return { name, s: new TextEncoder().encode(value.s), type: attributeType.string };
  return { name, ints: value.ints, type: attributeType.ints };
}

const nodeMessage = (node: OnnxNode): object => ({
  input: node.inputs,
  output: node.outputs,
  name: node.name,
  opType: node.op,
  attribute: Object.entries(node.attributes).map(([name, value]) => attributeMessage(name, value)),
});

const valueMessage = (value: OnnxValue): object => ({
  name: value.name,
  type: {
    tensorType: {
      elemType: value.type ?? onnxType.float,
      shape: { dim: value.dims.map((d) => (typeof d === "number" ? { dimValue: d } : { dimParam: d })) },
    },
  },
});

/** The bytes depend on the graph alone, so that the same source always gives the same file. */
export function encodeOnnx(graph: OnnxGraph): Uint8Array {
  const model = schema.lookupType("Model");
  const message = {
    irVersion,
    producerName: "greenwave",
    opsetImport: [{ domain: "", version: opset }],
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeMessage),
      initializer: graph.initializers.map((t) => ({ dims: t.dims, dataType: t.type, name: t.name, rawData: t.bytes })),
      input: graph.inputs.map(valueMessage),
      output: graph.outputs.map(valueMessage),
    },
  };
  return model.encode(model.fromObject(message)).finish();
}

interface DecodedAttribute {
  readonly name: string;
  readonly f: number;
  readonly i: number;
  readonly s: Uint8Array;
  readonly ints: readonly number[];
  readonly type: number;
}

function attributeOf(attribute: DecodedAttribute): OnnxAttribute {
  switch (attribute.type) {
    case attributeType.float:
      return { f: attribute.f };
    case attributeType.int:
      return { i: Number(attribute.i) };
    case attributeType.string:
      return { s: new TextDecoder().decode(attribute.s) };
    case attributeType.ints:
      return { ints: attribute.ints.map(Number) };
    default:
      throw new Error(`attribute ${attribute.name} has type ${attribute.type}, which is not read`);
  }
}

interface DecodedValue {
  readonly name: string;
  readonly type: {
    readonly tensorType: { readonly elemType: number; readonly shape: { readonly dim: readonly DecodedDimension[] } };
  };
}

interface DecodedDimension {
  readonly dimValue: number;
  readonly dimParam: string;
}

const portOf = ({ name, type }: DecodedValue): OnnxValue => ({
  name,
  dims: type.tensorType.shape.dim.map(({ dimValue, dimParam }) => (dimParam === "" ? Number(dimValue) : dimParam)),
  ...(type.tensorType.elemType === onnxType.float ? {} : { type: type.tensorType.elemType }),
});

interface DecodedGraph {
  readonly name: string;
  readonly node: readonly {
    readonly name: string;
    readonly opType: string;
    readonly input: string[];
    readonly output: string[];
    readonly attribute: readonly DecodedAttribute[];
  }[];
  readonly initializer: readonly {
    readonly name: string;
    readonly dataType: number;
    readonly dims: readonly number[];
    readonly rawData: Uint8Array;
  }[];
  readonly input: readonly DecodedValue[];
  readonly output: readonly DecodedValue[];
}

/** Reads what `encodeOnnx` wrote: tensors as raw bytes, no fields beyond the messages above. Throws on other bytes. */
export function decodeOnnx(bytes: Uint8Array): OnnxGraph {
  const message = schema.lookupType("Model").decode(bytes) as unknown as { readonly graph: DecodedGraph };
  const { name, node, initializer, input, output } = message.graph;
  return {
    name,
    nodes: node.map((n) => ({
      name: n.name,
      op: n.opType,
      inputs: [...n.input],
      outputs: [...n.output],
      attributes: Object.fromEntries(n.attribute.map((a) => [a.name, attributeOf(a)])),
    })),
    initializers: initializer.map((t) => ({
      name: t.name,
      type: t.dataType,
      dims: t.dims.map(Number),
      bytes: Uint8Array.from(t.rawData),
    })),
    inputs: input.map(portOf),
    outputs: output.map(portOf),
  };
}
