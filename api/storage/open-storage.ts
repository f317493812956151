/** What the service remembers, in one data folder or on a server: opened once, owned by the service, closed last. */
import { mkdir } from "node:fs/promises";
import type { Audit } from "../../core/ports/audit.ts";
import type { CaseStore } from "../../core/ports/cases.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { DetectorEvent } from "../../core/ports/detection-feed.ts";
import type { DeviceRecords } from "../../core/ports/device-records.ts";
import type { PassageStore } from "../../core/ports/passages.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import type { ProposalStore } from "../../core/ports/proposals.ts";
import type { EventLog, FlowStore, Ledger, LedgerEntry, MovementStore, PlanStore } from "../../core/ports/storage.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { FlowInterval } from "../../core/traffic/flow-interval.ts";
import type { MovementInterval } from "../../core/traffic/movement-interval.ts";
import { type AccountStore, SqlAccountStore } from "../accounts/account-store.ts";
import { SqlCaseStore } from "../cases/case-store.ts";
import { SqlAudit } from "../cases/sql-audit.ts";
import { SqlDeviceRecords } from "../gate/device-records.ts";
import { SqlProposalStore } from "../gate/proposal-store.ts";
import { type KeepingStores, keepingStores } from "../keeping/stores.ts";
import { SqlPassageStore } from "../plates/passage-store.ts";
import { openDatabase } from "./database-folder.ts";
import { insertDetectorEvents, SqlEventLog } from "./event-log.ts";
import { insertFlowIntervals, SqlFlowStore } from "./flow-store.ts";
import { type FolderLock, lockFolder } from "./folder-lock.ts";
import { FreeSpace } from "./free-space.ts";
import { GroupCommit } from "./group-commit.ts";
import { migrate } from "./migrate.ts";
import { migrations } from "./migrations/all.ts";
import { insertMovementIntervals, SqlMovementStore } from "./movement-store.ts";
import { SqlPlanStore } from "./plan-store.ts";
import { PostgresSql, serverName } from "./postgres-sql.ts";
import type { DatabaseSql } from "./sql.ts";
import { SqlLedger } from "./sql-ledger.ts";
import { Upkeep } from "./upkeep.ts";

/** A city of 10,000 lanes for two minutes of 60 s intervals. */
const WAITING_ROWS = 20_000;
const COMMIT_ROWS = 500;
const KEEP_EVENTS_DAYS = 30;

export interface StorageOptions {
  /** Made when it is not there. */
  readonly dataDir: string;
  /** `postgres://…`: a server in place of the embedded database. What is no table stays in the folder. */
  readonly databaseUrl?: string | undefined;
  readonly clock: Clock;
  /** For cases; without it none with a plate can be kept or read. */
  readonly vault?: PlateVault | undefined;
  /** Told of ledger entries that cases and proposals make: nobody else is there to announce them. */
  readonly heard?: ((entry: LedgerEntry) => void) | undefined;
  /** Detector events older than this are forgotten; intervals, plans and the ledger stay. 30 unless said. */
  readonly keepEventsDays?: number;
}

function lacking(): never {
  throw new Error("storage was opened without the vault of the plates");
}

const noVault: PlateVault = { conceal: lacking, reveal: lacking, mark: lacking, marks: lacking };

export interface StorageHealth {
  /** Empty when all is well. */
  readonly problems: readonly Problem[];
  /** Rows taken and not yet durable. */
  readonly waitingRows: number;
  readonly schema: number;
}

export interface Storage {
  readonly flows: FlowStore;
  readonly movements: MovementStore;
  readonly events: EventLog;
  readonly plans: PlanStore;
  readonly proposals: ProposalStore;
  readonly devices: DeviceRecords;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly cases: CaseStore;
  readonly passages: PassageStore;
  readonly audit: Audit;
  readonly keeping: KeepingStores;
  health(): StorageHealth;
  /** Idempotent. Appends under way become durable first; later ones are refused with `STORAGE_CLOSED`. */
  close(): Promise<void>;
}

/** Fails with the storage problems of the catalogue; nothing stays locked or open then. */
export async function openStorage(options: StorageOptions): Promise<Result<Storage>> {
  const { dataDir } = options;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed(problem("DATA_FOLDER_UNUSABLE", { folder: dataDir, reason: (error as Error).message }));
  }
  const lock = await lockFolder(dataDir);
  if (!lock.ok) return lock;
  const storage = await openLocked(options, lock.value);
  if (!storage.ok) await lock.value.release();
  return storage;
}

async function openLocked(options: StorageOptions, lock: FolderLock): Promise<Result<Storage>> {
  const space = new FreeSpace(options.dataDir);
  const { dataDir, databaseUrl, clock } = options;
  const database: Result<DatabaseSql> =
    databaseUrl === undefined ? await openDatabase(dataDir, space) : await PostgresSql.open(databaseUrl);
  if (!database.ok) return database;
  const sql = database.value;
  const place = databaseUrl === undefined ? dataDir : serverName(databaseUrl);
  const schema = await migrate(sql, migrations, place, clock.nowMs());
  if (schema.ok) return ok(new OpenStorage(options, { lock, space, sql, schema: schema.value }));
  await sql.close();
  return schema;
}

interface OpenParts {
  readonly lock: FolderLock;
  readonly space: FreeSpace;
  readonly sql: DatabaseSql;
  readonly schema: number;
}

class OpenStorage implements Storage {
  readonly flows: FlowStore;
  readonly movements: MovementStore;
  readonly events: EventLog;
  readonly plans: PlanStore;
  readonly proposals: ProposalStore;
  readonly devices: DeviceRecords;
  readonly ledger: Ledger;
  readonly accounts: AccountStore;
  readonly cases: SqlCaseStore;
  readonly passages: PassageStore;
  readonly audit: Audit;
  readonly keeping: KeepingStores;
  readonly #parts: OpenParts;
  readonly #writers: readonly [GroupCommit<FlowInterval>, GroupCommit<MovementInterval>, GroupCommit<DetectorEvent>];
  readonly #upkeep: Upkeep;
  #closing: Promise<void> | null = null;

  constructor(
    { dataDir, clock, vault = noVault, heard, keepEventsDays = KEEP_EVENTS_DAYS }: StorageOptions,
    parts: OpenParts,
  ) {
    const { sql } = parts;
    const bounds = { waitingRows: WAITING_ROWS, commitRows: COMMIT_ROWS };
    const flows = new GroupCommit<FlowInterval>({ ...bounds, commit: (rows) => insertFlowIntervals(sql, rows) });
    const movements = new GroupCommit<MovementInterval>({
      ...bounds,
      commit: (rows) => insertMovementIntervals(sql, rows),
    });
    const events = new GroupCommit<DetectorEvent>({ ...bounds, commit: (rows) => insertDetectorEvents(sql, rows) });
    this.#parts = parts;
    this.#writers = [flows, movements, events];
    this.flows = new SqlFlowStore(sql, flows);
    this.movements = new SqlMovementStore(sql, movements);
    this.events = new SqlEventLog(sql, events);
    this.plans = new SqlPlanStore(sql);
    const ledger = new SqlLedger(sql);
    this.ledger = ledger;
    this.proposals = new SqlProposalStore({ sql, ledger, heard });
    this.devices = new SqlDeviceRecords(sql);
    this.accounts = new SqlAccountStore(sql);
    this.passages = new SqlPassageStore(sql, vault);
    this.audit = new SqlAudit(sql);
    this.cases = new SqlCaseStore({ sql, ledger, vault, heard });
    this.keeping = keepingStores(sql, ledger, this.cases);
    this.#upkeep = new Upkeep({ sql, clock, folder: dataDir, keepEventsDays });
  }

  health(): StorageHealth {
    const { sql, space, schema } = this.#parts;
    const found = [sql.stopped, space.problem(), this.#upkeep.problem, ...this.cases.troubles];
    const problems = found.filter((each) => each !== null);
    const waitingRows = this.#writers.reduce((sum, writer) => sum + writer.waiting, 0);
    return { problems, waitingRows, schema };
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Writers first, so that nothing taken is lost; the lock last, so that the next owner finds a closed database. */
  async #close(): Promise<void> {
    const { sql, lock } = this.#parts;
    await this.#upkeep.close();
    await Promise.all(this.#writers.map((writer) => writer.close()));
    await sql.close();
    await lock.release();
  }
}
