/** A text and who signed it: Ed25519 (RFC 8032) over the UTF-8 bytes. */
import { sign, verify } from "node:crypto";
import type { SignatureDocument } from "../../core/evidence/package/manifest.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import type { PublicKey, SigningKey } from "./keys.ts";

type Signatures = SignatureDocument["signatures"];

export function signText(text: string, keys: readonly SigningKey[]): Signatures {
  return keys.map(({ id, secret }) => ({
    algorithm: "ed25519",
    key_id: id,
    signature: sign(null, Buffer.from(text, "utf8"), secret).toString("base64"),
  }));
}

/** Every signature by a known key must fit, and there must be one. `file` is where the signatures stand. */
export function checkSignatures(
  text: string,
  signatures: Signatures,
  keys: readonly PublicKey[],
  file: string,
): readonly Problem[] {
  const known = signatures.flatMap((each) => {
    const key = keys.find(({ id }) => id === each.key_id);
    return key === undefined ? [] : [{ ...each, key: key.key }];
  });
  if (known.length === 0) {
    return [problem("SIGNED_BY_STRANGERS", { file, keys: signatures.map(({ key_id }) => key_id).join(", ") })];
  }
  const bytes = Buffer.from(text, "utf8");
  return known
    .filter(({ key, signature }) => !isSignature(bytes, key, signature))
    .map(({ key_id }) => problem("SIGNATURE_WRONG", { key: key_id, file }));
}

/** The last sign of a signature in base64 has bits to spare: of its sixteen spellings only the usual one will do (RFC 4648, 3.5). */
function isSignature(bytes: Uint8Array, key: PublicKey["key"], signature: string): boolean {
  const signed = Buffer.from(signature, "base64");
  return signed.toString("base64") === signature && verify(null, bytes, key, signed);
}
