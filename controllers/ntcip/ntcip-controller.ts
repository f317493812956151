/** One street controller spoken to in NTCIP 1202 over SNMP. */
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
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type ActivationSteps, activate } from "./activation.ts";
import { cell } from "./cells.ts";
import { compareHeld, type DownloadTarget, download, refusalOf } from "./download.ts";
import { heartbeatSeconds, leastBackupSeconds } from "./heartbeat-period.ts";
import { specialPattern } from "./oids.ts";
import { createOperationQueue, type OperationQueue } from "./operation-queue.ts";
import { readLamps } from "./read-lamps.ts";
import { readStatus } from "./read-status.ts";
import { readDevice } from "./read-timing.ts";
import { integerAt, readOne, readRequired } from "./readings.ts";
import { ATTEMPTS, SnmpLink } from "./snmp-link.ts";

export interface NtcipOptions {
  readonly id: string;
  readonly intersection: Intersection;
  readonly host: string;
  readonly port: number;
  readonly version: "v1" | "v2c";
  readonly community: string;
  /** Of one attempt; there are three. */
  readonly timeout_s: number;
  readonly clock: Clock;
}

interface Heartbeat {
  /** The pattern repeated; null while this process commands none, and nothing was sent. */
  readonly pattern: number | null;
  /** Call again after this long, as long as the decision loop is fresh. */
  readonly next_s: number;
}

export interface NtcipController extends SignalController, LampReader {
  /**
   * Repeats the pattern command so that the device does not fall back to its local plan. To be called only while the
   * control loop is alive and its data fresh: silence is how the street gets its local plan back. Fails, and sends
   * nothing, once the device has dropped the command: it must then be read and commanded anew.
   */
  heartbeat(): Promise<Result<Heartbeat>>;
}

const COMMAND = cell("systemPatternControl");

class NtcipLink implements NtcipController {
  readonly id: string;
  readonly intersection: string;
  readonly #link: SnmpLink;
  readonly #queue: OperationQueue;
  readonly #clock: Clock;
  readonly #target: DownloadTarget;
  /** Plans read back equal by this process, by pattern: only these may be activated. */
  readonly #downloaded = new Map<number, ProvedPlan>();
  #commanded: number | null = null;
  #commands = 0;
  /** What was commanded before the last activation. */
  #before: number | null = null;
  #groups: number | null = null;

  constructor(options: NtcipOptions) {
    const { id, intersection, clock } = options;
    this.id = id;
    this.intersection = intersection.id;
    this.#clock = clock;
    this.#link = new SnmpLink({ ...options, controller: id });
    this.#queue = createOperationQueue((waiting) => problem("CONTROLLER_BUSY", { controller: id, waiting }));
    this.#target = {
      database: { link: this.#link, controller: id, clock },
      intersection,
      worstRetry_s: ATTEMPTS * options.timeout_s,
    };
  }

  readTiming(): Promise<Result<DeviceTiming>> {
    return this.#queue.run(async () => {
      const device = await readDevice(this.#link, this.id, this.intersection);
      return device.ok ? ok(device.value.timing) : device;
    });
  }

  status(): Promise<Result<ControllerStatus>> {
    return this.#queue.run(async () => {
      const groups = await this.#phaseGroups();
      if (!groups.ok) return groups;
      const device = { id: this.id, intersection: this.intersection, groups: groups.value };
      return readStatus(this.#link, device, () => this.#clock.nowMs());
    });
  }

  lamps(): Promise<Result<LampReading>> {
    return this.#queue.run(async () => {
      const groups = await this.#phaseGroups();
      if (!groups.ok) return groups;
      const device = { id: this.id, intersection: this.intersection, groups: groups.value };
      return readLamps(this.#link, device, () => this.#clock.nowMs());
    });
  }

  download(plan: ProvedPlan): Promise<Result<ReadBack>> {
    return this.#queue.run(async () => {
      const refused = refusalOf(this.id, this.intersection, plan);
      if (refused !== null) return failed(refused);
      this.#downloaded.delete(plan.plan.pattern);
      const done = await download(this.#target, plan);
      if (done.ok) this.#downloaded.set(plan.plan.pattern, plan);
      return done;
    });
  }

  async activate(plan: ProvedPlan, stop: AbortSignal): Promise<Result<ControllerStatus>> {
    const refused = refusalOf(this.id, this.intersection, plan);
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
    return this.#queue.run(async () => {
      const equal = await compareHeld(this.#target, plan);
      if (!equal.ok) return equal;
      this.#downloaded.set(plan.plan.pattern, plan);
      this.#commanded = plan.plan.pattern;
      return equal;
    });
  }

  parameterChecksum(): Promise<Result<number | null>> {
    return this.#queue.run(async () => {
      const read = await this.#link.read([cell("globalSetIDParameter")]);
      return read.ok ? ok(integerAt(read.value, cell("globalSetIDParameter"))) : read;
    });
  }

  revert(): Promise<Result<void>> {
    this.#commands++;
    return this.#queue.run(async () => {
      const back = this.#before;
      if (back === null) return failed(problem("NOTHING_TO_REVERT", { controller: this.id }));
      const sent = await this.#command(back);
      if (sent.ok) this.#commanded = back === specialPattern.standby ? null : back;
      return sent;
    });
  }

  release(): Promise<Result<void>> {
    this.#commands++;
    return this.#queue.run(async () => {
      const released = await this.#command(specialPattern.standby);
      if (released.ok) this.#commanded = null;
      return released;
    });
  }

  heartbeat(): Promise<Result<Heartbeat>> {
    return this.#queue.run<Heartbeat>(async () => {
      const read = await readRequired(this.#link, this.id, [COMMAND, cell("unitBackupTime")]);
      if (!read.ok) return read;
      const [held = 0, backup_s = 0] = read.value;
      const next_s = heartbeatSeconds(backup_s, this.#target.worstRetry_s);
      if (next_s === null) return failed(this.#backupProblem(backup_s));
      const pattern = this.#commanded;
      if (pattern === null) return ok({ pattern, next_s });
      if (held !== pattern) {
        this.#commanded = null;
        return failed(problem("COMMAND_DROPPED", { controller: this.id, pattern, held }));
      }
      const sent = await this.#command(pattern);
      return sent.ok ? ok({ pattern, next_s }) : sent;
    });
  }

  close(): Promise<void> {
    this.#commands++;
    this.#link.close();
    return Promise.resolve();
  }

  #activationSteps(ticket: number): ActivationSteps {
    const current = () => ticket === this.#commands;
    return {
      current,
      status: () => this.status(),
      before: () =>
        this.#queue.run(async () => {
          const read = await readRequired(this.#link, this.id, [COMMAND, cell("unitBackupTime")]);
          if (!read.ok) return read;
          const [commanded = 0, backup_s = 0] = read.value;
          this.#before = commanded;
          return backup_s === 0 ? failed(this.#backupProblem(0)) : ok({ commanded, backup_s });
        }),
      command: (pattern) =>
        this.#queue.run(async () => {
          if (!current()) return failed(problem("ACTIVATION_OVERTAKEN", { controller: this.id, pattern }));
          const sent = await this.#command(pattern);
          if (sent.ok) this.#commanded = pattern === specialPattern.standby ? null : pattern;
          return sent;
        }),
    };
  }

  #command(pattern: number): Promise<Result<void>> {
    return this.#link.write([{ ...COMMAND, value: pattern }]);
  }

  async #phaseGroups(): Promise<Result<number>> {
    if (this.#groups !== null) return ok(this.#groups);
    const groups = await readOne(this.#link, this.id, cell("maxPhaseGroups"));
    if (groups.ok) this.#groups = groups.value;
    return groups;
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
