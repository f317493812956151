/**
 * What a sealed package says of itself: who, what, where and when, how that is known, and the hash of everything in it.
 * The text of `manifest.json` is the canonical JSON of this document, and its SHA-256 is what is signed.
 */
import { z } from "zod";
import { vehicleClasses } from "../../traffic/vehicle-class.ts";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const at_ms = z.number().int();
/** A plain name inside the package: no folder, nothing hidden. */
const fileName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,99}$/);

const fileRoles = ["clip", "still", "plate", "derived"] as const;

const sealedFileSchema = z.strictObject({
  name: fileName,
  role: z.enum(fileRoles),
  sha256,
  bytes: z.number().int().min(1),
  /** For what was made from something else: from which file, which of its frames, and what was done. */
  made_from: z
    .strictObject({ name: fileName, frame: z.number().int().min(0), steps: z.array(z.string().min(1)) })
    .nullable(),
});

/** A coded picture of the clip as the camera sent it. */
const sealedFrameSchema = z.strictObject({
  /** In `time_base` units of the clip. */
  pts: z.number().int(),
  at_ms: z.number(),
  /** Of the coded bytes. */
  sha256,
});

const clipSchema = z.strictObject({
  name: fileName,
  /** Ticks a second. */
  time_base_hz: z.number().int().min(1),
  /** In the order in which they stand in the file. */
  frames: z.array(sealedFrameSchema).min(1),
  /** What is known to be missing inside. */
  gaps: z.array(z.strictObject({ from_ms: at_ms, to_ms: at_ms })),
});

const signalSchema = z.strictObject({
  controller: z.string().min(1),
  phase: z.number().int().min(1).max(16),
  samples: z.array(z.strictObject({ at_ms, state: z.enum(["green", "yellow", "red", "dark"]), reply_sha256: sha256 })),
});

export const manifestSchema = z.strictObject({
  version: z.literal(1),
  case_id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,199}$/),
  /** Counts up when a case is sealed again; `supersedes` is the hash of the manifest before. */
  edition: z.number().int().min(1),
  supersedes: sha256.nullable(),
  site: z.string().min(1),
  camera: z.strictObject({
    id: z.string().min(1),
    intersection: z.string().min(1),
    lane: z.string().min(1).nullable(),
  }),
  rule: z.strictObject({
    id: z.string().min(1),
    /** Name of this rule in the site file. */
    place: z.string().min(1),
    version: z.number().int().min(1),
    thresholds: z.record(z.string(), z.number()),
  }),
  models: z.array(z.strictObject({ name: z.string().min(1), sha256 })),
  calibration: z.strictObject({ id: z.string().min(1), reprojection_error_px: z.number().min(0) }).nullable(),
  event: z.strictObject({
    at_ms: z.number(),
    uncertainty_ms: z.number().min(0),
    /** What the rule measured, each with its unit in its name. */
    measured: z.record(z.string(), z.number()),
    /** A scene staged for a test or for training people: proves nothing about anybody. */
    staged: z.boolean(),
  }),
  clock: z.strictObject({
    source: z.string().min(1),
    offset_ms: z.number(),
    uncertainty_ms: z.number().min(0),
    checked_at_ms: at_ms,
  }),
  signal: signalSchema.nullable(),
  track: z.strictObject({
    class: z.enum(vehicleClasses),
    /** Where the vehicle meets the road: shares of the picture, origin top left. */
    points: z.array(z.strictObject({ at_ms: z.number(), x: z.number(), y: z.number() })).min(1),
  }),
  /** `text` is null where the plate could not be read. */
  plate: z.strictObject({ text: z.string().min(1).nullable(), confidence: z.number().min(0).max(1) }).nullable(),
  clip: clipSchema,
  files: z.array(sealedFileSchema).min(1),
  sealed_at_ms: at_ms,
});

export type Manifest = Readonly<z.infer<typeof manifestSchema>>;
export type SealedFile = Readonly<z.infer<typeof sealedFileSchema>>;
export type SealedFrame = Readonly<z.infer<typeof sealedFrameSchema>>;

export const signatureSchema = z.strictObject({
  version: z.literal(1),
  manifest_sha256: sha256,
  signatures: z
    .array(
      z.strictObject({
        algorithm: z.literal("ed25519"),
        /** Of the public key: see docs/reference/evidence.md. */
        key_id: z.string().regex(/^[0-9a-f]{16}$/),
        signature: z.base64(),
      }),
    )
    .min(1),
});

export type SignatureDocument = Readonly<z.infer<typeof signatureSchema>>;
