/** Who we are to a controller of the site file. Its secrets come from the environment or the sealed store; they stand nowhere else. */
import type { Credentials, NtcipConfig } from "../../controllers/index.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Direction } from "../secrets/identity.ts";
import { SecretStore } from "../secrets/secret-store.ts";
import type { Site } from "../site/schema.ts";

/** The secret behind a name; never printed. */
export function secret(owner: string, variable: string): Result<string> {
  const value = process.env[variable];
  if (value !== undefined && value !== "") return ok(value);
  return failed(problem("SECRET_MISSING", { owner, variable }));
}

function v3Credentials(owner: string, v3: NonNullable<NtcipConfig["v3"]>): Result<Credentials> {
  const authKey = secret(owner, v3.auth_key_env);
  const privKey = secret(owner, v3.priv_key_env);
  if (!authKey.ok) return authKey;
  if (!privKey.ok) return privKey;
  const { user, auth, priv } = v3;
  return ok({ version: { user, auth, priv, authKey: authKey.value, privKey: privKey.value } });
}

/** Reading and writing are two identities, where the device has two. */
export type DeviceCredentials = Credentials & { readonly writer?: Credentials };

function keptCredentials({ id, version }: NtcipConfig, kept: Pick<SecretStore, "get"> | null, direction: Direction) {
  const identity = kept?.get(id, direction) ?? null;
  if (identity === null) return failed(problem("SECRET_NOT_KEPT", { device: id, direction }));
  if ("community" in identity) {
    // A community where v3 is asked for would be a weaker lock than the site file promises.
    if (version === "v3") return failed(problem("SECRET_NOT_KEPT", { device: id, direction }));
    return ok<Credentials>({ version, community: identity.community });
  }
  const { user, auth, priv, auth_key: authKey, priv_key: privKey } = identity;
  return ok<Credentials>({ version: { user, auth, priv, authKey, privKey } });
}

/** Fails with SECRET_MISSING or SECRET_NOT_KEPT. The site file's schema has made sure that what its version needs is named. */
export function credentialsOf(config: NtcipConfig, kept: Pick<SecretStore, "get"> | null): Result<DeviceCredentials> {
  const { id, version, identity, community_env = "", v3 } = config;
  const owner = `Controller ${id}`;
  if (identity === "store") {
    const reader = keptCredentials(config, kept, "read");
    if (!reader.ok) return reader;
    const writer = keptCredentials(config, kept, "write");
    return writer.ok ? ok({ ...reader.value, writer: writer.value }) : writer;
  }
  if (version === "v3")
    return v3 === undefined ? failed(problem("SECRET_MISSING", { owner, variable: "v3" })) : v3Credentials(owner, v3);
  const community = secret(owner, community_env);
  return community.ok ? ok({ version, community: community.value }) : community;
}

/** The sealed store, where the site has a controller that needs it; null where none does. */
export async function identitiesFor(site: Site, dataDir: string): Promise<Result<SecretStore | null>> {
  const needed = site.controllers.some((config) => config.kind === "ntcip" && config.identity === "store");
  return needed ? SecretStore.open({ dataDir, env: process.env }) : ok(null);
}
