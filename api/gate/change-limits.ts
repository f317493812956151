/** Whether a proposal is a machine's: then the limits of change hold for it, whoever approves it. */
import { type Limits, machinesOwn, personsOwn } from "../../controllers/index.ts";
import { type Proposal, SERVICE } from "../../core/proposals/proposal.ts";
import type { GateParts } from "./parts.ts";

export const limitsOf = ({ drafted }: Proposal, parts: Pick<GateParts, "plans" | "clock">): Limits =>
  drafted.by === SERVICE ? machinesOwn(parts) : personsOwn;
