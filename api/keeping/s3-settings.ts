/** Which S3 the evidence goes to, as the environment says it. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

export interface S3Settings {
  /** `https://host:port`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** Before every key; empty or ending in a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly keyId: string;
  readonly secret: string;
}

const bad = (reason: string): Result<never> => failed(problem("EVIDENCE_S3_BAD", { reason }));

function addressOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    // Why the library does not take it says nothing to whoever wrote it.
    return null;
  }
}

/** Null where EVIDENCE_S3 is not set: packages stay on the disk. */
export function s3Settings(env: Readonly<Record<string, string | undefined>>): Result<S3Settings | null> {
  const text = env["EVIDENCE_S3"] ?? "";
  if (text === "") return ok(null);
  const address = addressOf(text);
  if (address === null || !["http:", "https:"].includes(address.protocol)) return bad("it is no http or https address");
  if (address.username !== "" || address.password !== "")
    return bad("it carries credentials, which the list of processes shows");
  const [bucket = "", ...folders] = address.pathname.split("/").filter((part) => part !== "");
  if (bucket === "") return bad("it names no bucket");
  const [keyId = "", secret = ""] = [env["EVIDENCE_S3_KEY"], env["EVIDENCE_S3_SECRET"]];
  if (keyId === "" || secret === "") return bad("EVIDENCE_S3_KEY or EVIDENCE_S3_SECRET is not set");
  return ok({
    endpoint: address.origin,
    bucket,
    prefix: folders.map((folder) => `${folder}/`).join(""),
    region: address.searchParams.get("region") ?? "us-east-1",
    keyId,
    secret,
  });
}
