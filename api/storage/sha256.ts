import { createHash } from "node:crypto";
import type { Hasher } from "../../core/ports/hasher.ts";

export const sha256: Hasher = (text) => createHash("sha256").update(text, "utf8").digest("hex");
