/** Processor time and memory of a process and all below it, as Linux tells them under /proc. */
import { readdirSync, readFileSync } from "node:fs";

const ticksPerS = 100;

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, joined by spaces. */
  readonly command: string;
  readonly cpu_s: number;
}

/** Which fields tell of processor time: its own, and that of children that ended. */
const ownTicks = [11, 12] as const;
const endedTicks = [13, 14] as const;

/** "pid (name) state parent …"; the name may hold anything. From the state on. */
function fieldsOf(pid: number): readonly string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

/** Of this process's children that ended, and theirs. */
export function endedChildren_s(): number {
  const fields = fieldsOf(process.pid);
  return endedTicks.reduce((sum, at) => sum + Number(fields[at]), 0) / ticksPerS;
}

function statOf(pid: number): Stat | null {
  try {
    const fields = fieldsOf(pid);
    const ticks = [...ownTicks, ...endedTicks].reduce((sum, at) => sum + Number(fields[at]), 0);
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { pid, parent: Number(fields[1]), command, cpu_s: ticks / ticksPerS };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}

/** The process and everything below it. */
export function tree(pid: number): readonly Stat[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => statOf(Number(name)))
    .filter((each) => each !== null);
  const below = (parent: number): readonly Stat[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return [...all.filter((each) => each.pid === pid), ...below(pid)];
}

export const cpu_s = (pid: number): number => tree(pid).reduce((sum, each) => sum + each.cpu_s, 0);

/** Proportional set size: pages shared by several processes are divided among them. */
export function memory_mb(pid: number): number {
  return tree(pid).reduce((sum, each) => sum + pss_mb(each.pid), 0);
}

function pss_mb(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor seconds that the whole machine has worked since it was started. */
export function machineBusy_s(): number {
  const [, user, nice, system, , , irq, softirq] = readFileSync("/proc/stat", "utf8").split(/\s+/).map(Number);
  return ((user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0)) / ticksPerS;
}
