/**
 * A real SNMP agent (v1 and v2c over UDP) in front of an object store. `net-snmp` speaks the protocol; what an
 * object is, and whether a SET holds together, is the store's business.
 */
import type { RemoteInfo } from "node:dgram";
import type { ObjectStore, Reading, RefusedWrite, Write } from "../database/object-store.ts";
import { asDgramModule, bindSocket } from "./bound-socket.ts";
import { type Faults, replyDropper } from "./faults.ts";
import {
  code,
  createAgent,
  ErrorStatus,
  ObjectType,
  type RequestMessage,
  type ResponsePdu,
  type SnmpAgent,
  type Varbind,
} from "./net-snmp-agent.ts";

export interface AgentOptions {
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Given by whoever starts the agent; there is no default. */
  readonly community: string;
}

export interface RunningAgent {
  readonly port: number;
  faults: Faults;
  /** Requests that were not for us: another community, another version, not SNMP. */
  readonly refused: () => number;
  close(): void;
}

const VERSION_1 = 0;
const VERSION_2C = 1;
/** Rows a GETBULK may ask for; more would not fit a datagram. */
const MOST_REPETITIONS = 100;

const wireType = (name: string): number => code(ObjectType, name);
const statusCode = (name: string): number => code(ErrorStatus, name);

function varbindOf({ oid, syntax, value }: Reading): Varbind {
  if (typeof value === "number") {
    return { oid, type: wireType(syntax === "counter" ? "Counter" : "Integer"), value };
  }
  const octets = typeof value === "string" ? Buffer.from(value, "latin1") : Buffer.from(value);
  return { oid, type: wireType("OctetString"), value: octets };
}

const emptyVarbind = (oid: string, type: string): Varbind => ({ oid, type: wireType(type), value: null });

function writeOf({ oid, type, value }: Varbind): Write {
  if (typeof value === "number") {
    const syntax = type === wireType("Integer") ? "integer" : type === wireType("Counter") ? "counter" : null;
    return { oid, syntax: type === wireType("Gauge") ? "counter" : syntax, value };
  }
  if (type === wireType("OctetString") && value instanceof Uint8Array)
    return { oid, syntax: "octets", value: [...value] };
  return { oid, syntax: null, value: 0 };
}

const statusOf: Readonly<Record<RefusedWrite["fault"], string>> = {
  noCreation: "NoCreation",
  notWritable: "NotWritable",
  wrongType: "WrongType",
  wrongLength: "WrongLength",
  wrongValue: "WrongValue",
  inconsistentValue: "InconsistentValue",
  genErr: "GeneralError",
};

/** Rejects with the system's error when the port is taken. */
export async function startAgent(options: AgentOptions, store: ObjectStore): Promise<RunningAgent> {
  const socket = await bindSocket(options.host, options.port);
  const agent = createAgent(asDgramModule(socket), () => {
    refused += 1;
  });
  let refused = 0;
  const drops = replyDropper();
  agent.getAuthorizer().addCommunity(options.community);
  const running: RunningAgent = {
    port: socket.address().port,
    faults: {},
    refused: () => refused,
    close: () => agent.close(),
  };
  const told = (reading: Reading): Reading =>
    running.faults.lie?.oid === reading.oid ? { ...reading, value: running.faults.lie.value } : reading;
  const on = (answer: (message: RequestMessage, from: RemoteInfo, response: ResponsePdu) => void) => {
    return (from_socket: unknown, message: RequestMessage, from: RemoteInfo): void => {
      // An SNMPv3 message with an empty user name passes the library's check; this device speaks v1 and v2c only.
      if (message.version !== VERSION_1 && message.version !== VERSION_2C) {
        refused += 1;
        return;
      }
      if (running.faults.silent === true) return;
      const response = message.pdu.getResponsePduForRequest();
      answer(message, from, response);
      if (!drops(running.faults.dropShare ?? 0)) agent.sendResponse(from_socket, from, message, response);
    };
  };
  connect(agent, on, store, told);
  return running;
}

type On = (
  answer: (message: RequestMessage, from: RemoteInfo, response: ResponsePdu) => void,
) => SnmpAgent["getRequest"];

function connect(agent: SnmpAgent, on: On, store: ObjectStore, told: (reading: Reading) => Reading): void {
  const next = (oid: string): Varbind => {
    const reading = store.after(oid);
    return reading === null ? emptyVarbind(oid, "EndOfMibView") : varbindOf(told(reading));
  };
  agent.getRequest = on((message, _from, response) => {
    reply(
      message,
      response,
      message.pdu.varbinds.map(({ oid }) => got(store, oid, told)),
    );
  });
  agent.getNextRequest = on((message, _from, response) => {
    reply(
      message,
      response,
      message.pdu.varbinds.map(({ oid }) => next(oid)),
    );
  });
  agent.getBulkRequest = on((message, _from, response) => {
    const { varbinds, nonRepeaters, maxRepetitions } = message.pdu;
    const once = varbinds.slice(0, Math.max(0, nonRepeaters)).map(({ oid }) => next(oid));
    const rows = Math.max(0, Math.min(maxRepetitions, MOST_REPETITIONS));
    reply(message, response, [...once, ...repeated(varbinds.slice(Math.max(0, nonRepeaters)), rows, next)]);
  });
  agent.setRequest = on((message, from, response) => {
    response.varbinds = message.pdu.varbinds;
    const refusal = store.set(message.pdu.varbinds.map(writeOf), `${message.community}@${from.address}`);
    if (refusal === null) return;
    response.errorStatus = statusCode(statusOf[refusal.fault]);
    response.errorIndex = refusal.at + 1;
  });
}

function got(store: ObjectStore, oid: string, told: (reading: Reading) => Reading): Varbind {
  const reading = store.get(oid);
  if (reading === "noSuchObject") return emptyVarbind(oid, "NoSuchObject");
  if (reading === "noSuchInstance") return emptyVarbind(oid, "NoSuchInstance");
  return varbindOf(told(reading));
}

/** SNMPv1 has no exceptions: one missing object fails the whole request, and the index says which (RFC 1157 4.1.2). */
function reply(message: RequestMessage, response: ResponsePdu, answers: readonly Varbind[]): void {
  const missing = answers.findIndex(({ type }) => type >= wireType("NoSuchObject"));
  if (message.version === VERSION_1 && missing >= 0) {
    response.varbinds = message.pdu.varbinds.map(({ oid }) => emptyVarbind(oid, "Null"));
    response.errorStatus = statusCode("NoSuchName");
    response.errorIndex = missing + 1;
    return;
  }
  response.varbinds = answers;
}

function repeated(columns: readonly Varbind[], rows: number, next: (oid: string) => Varbind): readonly Varbind[] {
  const answers: Varbind[] = [];
  let at = columns.map(({ oid }) => oid);
  for (let row = 0; row < rows && at.length > 0; row += 1) {
    const found = at.map(next);
    answers.push(...found);
    if (found.every(({ type }) => type === wireType("EndOfMibView"))) break;
    at = found.map(({ oid }) => oid);
  }
  return answers;
}
