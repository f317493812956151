/** The few inner parts of `net-snmp`'s agent that a device with its own object store needs, with their types. */
import type { RemoteInfo } from "node:dgram";
import snmp from "net-snmp";

export interface Varbind {
  readonly oid: string;
  readonly type: number;
  readonly value: unknown;
}

interface RequestPdu {
  readonly type: number;
  readonly varbinds: readonly Varbind[];
  readonly nonRepeaters: number;
  readonly maxRepetitions: number;
  getResponsePduForRequest(): ResponsePdu;
}

export interface ResponsePdu {
  errorStatus?: number;
  errorIndex?: number;
  varbinds: readonly Varbind[];
}

export interface RequestMessage {
  /** 0 is SNMPv1, 1 is SNMPv2c. */
  readonly version: number;
  readonly community: string;
  readonly pdu: RequestPdu;
}

type Handler = (socket: unknown, message: RequestMessage, from: RemoteInfo) => void;

/** The library's agent: it decodes, checks the community, calls one of the four handlers, encodes and sends. */
export interface SnmpAgent {
  getRequest: Handler;
  getNextRequest: Handler;
  getBulkRequest: Handler;
  setRequest: Handler;
  sendResponse(socket: unknown, to: RemoteInfo, message: RequestMessage, response: ResponsePdu): void;
  getAuthorizer(): { addCommunity(community: string): void };
  close(): void;
}

export const { ErrorStatus, ObjectType } = snmp as unknown as {
  readonly ErrorStatus: Readonly<Record<string, number>>;
  readonly ObjectType: Readonly<Record<string, number>>;
};

/** The wire number of an error or type name; a name the library does not know is a bug. */
export function code(names: Readonly<Record<string, number>>, name: string): number {
  const value = names[name];
  if (value === undefined) throw new Error(`net-snmp knows no ${name}`);
  return value;
}

export function createAgent(dgramModule: unknown, onProblem: (problem: Error) => void): SnmpAgent {
  const options = {
    port: 1,
    address: "127.0.0.1",
    dgramModule,
    accessControlModelType: 0,
    disableAuthorization: false,
  };
  return snmp.createAgent(options, (problem: Error | null) => {
    if (problem !== null) onProblem(problem);
  }) as SnmpAgent;
}
