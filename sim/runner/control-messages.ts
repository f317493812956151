/** What may be asked of a run's control, and what it then answers beside its delay. */
import { z } from "zod";
import { sightFaults } from "../../core/adaptive/sight-health.ts";
import { priorityNames } from "../adaptive/priority-notices.ts";
import { cameraFaultsSchema } from "../sensors/camera-faults.ts";

/** Keys of an order. */
export const controlOrderShape = {
  /** Also measured: what people lose, the longest wait, queues, and how long decisions take. SUMO is driven over TraCI then. */
  measures: z.boolean().optional(),
  /** Who goes before others; also told then: what those with priority and the others lose. */
  priority: z.enum(priorityNames).optional(),
  /** Decisions are explained: of all signals or of one, into a file, a line each, or not. Of several seeds each has a file of its own. */
  decisions: z
    .strictObject({ file: z.string().nullable(), signal: z.string().nullable(), several: z.boolean() })
    .optional(),
  /** Of virtual cameras: a file that says them, or how often each lane's breaks in an hour, on average. */
  faults: z.union([z.string(), z.number().positive()]).optional(),
  /** On our own engine: driven once more, with the other choice at the first decision of a signal from then on. */
  contrary: z.strictObject({ signal: z.string(), at_s: z.number() }).optional(),
};

const measuresSchema = z.strictObject({
  person_delay_s: z.number(),
  /** That a vehicle stood in one go, and that the first of a lane did, whoever it was. */
  longest_wait_s: z.number(),
  longest_lane_wait_s: z.number(),
  /** Vehicles that stand at once on all of the network. */
  mean_queue: z.number(),
  longest_queue: z.number(),
  decisions: z.number().int(),
  /** Looking and deciding of one intersection; null where nobody decides. */
  decision_p50_ms: z.number().nullable(),
  decision_p99_ms: z.number().nullable(),
});

export type Measures = z.infer<typeof measuresSchema>;

/** Means over the vehicles due; null where there were none. */
const priorityFiguresSchema = z.strictObject({
  buses: z.number().int(),
  bus_delay_s: z.number().nullable(),
  emergencies: z.number().int(),
  emergency_delay_s: z.number().nullable(),
  emergency_travel_s: z.number().nullable(),
  others: z.number().int(),
  others_delay_s: z.number().nullable(),
  person_delay_s: z.number(),
});

export type PriorityFigures = z.infer<typeof priorityFiguresSchema>;

/** Of decisions whose horizon was over before the end: means of the waiting that was predicted and that came. */
const predictionSchema = z.strictObject({
  checked: z.number().int(),
  predicted_veh_s: z.number(),
  realised_veh_s: z.number(),
  error_veh_s: z.number(),
  correlation: z.number().nullable(),
});

const explanationSchema = z.strictObject({
  at_s: z.number(),
  signal: z.string(),
  stage: z.number().int(),
  shown_s: z.number(),
  chosen: z.number().int(),
  reason: z.string(),
  vehicles: z.array(z.number()).readonly(),
  waits_s: z.array(z.number()).readonly(),
  costs_veh_s: z.array(z.number().nullable()).readonly(),
  predicted_veh_s: z.number().nullable(),
  realised_veh_s: z.number().nullable(),
});

const decisionsSchema = z.strictObject({
  told: z.number().int(),
  prediction: predictionSchema,
  /** Of one signal that was asked for: where the stage changed, or another reason than the usual one decided. */
  changes: z.array(explanationSchema).readonly(),
});

export type DecisionsTold = z.infer<typeof decisionsSchema>;

const counterfactualSchema = z.strictObject({
  signal: z.string(),
  /** Null where until the end there was nothing else to choose. */
  choice: z
    .strictObject({
      at_s: z.number(),
      stage: z.number().int(),
      decided: z.number().int(),
      reason: z.string(),
      instead: z.number().int(),
      /** What the other choice was predicted to cost more. */
      predicted_veh_s: z.number().nullable(),
    })
    .nullable(),
  delay_s: z.number(),
  /** The other choice less what was decided: a vehicle, and all together. */
  more_delay_s: z.number(),
  more_veh_s: z.number(),
});

export type Counterfactual = z.infer<typeof counterfactualSchema>;

/** An intersection followed its plan in place of the policy, because what was told of a lane could not be true. */
const degradationSchema = z.strictObject({
  signal: z.string(),
  lane: z.string(),
  fault: z.enum(sightFaults),
  from_s: z.number(),
  /** When it was believed again; null: not until the end. */
  to_s: z.number().nullable(),
});

/** Keys of a run. */
export const controlRunShape = {
  /** What was broken, where faults were asked for; and, where cameras see, what was not believed. */
  faults: cameraFaultsSchema.optional(),
  degradations: z.array(degradationSchema).readonly().optional(),
  measures: measuresSchema.optional(),
  priority: priorityFiguresSchema.optional(),
  decisions: decisionsSchema.optional(),
  counterfactual: counterfactualSchema.optional(),
};

export type ControlTold = Readonly<z.infer<z.ZodObject<typeof controlRunShape>>>;
