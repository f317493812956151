/** What the site file says of RSMP: where sites dial in, and how each of them that has a plan is made. */
import { z } from "zod";

const file = z.string().min(1);
const number = (most: number) => z.number().int().min(1).max(most);

/** TLS 1.3 with certificates on both sides, unless `plain` is said. */
export const rsmpListenerSchema = z
  .strictObject({
    port: number(65_535).default(12_111),
    host: z.string().min(1).optional(),
    cert: file.optional(),
    key: file.optional(),
    ca: file.optional(),
    plain: z.boolean().default(false),
  })
  .refine(({ cert, key, ca, plain }) => [cert, key, ca].every((each) => (each === undefined) === plain), {
    error: "RSMP_TLS_OR_PLAIN",
    path: ["plain"],
  });

/** Keys of a controller of `kind: rsmp` beside those that every controller has. */
export const rsmpKeys = {
  kind: z.literal("rsmp"),
  /** As the site names itself. */
  site_id: z.string().min(1).max(100),
  component: z.string().min(1).max(100),
  /** Time plans of the site that may be written to; one is written while another runs. */
  plans: z.array(number(255)).min(2).max(16),
  /** In the order of the cycle, with the share of it that the site itself gives them. */
  stages: z
    .array(
      z.strictObject({ phases: z.array(number(16)).min(1).max(8), share: z.number().min(0.01).max(1000).default(1) }),
    )
    .min(2)
    .max(8),
  /** Dynamic bands: each moves seconds from one stage to another. Stages count from 1. */
  bands: z
    .array(z.strictObject({ band: number(99), from: number(8), to: number(8) }))
    .max(32)
    .default([]),
  band_timeout_min: number(60).default(5),
  /** Phase of each signal group, in the order of S0001. */
  signal_groups: z.array(number(16)).max(64).default([]),
} as const;
