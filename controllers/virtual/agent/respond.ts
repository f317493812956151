/** Carries out a request on the object store and makes its answer, in the words of the version it was asked in. */
import type { ObjectStore, Reading, RefusedWrite, Write } from "../database/object-store.ts";
import { TAG } from "./snmp/ber.ts";
import { ERROR, exception, isException, PDU, type Pdu, type Varbind, writeVarbind } from "./snmp/pdu.ts";

export interface Request {
  readonly pdu: Pdu;
  /** SNMPv1 knows five errors and no exceptions. */
  readonly old: boolean;
  /** Tells managers apart. */
  readonly who: string;
  /** Octets that all variables of the answer may take. */
  readonly room: number;
}

/** Null for a request that no agent answers. */
export function respond(store: ObjectStore, request: Request): Pdu | null {
  const { pdu, old } = request;
  switch (pdu.type) {
    case PDU.get:
      return answered(
        request,
        pdu.varbinds.map(({ oid }) => got(store, oid)),
      );
    case PDU.getNext:
      return answered(
        request,
        pdu.varbinds.map(({ oid }) => next(store, oid)),
      );
    case PDU.getBulk:
      return old ? null : bulk(store, request);
    case PDU.set:
      return changed(store, request);
    default:
      return null;
  }
}

const TAGS: Readonly<Record<Reading["syntax"], number>> = {
  integer: TAG.integer,
  counter: TAG.counter,
  gauge: TAG.gauge,
  ticks: TAG.timeTicks,
  octets: TAG.octets,
  text: TAG.octets,
  opaque: TAG.opaque,
  oid: TAG.oid,
};

function varbindOf({ oid, syntax, value }: Reading): Varbind {
  const tag = TAGS[syntax];
  if (typeof value === "number") return { oid, tag, value };
  if (syntax === "oid") return { oid, tag, value: String(value) };
  return { oid, tag, value: typeof value === "string" ? Buffer.from(value, "latin1") : Buffer.from(value) };
}

function got(store: ObjectStore, oid: string): Varbind {
  const reading = store.get(oid);
  if (reading === "noSuchObject") return exception(oid, TAG.noSuchObject);
  if (reading === "noSuchInstance") return exception(oid, TAG.noSuchInstance);
  return varbindOf(reading);
}

function next(store: ObjectStore, oid: string): Varbind {
  const reading = store.after(oid);
  return reading === null ? exception(oid, TAG.endOfMibView) : varbindOf(reading);
}

function refused({ pdu, old }: Request, status: number, at: number): Pdu {
  const empty = status === ERROR.tooBig && !old;
  // Of identical form with the request, values included (RFC 1157 4.1.5, RFC 3416 4.2.5).
  const varbinds = empty ? [] : pdu.varbinds;
  return { type: PDU.response, requestId: pdu.requestId, first: status, second: at, varbinds };
}

/** SNMPv1 has no exceptions: one missing object fails the whole request, and the index says which (RFC 1157 4.1.2). */
function answered(request: Request, varbinds: readonly Varbind[]): Pdu {
  const missing = request.old ? varbinds.findIndex(isException) : -1;
  if (missing >= 0) return refused(request, ERROR.noSuchName, missing + 1);
  const octets = varbinds.reduce((sum, varbind) => sum + writeVarbind(varbind).length, 0);
  if (octets > request.room) return refused(request, ERROR.tooBig, 0);
  return { type: PDU.response, requestId: request.pdu.requestId, first: 0, second: 0, varbinds };
}

/** RFC 3416 section 4.2.3: as many variables as fit, the first ones once, the others row by row. */
function bulk(store: ObjectStore, request: Request): Pdu {
  const { varbinds: asked, first, second, requestId } = request.pdu;
  const once = Math.min(Math.max(0, first), asked.length);
  const varbinds: Varbind[] = [];
  let room = request.room;
  const take = (varbind: Varbind): boolean => {
    room -= writeVarbind(varbind).length;
    if (room < 0) return false;
    varbinds.push(varbind);
    return true;
  };
  const done = (): Pdu => ({ type: PDU.response, requestId, first: 0, second: 0, varbinds });
  for (const { oid } of asked.slice(0, once)) if (!take(next(store, oid))) return done();
  let from = asked.slice(once).map(({ oid }) => oid);
  for (let row = 0; row < second && from.length > 0; row += 1) {
    const found: Varbind[] = [];
    for (const oid of from) {
      const varbind = next(store, oid);
      if (!take(varbind)) return done();
      found.push(varbind);
    }
    if (found.every(({ tag }) => tag === TAG.endOfMibView)) break;
    from = found.map(({ oid }) => oid);
  }
  return done();
}

const STATUS: Readonly<Record<RefusedWrite["fault"], number>> = {
  noAccess: ERROR.noAccess,
  noCreation: ERROR.noCreation,
  notWritable: ERROR.notWritable,
  wrongType: ERROR.wrongType,
  wrongLength: ERROR.wrongLength,
  wrongValue: ERROR.wrongValue,
  inconsistentValue: ERROR.inconsistentValue,
  genErr: ERROR.genErr,
};

/** RFC 3584 section 4.4: what SNMPv1 calls the errors of SNMPv2. */
const OLD_STATUS: Readonly<Record<RefusedWrite["fault"], number>> = {
  noAccess: ERROR.noSuchName,
  noCreation: ERROR.noSuchName,
  notWritable: ERROR.noSuchName,
  wrongType: ERROR.badValue,
  wrongLength: ERROR.badValue,
  wrongValue: ERROR.badValue,
  inconsistentValue: ERROR.badValue,
  genErr: ERROR.genErr,
};

function changed(store: ObjectStore, request: Request): Pdu {
  const { pdu, old, who } = request;
  // The answer repeats the request: what would not fit in it is not carried out (RFC 3416 section 4.2.5).
  const octets = pdu.varbinds.reduce((sum, varbind) => sum + writeVarbind(varbind).length, 0);
  if (octets > request.room) return refused(request, ERROR.tooBig, 0);
  const refusal = store.set(pdu.varbinds.map(writeOf), who);
  if (refusal !== null) return refused(request, (old ? OLD_STATUS : STATUS)[refusal.fault], refusal.at + 1);
  return { type: PDU.response, requestId: pdu.requestId, first: 0, second: 0, varbinds: pdu.varbinds };
}

function writeOf({ oid, tag, value }: Varbind): Write {
  switch (tag) {
    case TAG.integer:
      return { oid, syntax: "integer", value: Number(value) };
    case TAG.counter:
      return { oid, syntax: "counter", value: Number(value) };
    case TAG.gauge:
      return { oid, syntax: "gauge", value: Number(value) };
    case TAG.oid:
      return { oid, syntax: "oid", value: String(value) };
    case TAG.octets:
      return { oid, syntax: "octets", value: value instanceof Uint8Array ? [...value] : [] };
    default:
      return { oid, syntax: null, value: 0 };
  }
}
