/** A crossroads' controller behind real SNMP with the gate's workflow before it, on a clock that the test turns. */
import { Gatekeeper } from "../../api/gate/gatekeeper.ts";
import type { GateParts, Person } from "../../api/gate/parts.ts";
import type { DeviceRecords } from "../../core/ports/device-records.ts";
import type { ProposalRecord, ProposalStore } from "../../core/ports/proposals.ts";
import type { EventLog, Ledger, PlanStore } from "../../core/ports/storage.ts";
import type { Plan } from "../../core/signal/plan.ts";
import { type BuiltIn, type Stand, setUpStand } from "../controllers/ntcip/stand.ts";
import { crossroads, crossroadsPlan } from "./crossroads.ts";
import { memoryDevices, memoryProposals } from "./memory-proposals.ts";
import { memoryLedger, memoryPlans } from "./memory-storage.ts";

const noEvents: EventLog = { append: () => Promise.resolve(), recent: () => Promise.resolve([]) };

export interface GateStand {
  readonly stand: Stand;
  readonly gate: Gatekeeper;
  readonly ledger: Ledger;
  readonly plans: PlanStore;
  readonly proposals: ProposalStore;
  readonly devices: DeviceRecords;
  /** What was told to the log. */
  readonly told: string[];
  /** Rounds until nothing more happens by itself. */
  settle(gate?: Gatekeeper): Promise<void>;
  /** Another process's gate before the same device and the same stores, as after a restart. */
  restarted(change?: Partial<GateParts>): Gatekeeper;
  /** Drafted by lan, proved and shadowed. */
  drafted(change?: Partial<Plan>): Promise<ProposalRecord>;
  approve(record: ProposalRecord, by?: Person): ReturnType<Gatekeeper["decide"]>;
  state(id: number): Promise<string>;
  kinds(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export const lan: Person = { name: "lan", role: "engineer" };
export const minh: Person = { name: "minh", role: "engineer" };

/** In far more rounds than a plan's whole life takes. */
const MOST_ROUNDS = 30;

export async function setUpGate(change: Partial<GateParts> = {}, built: BuiltIn = {}): Promise<GateStand> {
  const stand = await setUpStand("v2c", crossroads, built);
  const ledger = memoryLedger();
  const plans = memoryPlans();
  const proposals = memoryProposals(ledger);
  const devices = memoryDevices();
  const told: string[] = [];
  const log = {
    info: (_words: object, message: string) => told.push(message),
    warn: (_words: object, message: string) => told.push(message),
  };
  const make = (controller = stand.manager, again: Partial<GateParts> = {}): Gatekeeper =>
    new Gatekeeper({
      places: [{ controller, intersection: crossroads, virtual: false, approval: "second_person" }],
      timezone: "Asia/Ho_Chi_Minh",
      proposals,
      devices,
      plans,
      events: noEvents,
      ledger,
      clock: stand.clock,
      log,
      ...change,
      ...again,
    });
  const gate = make();
  const stateOf = async (): Promise<string> =>
    (await proposals.list({ limit: 100 })).map(({ proposal }) => proposal.steps.length).join();
  const settle = async (of = gate): Promise<void> => {
    await of.guard.open();
    for (let round = 0, before = ""; round < MOST_ROUNDS; round += 1) {
      await of.round();
      await of.idle();
      const now = await stateOf();
      if (round > 1 && now === before) return;
      before = now;
    }
    throw new Error("the gate never comes to rest");
  };
  const drafted: GateStand["drafted"] = async (plan = {}) => {
    await settle();
    const draft = { plan: { ...crossroadsPlan, ...plan }, reason: "the left turn queues back", window: null };
    const record = await gate.draft(draft, lan);
    if (!record.ok) throw new Error(record.problems.map(({ code }) => code).join());
    await settle();
    const now = await proposals.get(record.value.id);
    if (now === null) throw new Error("the draft is not kept");
    return now;
  };
  return {
    stand,
    gate,
    ledger,
    plans,
    proposals,
    devices,
    told,
    settle,
    restarted: (again = {}) => make(stand.another(), again),
    drafted,
    approve: (record, by = minh) =>
      gate.decide(record.id, { kind: "approved", reason: "seen on site" }, by, record.proposal.steps.length),
    state: async (id) => (await proposals.get(id))?.proposal.state ?? "none",
    kinds: async () => (await ledger.recent(200)).map(({ kind }) => kind).reverse(),
    close: () => stand.close(),
  };
}
