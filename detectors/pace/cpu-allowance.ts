/** How many processors this process may use: those it may run on, and of them the quota of its control group. */
import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";

export interface CpuAllowance {
  /** May be a fraction: 1.5 of 8. */
  readonly cores: number;
  /** Where the control group that has the quota tells what it used; null without a quota. */
  readonly usageFile: string | null;
}

const controlGroups = "/sys/fs/cgroup";

/** `cpu.max` of control groups, version 2: "quota period" in microseconds, or "max period". Null: no quota. */
export function quotaOf(text: string): number | null {
  const [quota, period] = text.trim().split(/\s+/).map(Number);
  if (quota === undefined || period === undefined || !(quota > 0) || !(period > 0)) return null;
  return quota / period;
}

/** Our control group's path below the root, from /proc/self/cgroup; version 2 is the line "0::path". */
export const groupOf = (text: string): string => /^0::(\/\S*)$/m.exec(text)?.[1] ?? "/";

/** The smallest quota of our group and those above it. Node's own count of processors knows nothing of quotas before version 24. */
export function cpuAllowance(root = controlGroups, self = "/proc/self/cgroup"): CpuAllowance {
  let allowance: CpuAllowance = { cores: availableParallelism(), usageFile: null };
  for (let group = existsSync(self) ? groupOf(readFileSync(self, "utf8")) : "/"; ; group = dirname(group)) {
    const [limit, usage] = [join(root, group, "cpu.max"), join(root, group, "cpu.stat")];
    const quota = existsSync(limit) ? quotaOf(readFileSync(limit, "utf8")) : null;
    if (quota !== null && quota < allowance.cores) {
      allowance = { cores: quota, usageFile: existsSync(usage) ? usage : null };
    }
    if (group === "/") return allowance;
  }
}
