/** What a detection model is: where it came from, what goes in, what comes out. Stands beside the ONNX file. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { projectRoot } from "../project-root.ts";

const triple = z.tuple([z.number(), z.number(), z.number()]);

const manifestSchema = z.strictObject({
  name: z.string().min(1),
  description: z.string().min(1),
  licence: z.string().min(1),
  source: z.strictObject({
    package: z.string().min(1),
    version: z.string().min(1),
    /** Subresource integrity of the npm tarball. */
    integrity: z.string().startsWith("sha512-"),
    graph: z.string().min(1),
    weights: z.string().min(1),
    project: z.url(),
  }),
  /** Of the ONNX file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  input: z.strictObject({
    name: z.string(),
    /** The source's placeholder. */
    source: z.string(),
    layout: z.literal("NCHW"),
    channels: z.literal("BGR"),
    /** Of 0 to 255, in the order of `channels`: (value - mean) / std. */
    mean: triple,
    std: triple,
    /** Height and width are any multiple of this. */
    multiple_px: z.number().int().positive(),
    /** Grey around a letterboxed picture, 0 to 255. */
    padding: z.number().min(0).max(255),
  }),
  /** Distances from a cell's centre to the box sides (left, top, right, bottom) are distributions over 0 to bins-1 strides. */
  bins: z.number().int().min(2),
  /** How many classes the network scores; the scores are probabilities. */
  scores: z.number().int().positive(),
  levels: z
    .array(
      z.strictObject({
        stride_px: z.number().int().positive(),
        scores: z.strictObject({ name: z.string(), source: z.string() }),
        bins: z.strictObject({ name: z.string(), source: z.string() }),
      }),
    )
    .min(1),
  /** The network's classes that we use; all others are dropped. */
  classes: z
    .array(z.strictObject({ index: z.number().int().min(0), name: z.string(), vehicle_class: z.enum(vehicleClasses) }))
    .min(1),
  /** What the weights are run with: a threshold belongs to weights and input size. */
  operating: z
    .strictObject({
      /** The longer side of the input for small road users, and of the one for large vehicles. */
      long_side_px: z.number().int().positive(),
      far_side_px: z.number().int().positive(),
      score_threshold: z.number().min(0).max(1),
    })
    .optional(),
  /** Pictures that weights were trained on besides the source's; the model card says how. */
  trained_on: z
    .array(z.strictObject({ name: z.string().min(1), credit: z.string().min(1), licence: z.string().min(1) }))
    .optional(),
});

export type ModelManifest = Readonly<z.infer<typeof manifestSchema>>;

/** Manifest of an ONNX file: the same path with `.json`. */
export const manifestFile = (modelFile: string): string => modelFile.replace(/\.onnx$/, ".json");

/** A committed model, found from the project root so that sources and compiled code see the same file. */
const committedModel = (name: string): string => join(projectRoot(), "detectors", "models", `${name}.onnx`);

/** Weights as their authors trained them. */
export const originalModelFile = (): string => committedModel("nanodet-g");

/** Weights whose head also learned motorcycles with their riders, in 8-bit integers: what is used unless a site says otherwise. */
export const roadUserModelFile = (): string => committedModel("nanodet-g-motorcycles");

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export async function readManifest(file: string): Promise<Result<ModelManifest>> {
  if (!existsSync(file)) return failed(problem("MODEL_MISSING", { file }));
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    return failed(problem("MODEL_MANIFEST_BAD", { file, reason: String(error) }));
  }
  const parsed = manifestSchema.safeParse(document);
  if (parsed.success) return ok(parsed.data);
  return failed(
    ...parsed.error.issues.map(({ path, message }) =>
      problem("MODEL_MANIFEST_BAD", { file, reason: `${path.join(".")}: ${message}` }),
    ),
  );
}

/** The ONNX bytes, proved to be those that the manifest describes. */
export async function readModel(
  modelFile: string,
): Promise<Result<{ readonly manifest: ModelManifest; readonly bytes: Uint8Array }>> {
  const manifest = await readManifest(manifestFile(modelFile));
  if (!manifest.ok) return manifest;
  if (!existsSync(modelFile)) return failed(problem("MODEL_MISSING", { file: modelFile }));
  const bytes = await readFile(modelFile);
  const found = sha256(bytes);
  const expected = manifest.value.sha256;
  return found === expected
    ? ok({ manifest: manifest.value, bytes })
    : failed(problem("MODEL_ALTERED", { file: modelFile, found, expected }));
}
