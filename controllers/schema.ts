/** The `controllers` section of the site file. */
import { z } from "zod";

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "BAD_ID");

export const controllerSchema = z.discriminatedUnion("kind", [
  /** Started by the service itself on loopback, speaking real SNMP. `port` 0 or absent: any free one. */
  z.strictObject({
    kind: z.literal("virtual"),
    id,
    intersection: id,
    port: z.number().int().min(0).max(65535).default(0),
  }),
  z.strictObject({
    kind: z.literal("ntcip"),
    id,
    intersection: id,
    host: z.string().min(1),
    port: z.number().int().min(1).max(65535).default(161),
    version: z.enum(["v1", "v2c"]).default("v1"),
    /** Name of the environment variable that holds the community: secrets never stand in this file. */
    community_env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/, "BAD_VARIABLE_NAME"),
    timeout_s: z.number().min(0.2).max(30).default(2),
  }),
]);

export type ControllerConfig = Readonly<z.infer<typeof controllerSchema>>;
