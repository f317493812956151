/** What of the machine was idle, as far as this process may use it. */
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { type CpuAllowance, cpuAllowance } from "./cpu-allowance.ts";

interface Reading {
  readonly at_ms: number;
  /** Of all processors together. */
  readonly idle_ms: number;
  readonly all_ms: number;
  /** Of our control group; null without a quota. */
  readonly used_ms: number | null;
}

export class IdleMeter {
  readonly #allowance: CpuAllowance;
  #last: Reading;

  constructor(now_ms: number) {
    this.#allowance = cpuAllowance();
    this.#last = this.#read(now_ms);
  }

  /** Share of the machine, or of the quota where that leaves less, that was idle since the last taking; 0 to 1. */
  take(now_ms: number): number {
    const [before, now] = [this.#last, this.#read(now_ms)];
    this.#last = now;
    const machine = (now.idle_ms - before.idle_ms) / Math.max(1, now.all_ms - before.all_ms);
    if (now.used_ms === null || before.used_ms === null) return inside(machine);
    const ours_ms = this.#allowance.cores * Math.max(1, now.at_ms - before.at_ms);
    return inside(Math.min(machine, 1 - (now.used_ms - before.used_ms) / ours_ms));
  }

  #read(at_ms: number): Reading {
    let idle_ms = 0;
    let all_ms = 0;
    for (const { times } of cpus()) {
      idle_ms += times.idle;
      all_ms += times.idle + times.user + times.nice + times.sys + times.irq;
    }
    return { at_ms, idle_ms, all_ms, used_ms: this.#used_ms() };
  }

  #used_ms(): number | null {
    const { usageFile } = this.#allowance;
    if (usageFile === null) return null;
    const usage_us = /^usage_usec (\d+)/m.exec(readFileSync(usageFile, "utf8"))?.[1];
    return usage_us === undefined ? null : Number(usage_us) / 1000;
  }
}

const inside = (share: number): number => Math.min(1, Math.max(0, share));
