/**
 * Requests to one device over SNMP, as values: at most 20 variables a request, every attempt timed, attempts bounded,
 * a fresh socket after an answer that makes no sense. Objects the device does not have are remembered and left out:
 * SNMPv1 refuses a whole request for one of them.
 */
import { createSocket, type SocketType } from "node:dgram";
import {
  createSession,
  ObjectType,
  RequestFailedError,
  type Session,
  type Varbind,
  Version1,
  Version2c,
} from "net-snmp";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { type Cell, type CellValue, cellKey, cellOid, decodeVarbind, type IntegerValue } from "./cells.ts";

/** 20 integers of this tree stay under the 484 octets every SNMP device must take. */
const VARIABLES_PER_REQUEST = 20;
/** First try and two more. */
export const ATTEMPTS = 3;

export interface LinkOptions {
  readonly controller: string;
  readonly host: string;
  readonly port: number;
  readonly version: "v1" | "v2c";
  readonly community: string;
  readonly timeout_s: number;
}

export type Readings = ReadonlyMap<string, CellValue>;

type Exchange = (session: Session, done: (error: Error | null, varbinds?: Varbind[]) => void) => void;

/** The device said no: not a fault of the link. `oid` is the variable it named, when it named one. */
interface Refusal {
  readonly refused: string;
  readonly oid: string | null;
}

const isAbsent = (varbind: Varbind): boolean =>
  varbind.type === ObjectType.NoSuchObject || varbind.type === ObjectType.NoSuchInstance;

const timedOut = (error: Error): boolean => error.name === "RequestTimedOutError";

function refusalOf(error: RequestFailedError): Refusal {
  const [status = "refused", oid] = error.message.split(": ");
  return { refused: status, oid: oid ?? null };
}

export class SnmpLink {
  readonly #options: LinkOptions;
  readonly #absent = new Set<string>();
  #session: Session | null = null;
  #garbage: string | null = null;
  #closed = false;
  #datagram: Uint8Array = new Uint8Array();
  /** The newest answer as it came, octet by octet. */
  reply: Uint8Array = new Uint8Array();

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  /** Reads the cells the device has, keyed by `cellKey`; the ones it lacks are missing from the map. */
  async read(cells: readonly Cell[]): Promise<Result<Readings>> {
    const readings = new Map<string, CellValue>();
    for (let start = 0; start < cells.length; start += VARIABLES_PER_REQUEST) {
      const answer = await this.#readBatch(cells.slice(start, start + VARIABLES_PER_REQUEST), readings);
      if (!answer.ok) return answer;
    }
    return ok(readings);
  }

  /** Writes in the order given. A refused request writes none of its variables; the ones before it stand. */
  async write(values: readonly IntegerValue[]): Promise<Result<void>> {
    for (let start = 0; start < values.length; start += VARIABLES_PER_REQUEST) {
      const batch = values.slice(start, start + VARIABLES_PER_REQUEST);
      const varbinds = batch.map((value) => ({
        oid: cellOid(value),
        type: ObjectType.Integer,
        value: value.value,
      }));
      const answer = await this.#exchange((session, done) => session.set(varbinds, done));
      if (!answer.ok) return answer;
      if ("refused" in answer.value) return failed(this.#refused(answer.value, batch));
    }
    return ok(undefined);
  }

  close(): void {
    this.#closed = true;
    this.#dropSession();
  }

  async #readBatch(cells: readonly Cell[], into: Map<string, CellValue>): Promise<Result<void>> {
    const wanted = cells.filter((cell) => !this.#absent.has(cellOid(cell)));
    if (wanted.length === 0) return ok(undefined);
    const oids = wanted.map(cellOid);
    const answer = await this.#exchange((session, done) => session.get(oids, done));
    if (!answer.ok) return answer;
    if ("refused" in answer.value) return this.#readAround(answer.value, wanted, into);
    for (const [i, varbind] of answer.value.entries()) {
      const cell = wanted[i];
      if (cell === undefined) continue;
      if (isAbsent(varbind)) {
        this.#absent.add(varbind.oid);
        continue;
      }
      const decoded = decodeVarbind(cell, varbind);
      if (!decoded.ok) return failed(this.#wrong(decoded.reason));
      into.set(cellKey(cell), decoded.value);
    }
    return ok(undefined);
  }

  /** One bad variable refuses the whole request: leave out the one named, or halve until the culprit stands alone. */
  async #readAround(refusal: Refusal, wanted: readonly Cell[], into: Map<string, CellValue>): Promise<Result<void>> {
    const alone = wanted.length === 1;
    const culprit = wanted.find((cell) => cellOid(cell) === refusal.oid) ?? (alone ? wanted[0] : undefined);
    if (refusal.refused === "NoSuchName" && culprit !== undefined) {
      this.#absent.add(cellOid(culprit));
      return this.#readBatch(wanted, into);
    }
    if (alone) return failed(this.#refused(refusal, wanted));
    const half = Math.ceil(wanted.length / 2);
    const first = await this.#readBatch(wanted.slice(0, half), into);
    return first.ok ? this.#readBatch(wanted.slice(half), into) : first;
  }

  async #exchange(exchange: Exchange): Promise<Result<readonly Varbind[] | Refusal>> {
    let last: Problem = this.#silent();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (this.#closed) return failed(problem("CONTROLLER_CLOSED", { controller: this.#options.controller }));
      const { error, varbinds } = await this.#attempt(exchange);
      if (error === null) return ok(varbinds);
      if (error instanceof RequestFailedError) return ok(refusalOf(error));
      last = this.#problemOf(error);
      if (!timedOut(error)) this.#dropSession();
    }
    return failed(last);
  }

  #attempt(exchange: Exchange): Promise<{ error: Error | null; varbinds: readonly Varbind[] }> {
    return new Promise((resolve) => {
      const done = (error: Error | null, varbinds?: Varbind[]) => {
        // Told while the datagram that answers is handled: no other can have come in between.
        if (error === null) this.reply = this.#datagram;
        resolve({ error, varbinds: varbinds ?? [] });
      };
      try {
        exchange(this.#openSession(), done);
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  #openSession(): Session {
    if (this.#session !== null) return this.#session;
    const { host, port, version, community, timeout_s } = this.#options;
    const session = createSession(host, community, {
      port,
      version: version === "v1" ? Version1 : Version2c,
      timeout: timeout_s * 1000,
      retries: 0,
      reportOidMismatchErrors: true,
      dgramModule: { createSocket: (type: SocketType) => this.#openSocket(type) },
    });
    // A datagram that is not SNMP may come from anywhere: remembered, so that the timeout can say why.
    session.on("error", (error: Error) => {
      this.#garbage = error.message;
    });
    this.#garbage = null;
    this.#session = session;
    return session;
  }

  /** Hears each datagram before the session does. */
  #openSocket(type: SocketType) {
    return createSocket(type).on("message", (datagram) => {
      this.#datagram = datagram;
    });
  }

  #dropSession(): void {
    const session = this.#session;
    this.#session = null;
    session?.close();
  }

  #problemOf(error: Error): Problem {
    const { controller } = this.#options;
    if (this.#closed) return problem("CONTROLLER_CLOSED", { controller });
    if (timedOut(error)) {
      return this.#garbage === null ? this.#silent() : this.#wrong(this.#garbage);
    }
    if (error.name === "ResponseInvalidError") return this.#wrong(error.message);
    return problem("CONTROLLER_UNREACHABLE", { controller, address: this.#address(), reason: error.message });
  }

  #address(): string {
    return `${this.#options.host}:${this.#options.port}`;
  }

  #silent(): Problem {
    const { controller, timeout_s } = this.#options;
    const total_s = Number((timeout_s * ATTEMPTS).toFixed(1));
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
