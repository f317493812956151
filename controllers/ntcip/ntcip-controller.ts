/** One street controller spoken to in NTCIP 1202 over SNMP. */
import type { DeviceView } from "../../core/adaptive/acting/device-view.ts";
import type { Intersection } from "../../core/network/schema.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type {
  ControllerStatus,
  DeviceTiming,
  ProvedPlan,
  ReadBack,
  SignalController,
} from "../../core/ports/signal-controller.ts";
import type { LampReader, LampReading } from "../../core/ports/signal-lamps.ts";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import { readView } from "../acting/read-view.ts";
import type { ClockDecision } from "../gate/clock-decision.ts";
import { mayStillSet } from "../gate/clock-decision.ts";
import type { ControlDecision } from "../gate/control-decision.ts";
import type { ProvedDatabase } from "../gate/proved-database.ts";
import { refusalOf } from "../gate/proved-plan.ts";
import { type ActivationSteps, activate } from "./activation.ts";
import { cell } from "./cells.ts";
import { confirmDatabase } from "./database/confirm.ts";
import type { DatabaseDocument } from "./database/document.ts";
import {
  type DatabaseReport,
  databaseRefusal,
  rollBackDatabase,
  type Written,
  writeDatabase,
} from "./database/download.ts";
import { type DeviceClock, setClock } from "./device-clock.ts";
import { compareHeld, type DownloadTarget, download, timed } from "./download.ts";
import { heartbeatSeconds, LONGEST_CONTROL_BACKUP_S, leastBackupSeconds } from "./heartbeat-period.ts";
import { type DeviceOptions, NtcipDevice } from "./ntcip-device.ts";
import { specialPattern } from "./oids.ts";
import { readLamps } from "./read-lamps.ts";
import { readStatus, type ShowingDevice } from "./read-status.ts";
import { readDevice } from "./read-timing.ts";
import { readRequired } from "./readings.ts";
import { RealTimeControl } from "./real-time-control.ts";
import { ATTEMPTS, SnmpLink } from "./snmp-link.ts";

export interface NtcipOptions extends DeviceOptions {
  readonly intersection: Intersection;
}

interface Heartbeat {
  /** The pattern repeated; null while this process commands none, and nothing was sent. */
  readonly pattern: number | null;
  /** Call again after this long, as long as the decision loop is fresh. */
  readonly next_s: number;
}

export interface NtcipController extends SignalController, LampReader {
  /** What can be asked of it without commanding anything. */
  readonly device: NtcipDevice;
  /**
   * Repeats the pattern command so that the device does not fall back to its local plan. To be called only while the
   * control loop is alive and its data fresh: silence is how the street gets its local plan back. Fails, and sends
   * nothing, once the device has dropped the command: it must then be read and commanded anew. Sends nothing either
   * while real-time control has a bit set: then only a fresh decision may.
   */
  heartbeat(): Promise<Result<Heartbeat>>;
  /**
   * A whole database that passed the gate: one transaction, every value read back, the device watched for three cycles;
   * whatever goes wrong, the old values are written back.
   */
  downloadDatabase(proved: ProvedDatabase<DatabaseDocument>, stop: AbortSignal): Promise<Result<DatabaseReport>>;
  /** Sets and clears phase control bits as decided; see `real-time-control.ts` for who may cause a SET after it. */
  control(decision: ControlDecision): Promise<Result<void>>;
  /** What the device shows and who calls it: what real-time control is decided from. */
  view(): Promise<Result<DeviceView>>;
  /** Ends real-time control: back to the pattern that this process commands, or to the local plan, and no bit set. */
  endControl(): Promise<Result<void>>;
  setClock(decision: ClockDecision): Promise<Result<DeviceClock>>;
}

/** A SET of real-time control is tried for so long at most: it must not outlive its decision. */
const CONTROL_TIMEOUT_S = 0.4;

const COMMAND = cell("systemPatternControl");

class NtcipLink implements NtcipController {
  readonly id: string;
  readonly intersection: string;
  readonly device: NtcipDevice;
  readonly #clock: Clock;
  readonly #target: DownloadTarget;
  readonly #controlLink: SnmpLink;
  readonly #control: RealTimeControl;
  readonly #preempts: readonly number[];
  /** Plans read back equal by this process, by pattern: only these may be activated. */
  readonly #downloaded = new Map<number, ProvedPlan>();
  #commanded: number | null = null;
  #commands = 0;
  /** What was commanded before the last activation. */
  #before: number | null = null;

  constructor(options: NtcipOptions) {
    const { id, intersection, clock } = options;
    this.id = id;
    this.intersection = intersection.id;
    this.device = new NtcipDevice(options, intersection);
    this.#clock = clock;
    this.#preempts = (intersection.signal.preempts ?? []).map(({ number }) => number);
    const timeout_s = Math.min(options.timeout_s, CONTROL_TIMEOUT_S);
    this.#controlLink = new SnmpLink({ ...options, controller: id, timeout_s });
    this.#control = new RealTimeControl({
      link: this.#controlLink,
      controller: id,
      intersection: intersection.id,
      clock,
      worst_ms: ATTEMPTS * timeout_s * 1000,
    });
    this.#target = {
      database: { link: this.device.link, controller: id, clock },
      intersection,
      worstRetry_s: this.device.worstRetry_s,
    };
  }

  readTiming(): Promise<Result<DeviceTiming>> {
    return this.device.queue.run(async () => {
      const device = await readDevice(this.device.link, this.id, timed(this.#target));
      return device.ok ? ok(device.value.timing) : device;
    });
  }

  status(): Promise<Result<ControllerStatus>> {
    return this.#shown(readStatus);
  }

  lamps(): Promise<Result<LampReading>> {
    return this.#shown(readLamps);
  }

  download(plan: ProvedPlan): Promise<Result<ReadBack>> {
    return this.device.queue.run(async () => {
      const refused = refusalOf(this.id, this.intersection, plan) ?? this.device.edits.freeze;
      if (refused !== null) return failed(refused);
      this.#downloaded.delete(plan.plan.pattern);
      const done = await this.#writing(() => download(this.#target, plan));
      if (done.ok) this.#downloaded.set(plan.plan.pattern, plan);
      return done;
    });
  }

  async downloadDatabase(proved: ProvedDatabase<DatabaseDocument>, stop: AbortSignal): Promise<Result<DatabaseReport>> {
    const refused = databaseRefusal(this.id, proved) ?? this.device.edits.freeze;
    if (refused !== null) return failed(refused);
    const before = await this.status();
    if (!before.ok) return before;
    const { database } = this.#target;
    // Whatever was downloaded before may have been overwritten.
    this.#downloaded.clear();
    const written = await this.device.queue.run(() => this.#writing(() => writeDatabase(database, proved)));
    if (!written.ok) return written;
    const confirmed = await this.#confirm(before.value, stop);
    if (!confirmed.ok) return failed(...confirmed.problems, ...(await this.#rollBack(written.value)));
    const { values, read_back } = written.value;
    return ok({
      controller: this.id,
      digest: proved.digest,
      written: values.length,
      read_back,
      status: confirmed.value,
    });
  }

  control(decision: ControlDecision): Promise<Result<void>> {
    return this.device.queue.run(async () => {
      const freeze = this.device.edits.freeze;
      if (freeze !== null) return failed(freeze);
      const ready = await this.#readyForBits();
      if (!ready.ok) return ready;
      return this.#control.apply(decision, ready.value);
    });
  }

  async view(): Promise<Result<DeviceView>> {
    const groups = await this.device.phaseGroups(this.#controlLink);
    if (!groups.ok) return groups;
    const viewed = { id: this.id, groups: groups.value, preempts: this.#preempts };
    return readView(this.#controlLink, viewed, () => this.#clock.nowMs());
  }

  endControl(): Promise<Result<void>> {
    return this.device.queue.run(() => this.#command(this.#commanded ?? specialPattern.standby));
  }

  setClock(decision: ClockDecision): Promise<Result<DeviceClock>> {
    return this.device.queue.run(async () => {
      const stale = problem("DECISION_STALE", { controller: this.id });
      if (!mayStillSet(decision, this.id, this.#clock.nowMs())) return failed(stale);
      return setClock({ link: this.device.link, controller: this.id, clock: this.#clock });
    });
  }

  async activate(plan: ProvedPlan, stop: AbortSignal): Promise<Result<ControllerStatus>> {
    const refused = refusalOf(this.id, this.intersection, plan) ?? this.device.edits.freeze;
    if (refused !== null) return failed(refused);
    const { pattern } = plan.plan;
    if (this.#downloaded.get(pattern) !== plan) {
      return failed(problem("PLAN_NOT_DOWNLOADED", { controller: this.id, pattern }));
    }
    const ticket = ++this.#commands;
    const steps = this.#activationSteps(ticket);
    const beat_s = (backup_s: number) => heartbeatSeconds(backup_s, this.#target.worstRetry_s) ?? 1;
    return activate({ controller: this.id, plan: plan.plan, steps, clock: this.#clock, beat_s, stop });
  }

  retake(plan: ProvedPlan): Promise<Result<ReadBack>> {
    return this.device.queue.run(async () => {
      const equal = await compareHeld(this.#target, plan);
      if (!equal.ok) return equal;
      this.#downloaded.set(plan.plan.pattern, plan);
      this.#commanded = plan.plan.pattern;
      return equal;
    });
  }

  parameterChecksum(): Promise<Result<number | null>> {
    return this.device.queue.run(() => this.device.checksum());
  }

  revert(): Promise<Result<void>> {
    this.#commands++;
    return this.device.queue.run(async () => {
      const back = this.#before;
      if (back === null) return failed(problem("NOTHING_TO_REVERT", { controller: this.id }));
      const sent = await this.#command(back);
      if (sent.ok) this.#commanded = back === specialPattern.standby ? null : back;
      return sent;
    });
  }

  release(): Promise<Result<void>> {
    this.#commands++;
    return this.device.queue.run(async () => {
      const released = await this.#command(specialPattern.standby);
      if (released.ok) this.#commanded = null;
      return released;
    });
  }

  heartbeat(): Promise<Result<Heartbeat>> {
    return this.device.queue.run<Heartbeat>(async () => {
      const read = await readRequired(this.device.link, this.id, [COMMAND, cell("unitBackupTime")]);
      if (!read.ok) return read;
      const [held = 0, backup_s = 0] = read.value;
      const next_s = heartbeatSeconds(backup_s, this.#target.worstRetry_s);
      if (next_s === null) return failed(this.#backupProblem(backup_s));
      const pattern = this.#commanded;
      if (pattern === null) return ok({ pattern, next_s });
      const freeze = this.device.edits.freeze;
      if (freeze !== null) return failed(freeze);
      if (held !== this.#control.commanded(pattern)) {
        this.#commanded = null;
        this.#control.forget();
        return failed(problem("COMMAND_DROPPED", { controller: this.id, pattern, held }));
      }
      // A bit is set: whoever set it must go on deciding, or the device's backup timer takes it away.
      if (this.#control.holding) return ok({ pattern, next_s });
      const sent = await this.#command(pattern);
      return sent.ok ? ok({ pattern, next_s }) : sent;
    });
  }

  close(): Promise<void> {
    this.#commands++;
    this.device.close();
    this.#controlLink.close();
    return Promise.resolve();
  }

  #shown<T>(
    read: (link: SnmpLink, device: ShowingDevice, nowMs: () => number) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    return this.device.queue.run(async () => {
      const groups = await this.device.phaseGroups();
      if (!groups.ok) return groups;
      const site = this.#target.intersection;
      const device = { id: this.id, intersection: this.intersection, site, groups: groups.value };
      return read(this.device.link, device, () => this.#clock.nowMs());
    });
  }

  #activationSteps(ticket: number): ActivationSteps {
    const current = () => ticket === this.#commands;
    return {
      current,
      status: () => this.status(),
      before: () =>
        this.device.queue.run(async () => {
          const read = await readRequired(this.device.link, this.id, [COMMAND, cell("unitBackupTime")]);
          if (!read.ok) return read;
          const [commanded = 0, backup_s = 0] = read.value;
          this.#before = commanded;
          return backup_s === 0 ? failed(this.#backupProblem(0)) : ok({ commanded, backup_s });
        }),
      command: (pattern) =>
        this.device.queue.run(async () => {
          if (!current()) return failed(problem("ACTIVATION_OVERTAKEN", { controller: this.id, pattern }));
          const sent = await this.#command(pattern);
          if (sent.ok) this.#commanded = pattern === specialPattern.standby ? null : pattern;
          return sent;
        }),
    };
  }

  /** The pattern and, in the same request, an end to every control bit that may be set: no command leaves one standing. */
  async #command(pattern: number): Promise<Result<void>> {
    const groups = await this.device.phaseGroups();
    if (!groups.ok) return groups;
    const clearing = await this.#control.clearing(groups.value);
    if (!clearing.ok) return clearing;
    const sent = await this.device.link.write([{ ...COMMAND, value: pattern }, ...clearing.value]);
    if (sent.ok) this.#control.forget();
    return sent;
  }

  /** Phase groups, of a device whose backup timer would soon clear the bits if we were gone. */
  async #readyForBits(): Promise<Result<number>> {
    const backup = await readRequired(this.device.link, this.id, [cell("unitBackupTime")]);
    if (!backup.ok) return backup;
    const [backup_s = 0] = backup.value;
    if (backup_s === 0) return failed(this.#backupProblem(0));
    if (backup_s <= LONGEST_CONTROL_BACKUP_S) return this.device.phaseGroups();
    const words = { intersection: this.intersection, backup_s, most_s: LONGEST_CONTROL_BACKUP_S };
    return failed(problem("BACKUP_TIME_LONG", words));
  }

  /** A write of ours: the checksum that it leaves is no local edit. */
  async #writing<T>(write: () => Promise<Result<T>>): Promise<Result<T>> {
    const { edits } = this.device;
    edits.begin();
    const done = await write();
    const checksum = done.ok ? await this.device.checksum() : done;
    edits.end(checksum.ok ? checksum.value : null, this.#clock.nowMs());
    return done;
  }

  async #confirm(before: ControllerStatus, stop: AbortSignal): Promise<Result<ControllerStatus>> {
    const timing = await this.readTiming();
    if (!timing.ok) return timing;
    const running = timing.value.patterns.find(({ pattern }) => pattern === before.pattern);
    const watched = { controller: this.id, before, clock: this.#clock, stop };
    return confirmDatabase({ ...watched, cycle_s: running?.cycle_s ?? null, status: () => this.status() });
  }

  async #rollBack({ before }: Written): Promise<readonly Problem[]> {
    const back = await this.device.queue.run(() =>
      this.#writing(async () => {
        const problems = await rollBackDatabase(this.#target.database, before);
        return problems.length === 0 ? ok(undefined) : failed(...problems);
      }),
    );
    return back.ok ? [] : back.problems;
  }

  #backupProblem(backup_s: number) {
    const intersection = this.intersection;
    const least_s = leastBackupSeconds(this.#target.worstRetry_s);
    return backup_s === 0
      ? problem("BACKUP_TIME_ZERO", { intersection })
      : problem("BACKUP_TIME_SHORT", { intersection, backup_s, least_s });
  }
}

export function createNtcipController(options: NtcipOptions): NtcipController {
  return new NtcipLink(options);
}
