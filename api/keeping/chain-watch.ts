/** Whether the ledger still follows and every closed day is still what was signed: at the start, and each night. */
import { rootOfLeaves, signedDayRootSchema } from "../../core/evidence/day-root.ts";
import type { Ledger } from "../../core/ports/storage.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { sha256 } from "../storage/sha256.ts";
import type { DayRoots } from "./day-roots.ts";

/** The newest days are looked at each night; of the older ones so many, in turn. */
const NEWEST_DAYS = 7;
const OLDER_DAYS = 30;

export interface WatchedChains {
  readonly ledger: Pick<Ledger, "verify">;
  readonly roots: DayRoots;
}

async function ledgerProblems(ledger: WatchedChains["ledger"]): Promise<readonly Problem[]> {
  const { broken_at, fault } = await ledger.verify();
  return broken_at === null
    ? []
    : [problem("CHAIN_BROKEN", { chain: "ledger", entry: broken_at, fault: fault ?? "-" })];
}

async function dayProblem(roots: DayRoots, day: string): Promise<readonly Problem[]> {
  const { document } = await roots.closedDay(day);
  const { root } = signedDayRootSchema.parse(JSON.parse(document));
  const same = rootOfLeaves(await roots.leavesOf(root), sha256) === root.merkle_root;
  return same ? [] : [problem("ROOT_DISAGREES", { day })];
}

/**
 * `turn`: a number that grows by one each night, so that all days have their turn. The audit is walked by its own watch,
 * and the log of a case whenever the case is read; the roots hold them all.
 */
export async function watchChains({ ledger, roots }: WatchedChains, turn: number): Promise<readonly Problem[]> {
  const found = [...(await ledgerProblems(ledger))];
  const days = await roots.days();
  const older = days.slice(NEWEST_DAYS);
  const start = older.length === 0 ? 0 : (turn * OLDER_DAYS) % older.length;
  for (const day of [...days.slice(0, NEWEST_DAYS), ...older.slice(start, start + OLDER_DAYS)]) {
    found.push(...(await dayProblem(roots, day)));
  }
  return found;
}
