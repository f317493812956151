/** A model as a command line names it. */
import { type ModelChoice, modelSchema } from "../schema.ts";

/** What the site file calls `use`, where there is one of that name; otherwise an ONNX file. */
export function namedModel(name: string): ModelChoice {
  const ours = modelSchema.safeParse({ use: name });
  // An empty name is a file that is not there, and is told as one.
  return ours.success ? ours.data : modelSchema.parse({ file: name === "" ? "''" : name });
}
