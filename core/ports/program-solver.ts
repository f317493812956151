/** Mixed-integer linear programs, and whoever can solve them. What is wanted is always the largest gain. */

export interface ProgramVariable {
  readonly lower: number;
  readonly upper: number;
  readonly whole: boolean;
  /** Worth of one unit. */
  readonly gain: number;
}

/** `lower` <= sum of terms <= `upper`; a term is a variable's index and its coefficient. */
export interface ProgramRow {
  readonly terms: readonly (readonly [number, number])[];
  readonly lower: number;
  readonly upper: number;
}

export interface Program {
  readonly variables: readonly ProgramVariable[];
  readonly rows: readonly ProgramRow[];
}

export interface ProgramAnswer {
  /** `stopped`: a limit came first. */
  readonly state: "optimal" | "stopped" | "infeasible";
  /** By variable; null when no solution was found. */
  readonly values: readonly number[] | null;
  /** No solution gains more than this. */
  readonly bound: number;
}

export interface ProgramSolver {
  /** Blocks until it is done or `limit_s` of wall-clock time have passed. The same program gives the same answer. */
  solve(program: Program, limit_s: number): ProgramAnswer;
}
