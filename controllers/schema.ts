/** The `controllers` section of the site file. */
import { z } from "zod";
import { quirksSchema } from "./ntcip/quirks.ts";
import { rsmpKeys } from "./rsmp/schema.ts";

const id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, "BAD_ID");
/** Secrets never stand in the site file: only the name of the environment variable that holds one does. */
const variable = z.string().regex(/^[A-Z_][A-Z0-9_]*$/, "BAD_VARIABLE_NAME");

/** What SNMPv3 needs besides its two keys; authentication and privacy are never optional. */
const v3Schema = z.strictObject({
  user: z.string().min(1).max(32),
  auth: z.enum(["sha256", "sha384", "sha512"]).default("sha256"),
  priv: z.enum(["aes128", "aes256"]).default("aes128"),
  auth_key_env: variable,
  priv_key_env: variable,
});

/** Who lets a plan of the service's own making through: nobody, where the controller is only arithmetic, or a person. */
const approval = z.enum(["automatic", "second_person"]);

/**
 * What leads the intersection: its plan, or a policy that decides second by second from what cameras see, with the plan to fall back on.
 */
const control = z.enum(["plan", "adaptive"]).default("plan");

const ntcipSchema = z
  .strictObject({
    kind: z.literal("ntcip"),
    id,
    intersection: id,
    host: z.string().min(1),
    port: z.number().int().min(1).max(65535).default(161),
    version: z.enum(["v1", "v2c", "v3"]).default("v1"),
    /** Where its secrets are: in variables that are named here, or in the sealed store (`greenwave secrets`). */
    identity: z.enum(["environment", "store"]).default("environment"),
    /** Of v1 and v2c. */
    community_env: variable.optional(),
    /** Of v3. */
    v3: v3Schema.optional(),
    timeout_s: z.number().min(0.2).max(30).default(2),
    /** A street is never changed without a second person: `automatic` is refused. */
    approval: approval.default("second_person").refine((said) => said !== "automatic", "APPROVAL_NEEDS_TWO"),
    control,
    /** What asking cannot tell about this device, or need not. */
    quirks: quirksSchema.prefault({}),
  })
  .refine(({ identity, community_env, v3 }) => identity !== "store" || (community_env ?? v3) === undefined, {
    error: "IDENTITY_IN_STORE",
    path: ["identity"],
  })
  .refine(({ identity, version, v3 }) => identity === "store" || (version === "v3") === (v3 !== undefined), {
    error: "V3_AND_ITS_USER",
    path: ["v3"],
  })
  .refine((said) => said.identity === "store" || (said.version === "v3") === (said.community_env === undefined), {
    error: "COMMUNITY_OF_V1_AND_V2C",
    path: ["community_env"],
  });

const rsmpSchema = z.strictObject({
  ...rsmpKeys,
  id,
  intersection: id,
  /** Security code 2, which commands of plans need. */
  code_env: variable,
  approval: approval.default("second_person").refine((said) => said !== "automatic", "APPROVAL_NEEDS_TWO"),
  control: control.refine((said) => said !== "adaptive", "RSMP_PLAN_ONLY"),
});

export const controllerSchema = z.discriminatedUnion("kind", [
  /** Started by the service itself on loopback, speaking real SNMP. `port` 0 or absent: any free one. */
  z.strictObject({
    kind: z.literal("virtual"),
    id,
    intersection: id,
    port: z.number().int().min(0).max(65535).default(0),
    approval: approval.default("automatic"),
    control,
  }),
  ntcipSchema,
  rsmpSchema,
]);

export type ControllerConfig = Readonly<z.infer<typeof controllerSchema>>;
export type RsmpConfig = Readonly<z.infer<typeof rsmpSchema>>;
export type NtcipConfig = Readonly<z.infer<typeof ntcipSchema>>;
