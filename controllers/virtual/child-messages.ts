/** What parent and child of the virtual controllers say to each other over IPC. Communities travel here and nowhere else. */
import { z } from "zod";
import { id, intersectionSchema } from "../../core/network/schema.ts";

const virtualControllerSchema = z.strictObject({
  id,
  intersection: intersectionSchema,
  port: z.number().int().min(0).max(65535),
  community: z.string().min(1).optional(),
  users: z
    .array(
      z.strictObject({
        user: z.string().min(1),
        auth: z.enum(["sha256", "sha384", "sha512"]),
        priv: z.enum(["aes128", "aes256"]),
        authKey: z.string().min(8),
        privKey: z.string().min(8),
        readOnly: z.boolean().default(false),
      }),
    )
    .optional(),
  timezone: z.string().min(1).optional(),
  backup_s: z.number().int().min(1).max(65535).optional(),
  engineBoots: z.number().int().min(1).optional(),
});

export const startMessage = z.strictObject({
  kind: z.literal("start"),
  controllers: z.array(virtualControllerSchema).min(1),
});

export const childMessage = z.discriminatedUnion("kind", [
  /** The child listens: its first word. */
  z.strictObject({ kind: z.literal("listening") }),
  z.strictObject({ kind: z.literal("ready"), ports: z.record(id, z.number().int().min(1).max(65535)) }),
  /** A port is taken. */
  z.strictObject({ kind: z.literal("busy"), port: z.number().int() }),
  z.strictObject({ kind: z.literal("failed"), reason: z.string() }),
  /** The conflict monitor of one controller tripped. */
  z.strictObject({ kind: z.literal("tripped"), controller: id, fault: z.string() }),
]);

export type StartMessage = z.infer<typeof startMessage>;
export type ChildMessage = z.infer<typeof childMessage>;
