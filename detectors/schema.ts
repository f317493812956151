/** What the site file says about eyes: the `cameras` section, and which `model` they see with. */
import { z } from "zod";
import { vehicleClasses } from "../core/traffic/vehicle-class.ts";
import { calibrationSchema } from "./calibration/schema.ts";
import { headNames } from "./inference/heads/head.ts";
import { regionSchema, tilesSchema } from "./inference/views/schema.ts";
import { cameraLineSchema, detectorId as id, lineSchema, movementSchema } from "./lane/schema.ts";
import { shippedModels } from "./models/shipped.ts";
import { leastFrames_per_s, usualFrames_per_s } from "./pace/rates.ts";
import { cameraPlatesSchema } from "./plates/schema.ts";
import { cameraRecordingSchema } from "./ring/schema.ts";

const positions = z.array(z.number().int().min(0).max(9999)).min(1);

/** A shipped model by name, or an ONNX file that the site brings; or no network at all, but what differs from the empty street. */
export const modelSchema = z
  .strictObject({
    use: z.enum([...shippedModels, "background"]).optional(),
    /** Path of an ONNX file. */
    file: z.string().min(1).optional(),
    /** What its last layers are; `auto` recognises them from the graph. */
    head: z.enum(["auto", ...headNames]).default("auto"),
    /** For a network of other classes than COCO's 80: where each of ours stands among its classes. */
    classes: z
      .strictObject(
        Object.fromEntries(vehicleClasses.map((name) => [name, positions.optional()])) as Record<
          (typeof vehicleClasses)[number],
          z.ZodOptional<typeof positions>
        >,
      )
      .refine((classes) => Object.values(classes).some((each) => each !== undefined), "MODEL_WITHOUT_CLASSES")
      .optional(),
    /** Longer side of the network's input, where the network leaves it free; of the compared picture for `background`. */
    input_px: z.number().int().min(160).max(2048).multipleOf(32).optional(),
    /** Boxes below are not even shown to the tracker. */
    score: z.number().min(0.01).max(0.99).optional(),
    /** The picture in parts. */
    tiles: tilesSchema.optional(),
  })
  .refine(({ use, file }) => use === undefined || file === undefined, { error: "MODEL_TWICE", path: ["file"] })
  .refine(({ file, head }) => file !== undefined || head === "auto", { error: "MODEL_NEEDS_FILE", path: ["head"] })
  .refine(({ file, classes }) => file !== undefined || classes === undefined, {
    error: "MODEL_NEEDS_FILE",
    path: ["classes"],
  })
  .refine(({ use, tiles }) => use !== "background" || tiles === undefined, {
    error: "BACKGROUND_NEEDS_NO_TILES",
    path: ["tiles"],
  });

/** How one camera sees. */
export const eyeSchema = z.strictObject({
  /** Instead of the site's. */
  model: modelSchema.optional(),
  /** Where in the picture it looks. */
  regions: z.array(regionSchema).max(20).optional(),
  /** Ties the picture to the ground; without it speeds and lengths stay unknown. */
  calibration: calibrationSchema.optional(),
});

export const linesFileSchema = z.strictObject({
  lines: z.array(lineSchema).min(1),
  movements: z.array(movementSchema).optional(),
  ...eyeSchema.shape,
});

/** A calibration that is still being made, alone in its file, with the lines it is wanted for. */
export const pointsFileSchema = calibrationSchema.extend({ lines: z.array(lineSchema).default([]) });

export const cameraSchema = z.strictObject({
  id,
  name: z.string().min(1).optional(),
  intersection: id,
  /** `rtsp://…` or a file path; absent: the lanes are simulated. Credentials come from `source_env`. */
  source: z.string().min(1).optional(),
  /** Name of the environment variable that holds the stream address with its credentials. */
  source_env: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/, "BAD_VARIABLE_NAME")
    .optional(),
  lines: z.array(cameraLineSchema).min(1),
  /** Ways through the junction, counted by the lines they begin and end at. */
  movements: z.array(movementSchema).optional(),
  ...eyeSchema.shape,
  /** Instead of the site's. */
  recording: cameraRecordingSchema.optional(),
  /** Absent: plates are read of violations alone. */
  plates: cameraPlatesSchema.optional(),
  /** Pictures looked at, at most; an overloaded machine looks at fewer, and says so. */
  frames_per_s: z.number().min(leastFrames_per_s).max(60).default(usualFrames_per_s),
  interval_s: z.number().int().min(10).max(900).default(60),
});

export type ModelChoice = Readonly<z.infer<typeof modelSchema>>;
export type Eye = Readonly<z.infer<typeof eyeSchema>>;
export type Camera = Readonly<z.infer<typeof cameraSchema>>;
