/** The models that are committed beside this file, each an ONNX file and its manifest. */
import { join } from "node:path";
import { projectRoot } from "../project-root.ts";

/** The first is used unless a site says otherwise. */
export const shippedModels = ["nanodet-g-motorcycles", "nanodet-g", "ssdlite-mobilenet-v2"] as const;

export type ShippedModel = (typeof shippedModels)[number];

export const usualModel: ShippedModel = shippedModels[0];

/** Found from the project root, so that sources and compiled code see the same file. */
export const shippedModelFile = (name: ShippedModel): string =>
  join(projectRoot(), "detectors", "models", `${name}.onnx`);
