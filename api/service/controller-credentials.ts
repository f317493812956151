/** Who we are to a controller of the site file. Its secrets are read from the environment; they stand nowhere else. */
import type { Credentials, NtcipConfig } from "../../controllers/index.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

/** The secret behind a name; never printed. */
export function secret(owner: string, variable: string): Result<string> {
  const value = process.env[variable];
  if (value !== undefined && value !== "") return ok(value);
  return failed(problem("SECRET_MISSING", { owner, variable }));
}

export interface V3Names {
  readonly user: string;
  readonly auth: "sha256" | "sha384" | "sha512";
  readonly priv: "aes128" | "aes256";
  readonly auth_key_env: string;
  readonly priv_key_env: string;
}

export function v3Credentials(owner: string, v3: V3Names): Result<Credentials> {
  const authKey = secret(owner, v3.auth_key_env);
  const privKey = secret(owner, v3.priv_key_env);
  if (!authKey.ok) return authKey;
  if (!privKey.ok) return privKey;
  const { user, auth, priv } = v3;
  return ok({ version: { user, auth, priv, authKey: authKey.value, privKey: privKey.value } });
}

/** Fails with SECRET_MISSING. The site file's schema has made sure that what its version needs is named. */
export function credentialsOf(config: NtcipConfig): Result<Credentials> {
  const { id, version, community_env = "", v3 } = config;
  const owner = `Controller ${id}`;
  if (version === "v3")
    return v3 === undefined ? failed(problem("SECRET_MISSING", { owner, variable: "v3" })) : v3Credentials(owner, v3);
  const community = secret(owner, community_env);
  return community.ok ? ok({ version, community: community.value }) : community;
}
