/** Hours of random orders, calls and changes at one virtual controller, watched by its monitor and by a second watcher. */
import type { ObjectName } from "../../../controllers/ntcip/oids.ts";
import type { Trip } from "../../../controllers/virtual/monitor/conflict-monitor.ts";
import { makeWatcher } from "../../core/signal/machine/watcher.ts";
import { Seeded } from "../../support/seeded.ts";
import { type Cabinet, cabinet, type Setting, settingsOf } from "./cabinet.ts";
import type { RandomStreet } from "./random-street.ts";

/** Every order to phases and rings; omitting red clearance is among them, and must not be obeyed. */
const phaseOrders: readonly ObjectName[] = [
  "phaseControlGroupPhaseOmit",
  "phaseControlGroupPedOmit",
  "phaseControlGroupHold",
  "phaseControlGroupForceOff",
  "phaseControlGroupVehCall",
  "phaseControlGroupPedCall",
];
const ringOrders: readonly ObjectName[] = [
  "ringControlGroupStopTime",
  "ringControlGroupForceOff",
  "ringControlGroupMax2",
  "ringControlGroupMaxInhibit",
  "ringControlGroupPedRecycle",
  "ringControlGroupRedRest",
  "ringControlGroupOmitRedClear",
];

/** Options of a phase that a cabinet may set at any time: all but `enabled`, which is structure. */
const FREE_OPTIONS = 0xfffe;

export class SignalDay {
  readonly seen = new Set<string>();
  readonly #street: RandomStreet;
  readonly #chance: Seeded;
  readonly #bench: Cabinet;
  readonly #phases: readonly number[];
  #watcher: ReturnType<typeof makeWatcher>;
  #faults: string[] = [];
  #step = 0;

  constructor(street: RandomStreet, seed: number) {
    this.#street = street;
    this.#chance = new Seeded(seed);
    this.#bench = cabinet(street.site);
    this.#phases = street.site.signal.phases.map((phase) => phase.number);
    this.#watcher = makeWatcher(street.site, "at_least");
    this.#bench.set([["unitBackupTime", [], 900]]);
    this.#bench.transact(street.plans.flatMap((plan) => settingsOf(plan)));
  }

  get faults(): readonly (string | Trip)[] {
    return [...this.#bench.controller.trips, ...this.#faults].slice(0, 5);
  }

  /** Something happens every few seconds. Ends early at the first fault. */
  run(seconds: number): void {
    const end = this.#step + seconds * 10;
    while (this.#step < end && this.faults.length === 0) {
      this.#disturb();
      const quiet_ds = 1 + this.#chance.below(120);
      this.#bench.run(quiet_ds / 10, () => this.#look());
    }
  }

  #look(): void {
    const { device } = this.#bench.controller;
    this.#step += 1;
    if (device.flash !== null) {
      this.#watcher = makeWatcher(this.#street.site, "at_least");
      this.seen.add(device.flash === "preempt" ? "preempt flash" : "flash");
      return;
    }
    this.#watcher.look(device.lamps, this.#step);
    if (this.#watcher.faults.length > 0) this.#faults = [...this.#watcher.faults];
    if (device.lamps.walks !== 0) this.seen.add("walk");
    if (device.lamps.overlapGreens !== 0) this.seen.add("overlap");
    this.seen.add((device.coordination?.pattern ?? null) === null ? "free" : "coordinated");
    if (device.preemption.running === 0) return;
    const state = device.preemption.state(device.preemption.running);
    if (state === 5) this.seen.add("preempt track");
    if (state === 6) this.seen.add("preempt dwell");
  }

  #disturb(): void {
    const chance = this.#chance;
    const roll = chance.next();
    if (roll < 0.5) this.#traffic();
    else if (roll < 0.62) this.#order(chance.pick(phaseOrders), 1 + chance.below(2), 0.5);
    else if (roll < 0.66) this.#order(chance.pick(ringOrders), 1, 0.7);
    else if (roll < 0.74) this.#command();
    else if (roll < 0.8) this.#preempt();
    else if (roll < 0.84) this.#jumpClock();
    else if (roll < 0.88) this.#set([["unitControl", [], chance.below(64) << 2]]);
    else if (roll < 0.93) this.#editPhase();
    else if (roll < 0.96) this.#editCoordination();
    else if (roll < 0.98) this.#rewrite();
    else this.#leaveAlone();
  }

  #traffic(): void {
    const chance = this.#chance;
    const { device } = this.#bench.controller;
    for (let each = 0; each < 4; each += 1) {
      device.detectors.set(chance.pick(this.#phases), chance.below(2) === 0);
      device.buttons.set(1 + chance.below(8), chance.below(3) === 0);
    }
  }

  /** With `calm`, the chance that the order is taken back instead. */
  #order(name: ObjectName, group: number, calm: number): void {
    const bits = this.#chance.next() < calm ? 0 : this.#chance.below(256) & this.#chance.below(256);
    this.#set([[name, [group], bits]]);
  }

  #command(): void {
    const patterns = [0, 254, 254, 255, 77, ...this.#street.plans.map((plan) => plan.pattern)];
    const more = this.#street.plans.map((plan) => plan.pattern);
    this.#set([["systemPatternControl", [], this.#chance.pick([...patterns, ...more, ...more])]]);
  }

  #preempt(): void {
    const number = 1 + this.#chance.below(3);
    if (this.#chance.below(2) === 0) {
      this.#set([["preemptControlState", [number], this.#chance.below(2)]]);
    } else {
      this.#bench.controller.device.preemption.calls.setInput(number, this.#chance.below(2) === 0);
    }
  }

  #jumpClock(): void {
    const by_s = this.#chance.below(201) - 100;
    if (this.#chance.below(2) === 0) this.#set([["systemSyncControl", [], this.#chance.below(256)]]);
    else this.#set([["globalTime", [], this.#bench.read("globalTime") + by_s]]);
    this.seen.add("clock jump");
  }

  /** What a technician may change at the cabinet while the intersection runs. Clearances stay: they are the site's. */
  #editPhase(): void {
    const chance = this.#chance;
    const phase = chance.pick(this.#phases);
    const own = this.#street.site.signal.phases.find((each) => each.number === phase);
    const edits: readonly Setting[] = [
      ["phaseOptions", [phase], 1 | (chance.below(65_536) & chance.below(65_536) & FREE_OPTIONS)],
      ["phaseMinimumGreen", [phase], (own?.min_green_s ?? 5) + chance.below(5)],
      ["phaseMaximum1", [phase], 20 + chance.below(60)],
      ["phaseMaximum2", [phase], 20 + chance.below(60)],
      ["phasePassage", [phase], chance.below(60)],
      ["phaseAddedInitial", [phase], chance.below(20)],
      ["phaseMaximumInitial", [phase], chance.below(40)],
      ["phaseTimeBeforeReduction", [phase], chance.below(20)],
      ["phaseCarsBeforeReduction", [phase], chance.below(10)],
      ["phaseTimeToReduce", [phase], chance.below(20)],
      ["phaseReduceBy", [phase], chance.below(5)],
      ["phaseMinimumGap", [phase], chance.below(20)],
      ["phaseDynamicMaxLimit", [phase], chance.below(90)],
      ["phaseDynamicMaxStep", [phase], chance.below(100)],
      ["vehicleDetectorDelay", [phase], chance.below(100)],
      ["vehicleDetectorExtend", [phase], chance.below(50)],
      ["vehicleDetectorOptions", [phase], chance.below(256)],
      ["vehicleDetectorMaxPresence", [phase], chance.below(10)],
      ["vehicleDetectorFailTime", [phase], chance.below(256)],
      ["vehicleDetectorSwitchPhase", [phase], chance.pick([0, ...this.#phases])],
    ];
    this.#set([chance.pick(edits)]);
  }

  #editCoordination(): void {
    const chance = this.#chance;
    const edits: readonly Setting[] = [
      ["coordCorrectionMode", [], 1 + chance.below(4)],
      ["coordMaximumMode", [], 1 + chance.below(4)],
      ["coordForceMode", [], 1 + chance.below(3)],
    ];
    this.#set([chance.pick(edits)]);
  }

  /** Other offsets and recalls; sometimes other coordinated phases or another order of phases. */
  #rewrite(): void {
    const chance = this.#chance;
    const plan = chance.pick(this.#street.plans);
    const rings = this.#street.site.signal.rings;
    const reversed = rings.map((ring) => ring.flatMap((group) => [...group].reverse()));
    const sequence: readonly Setting[] = reversed.map((order, ring) => ["sequenceData", [2, ring + 1], order]);
    this.#set([["dbCreateTransaction", [], 2]]);
    this.#set([
      ...settingsOf({ ...plan, offset_s: chance.below(plan.cycle_s), sequence: 1 + chance.below(2) }),
      ...sequence,
      ["splitMode", [plan.pattern, chance.pick(this.#phases)], chance.pick([2, 3, 4, 5, 6])],
    ]);
    this.#set([["dbCreateTransaction", [], 3]]);
    this.#bench.run(1, () => this.#look());
    this.#set([["dbCreateTransaction", [], 1]]);
    this.seen.add("transaction");
  }

  /** Nobody commands anything until the backup timer has run out. */
  #leaveAlone(): void {
    this.#bench.run(this.#chance.below(10) === 0 ? 1000 : 60, () => this.#look());
  }

  #set(settings: readonly Setting[]): void {
    this.#bench.set(settings);
  }
}
