/** Who we are to a device. Secrets come in as strings from whoever keeps them; they are never logged and never in a document. */

/** SNMPv3 with authentication and privacy; nothing less is spoken. Keys are pass phrases of eight characters or more. */
export interface V3User {
  readonly user: string;
  readonly auth: "sha256" | "sha384" | "sha512";
  readonly priv: "aes128" | "aes256";
  readonly authKey: string;
  readonly privKey: string;
}

export type SnmpVersion = "v1" | "v2c" | V3User;

export interface Credentials {
  readonly version: SnmpVersion;
  /** Of v1 and v2c. */
  readonly community?: string;
}

export const versionName = (version: SnmpVersion): "v1" | "v2c" | "v3" =>
  typeof version === "string" ? version : "v3";
