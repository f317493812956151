/** Who we are to a device in one direction: what is kept of it, and how a person hands it over. */
import { z } from "zod";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export const directions = ["read", "write"] as const;
export type Direction = (typeof directions)[number];

const secret = z.string().min(8).max(255);

const communitySchema = z.strictObject({ community: z.string().min(1).max(255) });

/** SNMPv3 with authentication and privacy; nothing less is spoken. */
const v3Schema = z.strictObject({
  user: z.string().min(1).max(32),
  auth: z.enum(["sha256", "sha384", "sha512"]).default("sha256"),
  priv: z.enum(["aes128", "aes256"]).default("aes128"),
  auth_key: secret,
  priv_key: secret,
});

export const identitySchema = z.union([v3Schema, communitySchema]);
export type Identity = Readonly<z.infer<typeof identitySchema>>;

export const kindOf = (identity: Identity): "community" | "v3" => ("community" in identity ? "community" : "v3");

/**
 * One line is a community; what begins with a brace is a v3 identity as JSON. What is wrong with it is told without quoting
 * it: a mistyped secret is still a secret.
 */
export function identityFrom(text: string): Result<Identity> {
  const trimmed = text.replace(/\r?\n$/, "");
  const document = trimmed.trimStart().startsWith("{") ? jsonOf(trimmed) : { community: trimmed };
  const parsed = identitySchema.safeParse(document);
  if (parsed.success && !("community" in parsed.data && /[\r\n]/.test(parsed.data.community))) return ok(parsed.data);
  return failed(problem("SECRET_SHAPE"));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words would quote the secret.
    return null;
  }
}
