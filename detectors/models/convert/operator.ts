/** What an operator of the source graph is converted with, and how it reads its node. */
import { ProblemError, problem } from "../../../core/problems/problem.ts";
import type { Constant, GraphNode } from "./graph-model.ts";
import type { OnnxBuilder } from "./onnx-builder.ts";
import type { View } from "./view.ts";

/** What an operator may ask about the graph around it. */
export interface Surroundings {
  readonly builder: OnnxBuilder;
  /** Is the input's size free? Then nothing may depend on the size of the source. */
  readonly anySize: boolean;
  view(input: string): View;
  constant(input: string): Constant | undefined;
  /** How many nodes and outputs read this node's output. */
  readers(node: string): number;
}

export type Operator = (node: GraphNode, graph: Surroundings) => readonly View[];

export type FloatConstant = Constant & { kind: "float" };

/** Stops the conversion: this use of a known operator would come out wrong. */
export function refuse(node: GraphNode, reason: string): never {
  throw new ProblemError([problem("MODEL_OPERATOR_FORM", { operator: node.op, node: node.name, reason })]);
}

export const input = (node: GraphNode, index: number): string =>
  node.input[index] ?? refuse(node, `input ${index} is absent`);

export function integersOf(node: GraphNode, index: number, graph: Surroundings): readonly number[] {
  const constant = graph.constant(input(node, index));
  return constant?.kind === "integer" ? constant.values : refuse(node, `input ${index} is not an integer constant`);
}

export function floatsOf(node: GraphNode, index: number, graph: Surroundings): FloatConstant {
  const constant = graph.constant(input(node, index));
  return constant?.kind === "float" ? constant : refuse(node, `input ${index} is not a float constant`);
}

export const list = (node: GraphNode, name: string): number[] => (node.attr[name]?.list?.i ?? []).map(Number);

export function text(node: GraphNode, name: string): string {
  const value = node.attr[name]?.s ?? "";
  return Buffer.from(typeof value === "string" ? Buffer.from(value, "base64") : value).toString();
}
