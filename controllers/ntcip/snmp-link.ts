/**
 * Requests to one device over SNMP, as values: every request of a size the device takes, every attempt timed, attempts
 * bounded, a fresh session after an answer that makes no sense. What was found out about the device on the way is in
 * `quirks`.
 */
import { ObjectType, type Varbind } from "net-snmp";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { WriteLimit } from "../gate/write-limit.ts";
import { type Cell, type CellValue, type CellWrite, cellKey, cellOid, decodeVarbind, varbindOf } from "./cells.ts";
import { type Credentials, versionName } from "./credentials.ts";
import { KnownAbsent } from "./known-absent.ts";
import { failureOf, type Refusal, refusalOf, timedOut } from "./link-problem.ts";
import { specialPattern } from "./oids.ts";
import { noQuirks, type Quirks } from "./quirks.ts";
import { requestsOf } from "./request-size.ts";
import { type Exchange, SnmpSession } from "./snmp-session.ts";

/** First try and two more. */
export const ATTEMPTS = 3;
/** Each is sent twice, half a timeout apart: what counts is that one copy gets there and one answer back. */
const COPIES = 2;

export interface LinkOptions extends Credentials {
  readonly controller: string;
  readonly host: string;
  readonly port: number;
  /** Of one attempt. */
  readonly timeout_s: number;
  readonly attempts?: number;
  /** Who we are when we write, where that is somebody else than when we read. */
  readonly writer?: Credentials;
  readonly quirks?: Quirks;
  /** Asked before each request that writes; a device is given back to its local plan without asking. */
  readonly writes?: WriteLimit;
  /** Told when a session had to be made anew: a device that restarted, or somebody who pretends to be it. */
  readonly onNote?: (note: Problem) => void;
}

export type Readings = ReadonlyMap<string, CellValue>;

const isAbsent = (varbind: Varbind): boolean =>
  varbind.type === ObjectType.NoSuchObject || varbind.type === ObjectType.NoSuchInstance;

/** The device shall follow its own time again. */
const isRelease = (batch: readonly CellWrite[]): boolean =>
  batch.some(({ name }) => name === "systemPatternControl") &&
  batch.every(({ value }) => value === specialPattern.standby);

export class SnmpLink {
  readonly #options: LinkOptions;
  readonly #reader: SnmpSession;
  readonly #writer: SnmpSession;
  readonly #absent: KnownAbsent;
  #quirks: Quirks;
  #closed = false;
  /** The newest answer as it came, octet by octet. */
  reply: Uint8Array = new Uint8Array();

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#quirks = options.quirks ?? noQuirks;
    this.#absent = new KnownAbsent(this.#quirks.absent);
    const session = (credentials: Credentials): SnmpSession => {
      const { host, port, timeout_s, attempts = ATTEMPTS } = options;
      const pace = { timeout_s: timeout_s / COPIES, attempts: attempts * COPIES };
      return new SnmpSession({ ...credentials, host, port, ...pace });
    };
    this.#reader = session(options);
    this.#writer = options.writer === undefined ? this.#reader : session(options.writer);
  }

  /** What is particular about this device, as far as it was met. */
  get quirks(): Quirks {
    return { ...this.#quirks, absent: [...this.#absent.names] };
  }

  learn(found: Partial<Pick<Quirks, "verify_base" | "max_varbinds">>): void {
    this.#quirks = { ...this.#quirks, ...found };
  }

  /** Reads the cells the device has, keyed by `cellKey`; the ones it lacks are missing from the map. */
  async read(cells: readonly Cell[]): Promise<Result<Readings>> {
    const readings = new Map<string, CellValue>();
    const { version } = this.#options;
    for (const batch of requestsOf(cells, this.#quirks, versionName(version))) {
      const answer = await this.#readBatch(batch, readings);
      if (!answer.ok) return answer;
    }
    return ok(readings);
  }

  /** A text outside the object table; null where the device has none. */
  async readText(oid: string): Promise<Result<string | null>> {
    const answer = await this.#exchange(this.#reader, (session, done) => session.get([oid], done));
    if (!answer.ok) return answer;
    const [varbind] = "refused" in answer.value ? [] : answer.value;
    return ok(Buffer.isBuffer(varbind?.value) ? varbind.value.toString("utf8") : null);
  }

  /** Writes in the order given. A refused request writes none of its variables; the ones before it stand. */
  async write(values: readonly CellWrite[]): Promise<Result<void>> {
    const { version } = this.#options.writer ?? this.#options;
    for (const batch of requestsOf(values, this.#quirks, versionName(version))) {
      const answer = await this.#writeBatch(batch);
      if (!answer.ok) return answer;
    }
    return ok(undefined);
  }

  close(): void {
    this.#closed = true;
    this.#reader.drop();
    this.#writer.drop();
  }

  async #writeBatch(batch: readonly CellWrite[]): Promise<Result<void>> {
    const { writes, controller } = this.#options;
    const limited = isRelease(batch) ? null : (writes?.take(controller) ?? null);
    if (limited !== null) return failed(limited);
    const varbinds = batch.map(varbindOf);
    const answer = await this.#exchange(this.#writer, (session, done) => session.set(varbinds, done));
    if (!answer.ok) return answer;
    if (!("refused" in answer.value)) return ok(undefined);
    if (answer.value.refused !== "TooBig" || batch.length === 1) return failed(this.#refused(answer.value, batch));
    const half = this.#halve(batch.length);
    const first = await this.#writeBatch(batch.slice(0, half));
    return first.ok ? this.#writeBatch(batch.slice(half)) : first;
  }

  async #readBatch(cells: readonly Cell[], into: Map<string, CellValue>): Promise<Result<void>> {
    const wanted = cells.filter((cell) => !this.#absent.has(cell));
    if (wanted.length === 0) return ok(undefined);
    const oids = wanted.map(cellOid);
    const answer = await this.#exchange(this.#reader, (session, done) => session.get(oids, done));
    if (!answer.ok) return answer;
    if ("refused" in answer.value) return this.#readAround(answer.value, wanted, into);
    const doubtful: Cell[] = [];
    for (const [i, varbind] of answer.value.entries()) {
      const cell = wanted[i];
      if (cell === undefined) continue;
      if (isAbsent(varbind)) {
        if (!this.#absent.missed(cell)) doubtful.push(cell);
        continue;
      }
      const decoded = decodeVarbind(cell, varbind);
      if (!decoded.ok) return failed(this.#wrong(decoded.reason));
      const key = cellKey(cell);
      this.#absent.seen(key);
      into.set(key, decoded.value);
    }
    return this.#readBatch(doubtful, into);
  }

  /** One bad variable refuses the whole request: leave out the one named, or halve until the culprit stands alone. */
  async #readAround(refusal: Refusal, wanted: readonly Cell[], into: Map<string, CellValue>): Promise<Result<void>> {
    const alone = wanted.length === 1;
    const culprit = wanted.find((cell) => cellOid(cell) === refusal.oid) ?? (alone ? wanted[0] : undefined);
    if (refusal.refused === "NoSuchName" && culprit !== undefined) {
      this.#absent.missed(culprit);
      return this.#readBatch(wanted, into);
    }
    if (alone) return failed(this.#refused(refusal, wanted));
    const half = refusal.refused === "TooBig" ? this.#halve(wanted.length) : Math.ceil(wanted.length / 2);
    const first = await this.#readBatch(wanted.slice(0, half), into);
    return first.ok ? this.#readBatch(wanted.slice(half), into) : first;
  }

  /** The device cannot take so many variables at once: remembered, so that it is not asked again. */
  #halve(tooMany: number): number {
    const half = Math.ceil(tooMany / 2);
    this.learn({ max_varbinds: Math.min(half, this.#quirks.max_varbinds) });
    return half;
  }

  async #exchange(peer: SnmpSession, exchange: Exchange): Promise<Result<readonly Varbind[] | Refusal>> {
    const { controller } = this.#options;
    let last: Problem = this.#silent();
    for (let session = 0; session < ATTEMPTS; session++) {
      if (this.#closed) return failed(problem("CONTROLLER_CLOSED", { controller }));
      const { error, varbinds, reply, session: asked } = await peer.attempt(exchange);
      if (error === null) {
        this.reply = reply;
        return ok(varbinds);
      }
      const refusal = refusalOf(error);
      if (refusal !== null) return ok(refusal);
      const failure = this.#failureOf(error, peer);
      // What the library knows of an SNMPv3 engine may be what keeps it from answering.
      if (!timedOut(error) || typeof this.#options.version === "object") peer.drop(asked);
      last = failure.problem;
      if (!failure.again) break;
      if (last.code === "SNMP_TIME_WINDOW") this.#options.onNote?.(last);
    }
    return failed(last);
  }

  #failureOf(error: Error, { garbage, unread }: SnmpSession): { readonly problem: Problem; readonly again: boolean } {
    const { controller } = this.#options;
    if (this.#closed) return { problem: problem("CONTROLLER_CLOSED", { controller }), again: false };
    const words = { controller, address: this.#address() };
    if (!timedOut(error)) return failureOf(error, words);
    if (unread) return { problem: problem("SNMP_PRIV_KEY_WRONG", words), again: false };
    return { problem: garbage === null ? this.#silent() : this.#wrong(garbage), again: false };
  }

  #address(): string {
    return `${this.#options.host}:${this.#options.port}`;
  }

  #silent(): Problem {
    const { controller, timeout_s, attempts = ATTEMPTS } = this.#options;
    const total_s = Number((timeout_s * attempts).toFixed(1));
    return problem("CONTROLLER_SILENT", { controller, address: this.#address(), timeout_s: total_s });
  }

  #wrong(reason: string): Problem {
    return problem("CONTROLLER_WRONG_ANSWER", { controller: this.#options.controller, reason });
  }

  #refused(refusal: Refusal, cells: readonly Cell[]): Problem {
    const culprit = cells.find((cell) => cellOid(cell) === refusal.oid) ?? cells[0];
    const name = culprit === undefined ? "the request" : cellKey(culprit);
    return problem("CONTROLLER_REFUSED", { controller: this.#options.controller, name, reason: refusal.refused });
  }
}
