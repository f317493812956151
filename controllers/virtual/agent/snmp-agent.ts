/**
 * A real SNMP agent (v1, v2c and v3 over UDP) in front of an object store. What an object is, and whether a SET holds
 * together, is the store's business; who may ask, and whether a message is fresh, is decided here.
 */
import type { RemoteInfo, Socket } from "node:dgram";
import type { V3User } from "../../ntcip/credentials.ts";
import type { ObjectStore } from "../database/object-store.ts";
import { engineObjects, systemObjects } from "./agent-objects.ts";
import { bindSocket } from "./bound-socket.ts";
import type { Communities, Role } from "./communities.ts";
import type { Faults } from "./faults.ts";
import { FaultyLine } from "./faulty-line.ts";
import { respond } from "./respond.ts";
import { BerReader, MalformedError, TAG } from "./snmp/ber.ts";
import { readCommunityMessage, writeCommunityMessage } from "./snmp/community-message.ts";
import type { Engine } from "./snmp/engine.ts";
import { PDU } from "./snmp/pdu.ts";
import { ReplayGuard } from "./snmp/replay-guard.ts";
import { type SecureRequest, Security, type UsmStat } from "./snmp/security.ts";
import type { PassPhrases } from "./snmp/usm-keys.ts";
import { joined, viewFor, withFaults } from "./store-views.ts";

/** A user of SNMPv3. */
export interface AgentUser extends V3User {
  readonly readOnly?: boolean;
}

export interface AgentOptions {
  readonly name: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly communities: Communities;
  readonly users: readonly AgentUser[];
  readonly engine: Engine;
  readonly phrases: PassPhrases;
  /** Any clock that runs evenly. */
  readonly now_ms: () => number;
  readonly uptime_ds: () => number;
}

export interface RunningAgent {
  readonly port: number;
  faults: Faults;
  /** Messages of SNMPv3 that were refused, by the reason. */
  readonly security: () => Readonly<Record<UsmStat, number>>;
  /** The engine starts once more: what was captured before is worthless. */
  reboot(): void;
  close(): void;
}

const VERSION_3 = 3;
/** Octets of an answer: what Ethernet carries in one piece, as common agents do. */
const LONGEST_MESSAGE = 1472;
/** Around the variables: frame and community; or header, digest, salt and engine identifiers. */
const FRAME_OCTETS = { community: 64, secure: 224 } as const;

/** Rejects with the system's error when the port is taken. */
export async function startAgent(options: AgentOptions, store: ObjectStore): Promise<RunningAgent> {
  return new Agent(await bindSocket(options.host, options.port), options, store);
}

class Agent implements RunningAgent {
  readonly port: number;
  readonly #socket: Socket;
  readonly #options: AgentOptions;
  readonly #line = new FaultyLine();
  readonly #security: Security;
  readonly #replays = new ReplayGuard();
  readonly #readers: ReadonlySet<string>;
  readonly #views: Readonly<Record<Role, ObjectStore>>;

  constructor(socket: Socket, options: AgentOptions, store: ObjectStore) {
    this.port = socket.address().port;
    this.#socket = socket;
    this.#options = options;
    this.#security = new Security(options.engine, options.users, options.phrases);
    this.#readers = new Set(options.users.filter((user) => user.readOnly === true).map((user) => user.user));
    const system = systemObjects(options.name, options.uptime_ds);
    const engine = engineObjects(this.#security);
    const whole = withFaults(joined(system, store, engine), () => this.#line.faults);
    this.#views = { administrator: whole, writer: viewFor(whole, "writer"), reader: viewFor(whole, "reader") };
    socket.on("message", (datagram, from) => this.#line.request(() => this.#receive(datagram, from)));
    // Loopback tells a sender's closed port as an error of ours; UDP goes on.
    socket.on("error", () => undefined);
  }

  get faults(): Faults {
    return this.#line.faults;
  }

  set faults(faults: Faults) {
    this.#line.faults = faults;
  }

  security(): Readonly<Record<UsmStat, number>> {
    return this.#security.counts;
  }

  reboot(): void {
    this.#options.engine.reboot();
    this.#replays.clear();
  }

  close(): void {
    this.#line.close();
    this.#socket.close();
  }

  /** Another community, another version, or no SNMP at all: no answer, as the standards have it. */
  #receive(datagram: Buffer, from: RemoteInfo): void {
    try {
      const reply = versionOf(datagram) === VERSION_3 ? this.#secure(datagram, from) : this.#open(datagram, from);
      if (reply !== null) this.#line.reply(() => this.#socket.send(reply, from.port, from.address));
    } catch (cause) {
      if (!(cause instanceof MalformedError)) throw cause;
    }
  }

  /** SNMPv1 and v2c: whoever knows a community is who it stands for. */
  #open(datagram: Buffer, { address }: RemoteInfo): Buffer | null {
    const { version, community, pdu } = readCommunityMessage(datagram);
    const role = this.#options.communities.roleOf(community);
    if (role === null) return null;
    const room = LONGEST_MESSAGE - FRAME_OCTETS.community;
    const request = { pdu, old: version === 0, who: `${community}@${address}`, room };
    const answer = respond(this.#views[role], request);
    return answer === null ? null : writeCommunityMessage({ version, community, pdu: answer });
  }

  #secure(datagram: Buffer, from: RemoteInfo): Buffer | null {
    const judged = this.#security.judge(datagram);
    if (judged.kind === "dropped") return null;
    if (judged.kind === "report") return judged.octets;
    return judged.pdu.type === PDU.set ? this.#setOnce(judged, from) : this.#execute(judged, from);
  }

  #setOnce(request: SecureRequest, from: RemoteInfo): Buffer | null {
    const source = `${from.address}:${from.port}`;
    const now_ms = this.#options.now_ms();
    const verdict = this.#replays.admit(request.digest, source, this.#options.engine.time_s, now_ms);
    if (verdict === "replay") return request.refuse("notInTimeWindows");
    if (verdict === "repeat") return this.#replays.reply;
    const reply = this.#execute(request, from);
    if (reply !== null) this.#replays.answered({ digest: request.digest, from: source, at_ms: now_ms, reply });
    return reply;
  }

  #execute({ user, pdu, maxSize, reply }: SecureRequest, { address }: RemoteInfo): Buffer | null {
    const role: Role = this.#readers.has(user) ? "reader" : "administrator";
    const room = Math.min(LONGEST_MESSAGE, maxSize) - FRAME_OCTETS.secure;
    const request = { pdu, old: false, who: `${user} (v3)@${address}`, room };
    const answer = respond(this.#views[role], request);
    return answer === null ? null : reply(answer);
  }
}

function versionOf(datagram: Buffer): number {
  return new BerReader(datagram).enter(TAG.sequence).integer();
}
