/** The YAML file behind `--v3`: the user of SNMPv3 and where its keys are. The keys themselves never stand in it. */
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { Credentials, V3User } from "../../controllers/index.ts";
import { failed, ok, problem, type Result, reasonOf } from "../../core/problems/problem.ts";
import { secret } from "./controller-credentials.ts";

const schema = z.strictObject({
  user: z.string().min(1).max(32),
  auth: z.enum(["sha256", "sha384", "sha512"]).default("sha256"),
  priv: z.enum(["aes128", "aes256"]).default("aes128"),
  /** Beside the YAML file, unless the path is absolute. */
  auth_key_file: z.string().min(1).optional(),
  priv_key_file: z.string().min(1).optional(),
  auth_key_env: z.string().min(1).optional(),
  priv_key_env: z.string().min(1).optional(),
});

/** RFC 3414 11.2: shorter pass phrases are guessed. */
const LEAST_KEY = 8;

const bad = (file: string, reason: string): Result<never> => failed(problem("V3_FILE_BAD", { file, reason }));

async function textOf(path: string): Promise<Result<string>> {
  try {
    return ok(await readFile(path, "utf8"));
  } catch (error) {
    return bad(path, reasonOf(error));
  }
}

async function keyOf(file: string, what: "auth" | "priv", at: string | undefined, variable: string | undefined) {
  if ((at === undefined) === (variable === undefined)) {
    return bad(file, `${what}_key_file or ${what}_key_env must be given, and not both`);
  }
  if (at === undefined) return secret(`User in ${file}`, variable ?? "");
  const read = await textOf(resolve(dirname(file), at));
  if (!read.ok) return read;
  const key = read.value.trimEnd();
  return key.length < LEAST_KEY ? bad(at, `the key is shorter than ${LEAST_KEY} characters`) : ok(key);
}

/** The user, with its keys. */
export async function readV3File(file: string): Promise<Result<V3User>> {
  const text = await textOf(file);
  if (!text.ok) return text;
  let document: unknown;
  try {
    document = parse(text.value);
  } catch (error) {
    return bad(file, reasonOf(error).split("\n")[0] ?? "no YAML");
  }
  const read = schema.safeParse(document);
  if (!read.success) {
    return bad(file, read.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`.trim()).join("; "));
  }
  const { user, auth, priv, auth_key_file, auth_key_env, priv_key_file, priv_key_env } = read.data;
  const authKey = await keyOf(file, "auth", auth_key_file, auth_key_env);
  if (!authKey.ok) return authKey;
  const privKey = await keyOf(file, "priv", priv_key_file, priv_key_env);
  if (!privKey.ok) return privKey;
  return ok({ user, auth, priv, authKey: authKey.value, privKey: privKey.value });
}

export const v3FileCredentials = async (file: string): Promise<Result<Credentials>> => {
  const user = await readV3File(file);
  return user.ok ? ok({ version: user.value }) : user;
};
