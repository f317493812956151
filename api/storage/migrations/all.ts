/** Every migration, in order. A released one never changes: its checksum is in every database it was applied to. */
import type { Migration } from "../migrate.ts";
import { first } from "./0001-first.ts";
import { eyes } from "./0002-eyes.ts";
import { accounts } from "./0003-accounts.ts";
import { cases } from "./0004-cases.ts";
import { passages } from "./0005-passages.ts";
import { keeping } from "./0006-keeping.ts";
import { proposals } from "./0007-proposals.ts";

export const migrations: readonly Migration[] = [first, eyes, accounts, cases, passages, keeping, proposals];
