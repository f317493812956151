/** Line crossings in a video file or a live stream, counted in a child process. */
import { type ChildProcess, fork } from "node:child_process";
import { failed, ok, type Problem, problem, type Result } from "../../core/problems/problem.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import { childEntry } from "../child-entry.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";
import type { CountingLine, MovementRule } from "../lane/schema.ts";
import type { Eye } from "../schema.ts";
import { isLive, masked } from "../source/address.ts";
import { type CountedCrossing, type CounterAnswer, type CountOrder, fromCounter } from "./messages.ts";
import { type MovementCounts, movementCounts } from "./movement-counts.ts";

export interface CountOptions {
  /** A file, or the address of a stream. */
  readonly source: string;
  readonly lines: readonly CountingLine[];
  /** Ways through the junction between two of the lines; absent: none are reported. */
  readonly movements?: readonly MovementRule[] | undefined;
  /** A live stream needs it; a file is counted to its end without. */
  readonly duration_s?: number;
  /** Absent: the shipped model, and the whole picture. */
  readonly eye?: Eye;
  /** Ends the count; the result is a failure then. */
  readonly stop?: AbortSignal;
}

export interface LineCount {
  /** Vehicles, both directions together. */
  readonly total: number;
  readonly by_direction: { readonly forward: number; readonly backward: number };
  readonly by_class: Readonly<Partial<Record<VehicleClass, number>>>;
  /** In order of time; `t_s` since the first picture. */
  readonly crossings: readonly Omit<CountedCrossing, "line">[];
}

export interface CountReport extends Partial<MovementCounts> {
  /** Without credentials. */
  readonly source: string;
  /** Pictures looked at. */
  readonly frames: number;
  readonly duration_s: number;
  readonly lines: Readonly<Record<string, LineCount>>;
}

type Counted = Extract<CounterAnswer, { kind: "counted" }>;

const stopGrace_ms = 2000;
const errorTail_characters = 2000;

function lineCount(crossings: readonly CountedCrossing[], id: string): LineCount {
  const own = crossings.filter(({ line }) => line === id).map(({ line: _, ...crossing }) => crossing);
  const by_class: Partial<Record<VehicleClass, number>> = {};
  for (const crossing of own) by_class[crossing.class] = (by_class[crossing.class] ?? 0) + 1;
  const forward = own.filter(({ direction }) => direction === "forward").length;
  return { total: own.length, by_direction: { forward, backward: own.length - forward }, by_class, crossings: own };
}

/** What the schema of one line cannot see. */
function lineProblems(lines: readonly CountingLine[]): readonly Problem[] {
  const points = lines.filter(({ from, to }) => from[0] === to[0] && from[1] === to[1]);
  const repeated = lines.filter(({ id }, i) => lines.findIndex((line) => line.id === id) !== i);
  return [
    ...points.map(({ id }) => problem("LINE_TOO_SHORT", { line: id })),
    ...repeated.map(({ id }) => problem("LINE_TWICE", { line: id })),
  ];
}

/**
 * Counts the vehicles that cross `lines` (normalised, origin top left); docs/reference/lines.md says what a crossing is.
 * The same file gives the same report. Problems: VIDEO_…, STREAM_…, FFMPEG_MISSING, LINE_…, LIVE_NEEDS_DURATION and
 * COUNT_STOPPED, the last also when `stop` was aborted.
 */
export async function countVideo(options: CountOptions): Promise<Result<CountReport>> {
  const { source, lines, movements, duration_s, eye = {}, stop } = options;
  const wrong = lineProblems(lines);
  if (wrong.length > 0) return failed(...wrong);
  if (isLive(source) && duration_s === undefined)
    return failed(problem("LIVE_NEEDS_DURATION", { source: masked(source) }));
  const child = fork(childEntry("count/count.child.js"), [], {
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  const end = () => void stopChild(child, stopGrace_ms);
  if (stop?.aborted === true) end();
  stop?.addEventListener("abort", end, { once: true });
  const order = { source, lines: [...lines], movements: [...(movements ?? [])], duration_s: duration_s ?? null, eye };
  const counted = await converse(child, order);
  stop?.removeEventListener("abort", end);
  await stopChild(child, stopGrace_ms);
  if (!counted.ok) return counted;
  const { frames, crossings } = counted.value;
  const counts = Object.fromEntries(lines.map(({ id }) => [id, lineCount(crossings, id)]));
  const ways = movements === undefined ? {} : movementCounts(movements, lines, counted.value);
  return ok({ source: masked(source), frames, duration_s: counted.value.duration_s, lines: counts, ...ways });
}

/** Hears the child out. Resolves when it is gone. */
function converse(child: ChildProcess, order: CountOrder): Promise<Result<Counted>> {
  const errors = new TextTail(errorTail_characters);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => errors.add(text));
  let answer: Result<Counted> | null = null;
  const problems: Problem[] = [];
  child.on("message", (message) => {
    const heard = fromCounter.parse(message);
    if (heard.kind === "listening") child.send(order);
    else if (heard.kind === "counted") answer = ok(heard);
    else problems.push(problem(heard.code, heard.words));
  });
  return new Promise((resolve) => {
    const gone = (how: string): void => {
      const reason = errors.text.trim().split("\n").at(-1) || how;
      if (problems.length === 0) problems.push(problem("COUNT_STOPPED", { reason }));
      resolve(answer ?? failed(...problems));
    };
    child.once("error", (cause) => gone(cause.message));
    child.once("close", (code, signal) => gone(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}
