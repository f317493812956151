/** What every verb of the command line is: its words, its options, and what it does with them. */
import type { Problem } from "../../core/problems/problem.ts";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  /** Shown in the help after the name, such as `<seconds>`. */
  readonly placeholder?: string;
  readonly help: string;
}

export interface VerbArguments {
  readonly positionals: readonly string[];
  text(option: string): string | undefined;
  flag(option: string): boolean;
}

/** How a verb ended: a document to print, or the problems that stopped it. */
export type Outcome =
  | { readonly ok: true; readonly document: unknown; readonly text: string }
  /** What was done or found all the same is in `document` and, for a person, in `text`. */
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly document?: unknown; readonly text?: string };

export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Positional arguments as the help shows them, such as `[site.yaml]`. */
  readonly positionals: string;
  readonly maxPositionals: number;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** A worked example or a note, shown at the end of the help. */
  readonly more?: string;
  run(args: VerbArguments, context: VerbContext): Promise<Outcome>;
}

export interface VerbContext {
  /** Aborted by SIGINT or SIGTERM. */
  readonly stop: AbortSignal;
  /** A line for the person at the terminal, on stderr. */
  tell(line: string): void;
  /** True when one JSON document is wanted on stdout. */
  readonly json: boolean;
  /** Prints the document of a verb that goes on running (such as `serve` once it is ready). */
  announce(document: unknown, text: string): void;
}
