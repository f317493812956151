/** The YAML of a site as zod reads it. Keys and units (seconds, minutes) are those of the reference implementation's `tlc.yaml`. */
import { z } from "zod";
import { MOST_BUFFERED } from "./message-buffer.ts";

const seconds = z.number().min(0).max(86_400);
const port = z.coerce.number().int().min(1).max(65_535);
const word = z.union([z.string(), z.number()]).transform(String);

const componentWords = z
  .object({
    id: word.optional(),
    type: z.string().optional(),
    name: z.string().optional(),
    ntsOId: z.string().optional(),
    phase: z.number().int().optional(),
  })
  .nullable();
const componentsOfType = z.union([z.record(z.string(), componentWords), z.array(word), z.null()]);

const planWords = z
  .object({
    cycle_time: z.number().int().min(1).max(255).optional(),
    dynamic_bands: z.record(z.string(), z.number().int().min(0).max(99)).optional(),
  })
  .nullable();

const programmeWords = z
  .object({ raise_alarm: z.string().optional(), raise: z.string().optional(), component: word.optional() })
  .nullable();

const selector = z.object({ cId: word.optional(), sCI: z.string(), n: z.string().optional() });

export const siteSchema = z.object({
  site_id: word.optional(),
  supervisors: z.array(z.object({ ip: z.string().optional(), host: z.string().optional(), port })).optional(),
  core_version: word.optional(),
  core_versions: z.array(word).optional(),
  rsmp_versions: z.union([word, z.array(word)]).optional(),
  sxl_version: word.optional(),
  sxls: z.record(z.string(), word).optional(),
  components: z.union([z.record(z.string(), componentsOfType), z.array(componentWords)]).nullish(),
  security_codes: z.union([z.record(z.string(), word), z.array(word)]).optional(),
  secrets: z.object({ security_codes: z.union([z.record(z.string(), word), z.array(word)]).optional() }).optional(),
  signal_plans: z.record(z.string(), planWords).optional(),
  inputs: z
    .object({
      total: z.number().int().min(1).max(255).optional(),
      programming: z.record(z.string(), programmeWords).optional(),
    })
    .optional(),
  outputs: z.object({ total: z.number().int().min(1).max(255) }).optional(),
  traffic_situations: z.number().int().min(1).max(255).default(8),
  emergency_routes: z.number().int().min(1).max(255).default(16),
  startup_sequence: z
    .string()
    .regex(/^[efg]*$/, "may have e, f and g")
    .default("efg"),
  /** Seconds of each start-up interval. */
  startup_interval: z.number().min(0.1).max(60).optional(),
  intervals: z
    .object({ timer: seconds.optional(), watchdog: seconds.optional(), reconnect: seconds.optional() })
    .default({}),
  timeouts: z.object({ connect: seconds.optional(), acknowledgement: seconds.optional() }).default({}),
  message_buffer: z
    .object({
      max_messages: z.number().int().min(1).max(1_000_000).default(MOST_BUFFERED),
      statuses: z.union([z.boolean(), z.array(selector)]).default(true),
      file: z.string().min(1).optional(),
    })
    .default({ max_messages: MOST_BUFFERED, statuses: true }),
  priority: z
    .object({ activate: seconds.default(0.5), queue: seconds.default(30), stale: seconds.default(2) })
    .default({ activate: 0.5, queue: 30, stale: 2 }),
  clock_from_watchdog: z.boolean().default(false),
  time_zone: z.string().default("UTC"),
});

export type SiteWordsInFile = z.output<typeof siteSchema>;
