/** What runs, as Linux tells it under /proc. */
import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, joined by spaces. */
  readonly command: string;
}

function read(pid: number): RunningProcess | null {
  try {
    // "pid (name) state parent …"; the name may hold anything, so look behind its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    // A zombie holds nothing but its number.
    return state === "Z" ? null : { pid, parent: Number(parent), command };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}

export const isRunning = (pid: number): boolean => read(pid) !== null;

/** Children, their children, and so on, of `pid`. */
export function descendants(pid: number): readonly RunningProcess[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((each) => each !== null);
  const below = (parent: number): readonly RunningProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}
