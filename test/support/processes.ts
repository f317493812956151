/** What runs, as Linux tells it under /proc. */
import { readdirSync, readFileSync } from "node:fs";

export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Arguments, joined by spaces. */
  readonly command: string;
}

interface Known extends RunningProcess {
  readonly zombie: boolean;
}

function read(pid: number): Known | null {
  try {
    // "pid (name) state parent …"; the name may hold anything, so look behind its last bracket.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    return { pid, parent: Number(parent), command, zombie: state === "Z" };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}

/** A zombie holds nothing but its number. */
export const isRunning = (pid: number): boolean => read(pid)?.zombie === false;

function family(pid: number): readonly Known[] {
  const all = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => read(Number(name)))
    .filter((each) => each !== null);
  const below = (parent: number): readonly Known[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(pid);
}

/** Children, their children, and so on, of `pid`. */
export const descendants = (pid: number): readonly RunningProcess[] => family(pid).filter(({ zombie }) => !zombie);

/** Descendants that ended and whose parent never asked how. */
export const zombies = (pid: number): readonly RunningProcess[] => family(pid).filter(({ zombie }) => zombie);

/** Files, pipes and sockets that a process holds open. */
export const openHandles = (pid: number): number => readdirSync(`/proc/${pid}/fd`).length;

/** Memory that is the process's own and in use, in kB: what its files lend it is not counted. */
export function ownMemory_kb(pid: number): number {
  const said = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(said?.[1]);
}
