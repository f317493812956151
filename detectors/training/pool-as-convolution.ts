/** A rewriting that changes no value and avoids the runtime's slow integer average. */
import type { OnnxGraph, OnnxInitializer, OnnxNode } from "../models/convert/onnx-file.ts";
import { floatInitializer } from "./head.ts";

/** The network's own convolutions are 0 to 33. */
const firstFreeNumber = 34;

/** Every 2x2 average of `channels` channels as a convolution of each channel by itself with weights of a quarter. */
export function poolAsConvolution(graph: OnnxGraph, channels: number): OnnxGraph {
  const added: OnnxInitializer[] = [];
  let number = firstFreeNumber;
  const nodes = graph.nodes.map((node): OnnxNode => {
    if (node.op !== "AveragePool") return node;
    const name = `pool/convolution_${number++}`;
    const weights = { dims: [channels, 1, 2, 2], values: new Float32Array(channels * 4).fill(0.25) };
    added.push(floatInitializer(`${name}:weights`, weights));
    added.push(floatInitializer(`${name}:bias`, { dims: [channels], values: new Float32Array(channels) }));
    return {
      name: `${name}:Conv`,
      op: "Conv",
      inputs: [...node.inputs, `${name}:weights`, `${name}:bias`],
      outputs: node.outputs,
      attributes: {
        kernel_shape: { ints: [2, 2] },
        strides: { ints: [2, 2] },
        pads: { ints: [0, 0, 0, 0] },
        group: { i: channels },
      },
    };
  });
  return { ...graph, nodes, initializers: [...graph.initializers, ...added] };
}
