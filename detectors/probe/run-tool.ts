/** One run of ffprobe or ffmpeg that we own: its output handed on as it comes, its words drained, its time bounded. */
import { spawn } from "node:child_process";
import { giveWay } from "../decode/give-way.ts";
import { lineCutter } from "../decode/line-cutter.ts";
import { handOver } from "../decode/secret-source.ts";
import { stopChild } from "../decode/stop-child.ts";
import { TextTail } from "../decode/text-tail.ts";

export interface ToolRun {
  readonly program: "ffmpeg" | "ffprobe";
  readonly args: readonly string[];
  /** For its standard input. */
  readonly input?: string | null;
  /** Asked to end after this long, and made to soon after. */
  readonly deadline_ms: number;
  readonly output: (chunk: Buffer) => void;
  /** Each line on stderr. */
  readonly heard?: (line: string) => void;
  readonly stop?: AbortSignal | undefined;
  /** Gives way to everything else on the machine. */
  readonly background?: boolean;
}

export interface ToolEnd {
  /** It ran and said that all went well. */
  readonly fine: boolean;
  /** The program is not installed. */
  readonly missing: boolean;
  /** We ended it: it took too long. */
  readonly late: boolean;
  /** The newest part of stderr, or why it could not be started. */
  readonly words: string;
}

const stopGrace_ms = 1500;
const tail_characters = 4000;

/** Resolves when the process is gone and both its pipes are empty. */
export async function runTool(run: ToolRun): Promise<ToolEnd> {
  const { program, args, input = null, deadline_ms, output, heard, stop } = run;
  const child = spawn(program, args, { stdio: [input === null ? "ignore" : "pipe", "pipe", "pipe"] });
  if (run.background === true) giveWay(child);
  handOver(child.stdin, input);
  const words = new TextTail(tail_characters);
  const cut = lineCutter((line) => heard?.(line));
  let late = false;
  const end = (): void => void stopChild(child, stopGrace_ms);
  const deadline = setTimeout(() => {
    late = true;
    end();
  }, deadline_ms);
  if (stop?.aborted === true) end();
  stop?.addEventListener("abort", end, { once: true });
  child.stdout?.on("data", output);
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    words.add(text);
    cut(text);
  });
  try {
    return await new Promise<ToolEnd>((resolve) => {
      child.once("error", (cause: NodeJS.ErrnoException) =>
        resolve({ fine: false, missing: cause.code === "ENOENT", late, words: cause.message }),
      );
      child.once("close", (code) => resolve({ fine: code === 0, missing: false, late, words: words.text }));
    });
  } finally {
    clearTimeout(deadline);
    stop?.removeEventListener("abort", end);
  }
}
