/** What a document is called when it must be compared later: a SHA-256. */
import { createHash } from "node:crypto";
import { canonicalJson } from "../../core/evidence/canonical-json.ts";
import { digestInput } from "../../core/signal/digest-input.ts";
import type { Plan } from "../../core/signal/plan.ts";

/** SHA-256 of the UTF-8 bytes, 64 hex digits. */
const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** Of any document by its canonical JSON. Throws for what JSON cannot carry. */
export const documentDigest = (document: unknown): string => sha256(canonicalJson(document));

/** Of a plan: plans that mean the same have the same. */
export const planDigest = (plan: Plan): string => sha256(digestInput(plan));
