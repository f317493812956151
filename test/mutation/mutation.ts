/** A safety rule knocked out, or bent, in one source file: some test must fail then. */

export interface Mutation {
  readonly id: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Test files, one of which must fail. */
  readonly tests: readonly string[];
  /** Null where the place is not there, or not there once: the list is out of date. */
  apply(source: string): string | null;
}

/** What became of one: tests that ran, tests that failed, files that could not even be read. */
export interface MutationTally {
  readonly ran: number;
  readonly failed: number;
  readonly broken: readonly string[];
}

/** One text for another. */
function replaced(id: string, file: string, from: string, to: string, tests: readonly string[]): Mutation {
  const apply = (source: string): string | null => {
    const at = source.indexOf(from);
    if (at < 0 || source.indexOf(from, at + 1) >= 0) return null;
    return source.slice(0, at) + to + source.slice(at + from.length);
  };
  return { id, file, tests, apply };
}

/**
 * A finding that is not made any more: what leaves `door`, an exported function of `file` that returns problems, is without
 * problems of this code.
 */
export function knockedOut(code: string, file: string, door: string, tests: readonly string[]): Mutation {
  const apply = (source: string): string | null => {
    const head = `export function ${door}(`;
    if (!source.includes(head)) return null;
    return (
      source.replace(head, `function ${door}BeforeMutation(`) +
      `\nexport function ${door}(...given: Parameters<typeof ${door}BeforeMutation>) {` +
      `\n  return ${door}BeforeMutation(...given).filter((one: any) => (one.problem ?? one).code !== "${code}");\n}\n`
    );
  };
  return { id: `${door} without ${code}`, file, tests, apply };
}

/** Several bends of one file that the same tests should notice: what it comes to, from, to. */
export const bent = (
  file: string,
  tests: readonly string[],
  bends: readonly (readonly [what: string, from: string, to: string])[],
): readonly Mutation[] => bends.map(([what, from, to]) => replaced(what, file, from, to, tests));
