/** What is remembered about keeping, on one database. */
import type { SqlCaseStore } from "../cases/case-store.ts";
import type { Sql } from "../storage/sql.ts";
import type { SqlLedger } from "../storage/sql-ledger.ts";
import { DayRoots } from "./day-roots.ts";
import { Deletions } from "./deletions.ts";
import { Holds } from "./holds.ts";
import { StoredPackages } from "./stored-packages.ts";
import { UsageSamples } from "./usage.ts";

export interface KeepingStores {
  readonly roots: DayRoots;
  readonly holds: Holds;
  readonly deletions: Deletions;
  readonly stored: StoredPackages;
  readonly samples: UsageSamples;
}

export function keepingStores(sql: Sql, ledger: SqlLedger, cases: SqlCaseStore): KeepingStores {
  return {
    roots: new DayRoots(sql, ledger),
    holds: new Holds(sql, cases),
    deletions: new Deletions({ sql, cases }),
    stored: new StoredPackages(sql),
    samples: new UsageSamples(sql),
  };
}
