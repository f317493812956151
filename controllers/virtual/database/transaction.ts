/**
 * The database transaction of NTCIP 1201: parameters written between `transaction` and `done` are checked and take
 * effect together, or not at all. A forgotten transaction gives up by itself.
 *
 *   normal --SET 2--> transaction --SET 3--> verify --device--> done --SET 1--> normal
 *   transaction --SET 1--> normal (discard)
 */
import { dbState, dbVerify } from "../../ntcip/oids.ts";
import type { Value } from "./parameters.ts";

/** Longest stay outside `normal` without a SET by the owner. */
const TRANSACTION_LIMIT_DS = 600;
/** How long `verify` takes: a manager must poll for its end, so it must not be instant. */
const VERIFY_DS = 3;

type State = keyof typeof dbState;

export class Transaction {
  #state: State = "normal";
  #owner: string | null = null;
  #touched_ds = 0;
  #verifySince_ds = 0;
  #buffer = new Map<string, Value>();
  #status: number = dbVerify.notDone;
  #error = "";
  /** What `dbVerifyStatus` calls "not done". */
  readonly #base: number;

  constructor(verifyBase = 0) {
    this.#base = verifyBase;
  }

  get state(): number {
    return dbState[this.#state];
  }

  get verifyStatus(): number {
    return this.#base + this.#status;
  }

  get verifyError(): string {
    return this.#error;
  }

  /** Parameter SETs are buffered now. */
  get buffering(): boolean {
    return this.#state === "transaction";
  }

  /** True when `who` may write parameters: nobody else is in a transaction, and nothing is being verified. */
  maySetParameters(who: string): boolean {
    if (this.#state === "normal") return true;
    return this.#state === "transaction" && this.#owner === who;
  }

  /** True when the open transaction, if any, is `who`'s own. */
  owns(who: string): boolean {
    return this.#state === "normal" || this.#owner === who;
  }

  /**
   * True when SET of `next` is a transition of the state machine. A SET of the state it is in changes nothing and is
   * allowed: over UDP the reply to the first may have been lost. The device alone leaves `verify`.
   */
  mayMoveTo(next: number): boolean {
    switch (this.#state) {
      case "normal":
        return next === dbState.transaction || next === dbState.normal;
      case "transaction":
        return next === dbState.verify || next === dbState.normal || next === dbState.transaction;
      case "verify":
        return next === dbState.verify;
      case "done":
        return next === dbState.normal || next === dbState.done;
    }
  }

  buffer(identifier: string, value: Value, now_ds: number): void {
    this.#buffer.set(identifier, value);
    this.#touched_ds = now_ds;
  }

  /** Moves on a SET that `mayMoveTo` allowed; returns the values to apply, when the transaction ends well. */
  moveTo(next: number, who: string, now_ds: number): ReadonlyMap<string, Value> | null {
    this.#touched_ds = now_ds;
    if (next === this.state) return null;
    if (next === dbState.transaction) {
      this.#state = "transaction";
      this.#owner = who;
      this.#status = dbVerify.notDone;
      this.#error = "";
      return null;
    }
    if (next === dbState.verify) {
      this.#state = "verify";
      this.#verifySince_ds = now_ds;
      return null;
    }
    if (next !== dbState.normal) return null;
    const good = this.#state === "done" && this.#status === dbVerify.doneWithNoError;
    const changes = good ? this.#buffer : null;
    this.#end();
    return changes;
  }

  /** Lets time pass. `check` returns the error text of the database as it would be, or null. */
  step(now_ds: number, check: (changes: ReadonlyMap<string, Value>) => string | null): void {
    if (this.#state === "verify" && now_ds - this.#verifySince_ds >= VERIFY_DS) {
      const fault = check(this.#buffer);
      this.#status = fault === null ? dbVerify.doneWithNoError : dbVerify.doneWithError;
      this.#error = fault ?? "NO VERIFICATION ERROR";
      this.#state = "done";
      this.#touched_ds = now_ds;
    }
    if (this.#state !== "normal" && now_ds - this.#touched_ds >= TRANSACTION_LIMIT_DS) {
      this.#status = dbVerify.doneWithError;
      this.#error = "TRANSACTION TIMED OUT";
      this.#end();
    }
  }

  #end(): void {
    this.#state = "normal";
    this.#owner = null;
    this.#buffer = new Map();
  }
}
