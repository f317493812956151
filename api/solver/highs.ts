/** HiGHS, compiled to WebAssembly, behind the port of `core`. It runs in this thread and blocks it while it solves. */
import highsModule, { type Highs } from "highs";
import type { Program, ProgramAnswer, ProgramSolver } from "../../core/ports/program-solver.ts";

/**
 * The package's types describe its CommonJS face, where the loader is under `default`; Node imports its ESM face, where
 * it is the default export itself.
 */
const loadHighs = highsModule as unknown as (typeof highsModule)["default"];

/** The module is compiled once; each program gets a solver of its own. */
let loaded: Promise<Highs> | undefined;

export async function highsSolver(): Promise<ProgramSolver> {
  loaded ??= loadHighs();
  const highs = await loaded;
  return { solve: (program, limit_s) => solve(highs, program, limit_s) };
}

function modelOf(highs: Highs, { variables, rows }: Program) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { terms } of rows) {
    const merged = new Map<number, number>();
    for (const [variable, factor] of terms) merged.set(variable, (merged.get(variable) ?? 0) + factor);
    for (const [variable, factor] of merged) {
      indices.push(variable);
      values.push(factor);
    }
    starts.push(indices.length);
  }
  const { continuous, integer } = highs.constants.variableType;
  return {
    numCols: variables.length,
    numRows: rows.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: variables.map(({ gain }) => gain),
    colLower: variables.map(({ lower }) => lower),
    colUpper: variables.map(({ upper }) => upper),
    rowLower: rows.map(({ lower }) => lower),
    rowUpper: rows.map(({ upper }) => upper),
    matrix: {
      format: "csr" as const,
      numRows: rows.length,
      numCols: variables.length,
      starts: Int32Array.from(starts),
      indices: Int32Array.from(indices),
      values: Float64Array.from(values),
    },
    integrality: variables.map(({ whole }) => (whole ? integer : continuous)),
  };
}

function solve(highs: Highs, program: Program, limit_s: number): ProgramAnswer {
  return highs.withModel(modelOf(highs, program), (model): ProgramAnswer => {
    model.options.set({
      output_flag: false,
      time_limit: limit_s,
      random_seed: 0,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-7,
      mip_feasibility_tolerance: 1e-8,
    });
    model.run();
    const status = model.getModelStatus();
    const { infeasible, optimal, unboundedOrInfeasible } = highs.constants.modelStatus;
    if (status === infeasible || status === unboundedOrInfeasible) {
      return { state: "infeasible", values: null, bound: Number.NEGATIVE_INFINITY };
    }
    const feasible = Number(model.info.get("primal_solution_status")) === 2;
    return {
      state: status === optimal ? "optimal" : "stopped",
      values: feasible ? [...model.getSolution().colValue] : null,
      bound: Number(model.info.get("mip_dual_bound")),
    };
  });
}
