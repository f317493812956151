/** Bands as a traffic engineer would measure them: drive at every departure time and watch the lights. */

export interface SweptSignal {
  readonly offset_s: number;
  readonly distance_m: number;
  readonly outbound: { readonly start_s: number; readonly green_s: number };
  readonly inbound: { readonly start_s: number; readonly green_s: number };
}

const STEP_S = 0.1;

export function sweepBands(signals: readonly SweptSignal[], cycle_s: number, out_ms: number, in_ms = out_ms) {
  const end_m = signals.at(-1)?.distance_m ?? 0;
  const isGreen = (at_s: number, offset_s: number, green: SweptSignal["outbound"]): boolean => {
    const local = (((at_s - offset_s - green.start_s) % cycle_s) + cycle_s) % cycle_s;
    return local < green.green_s;
  };
  const longestRun = (passes: (departure_s: number) => boolean): number => {
    const steps = Math.round(cycle_s / STEP_S);
    const seen = Array.from({ length: steps }, (_, i) => passes((i + 0.5) * STEP_S));
    if (seen.every(Boolean)) return cycle_s;
    let best = 0;
    let run = 0;
    for (const pass of [...seen, ...seen]) {
      run = pass ? run + 1 : 0;
      best = Math.max(best, run);
    }
    return best * STEP_S;
  };
  return {
    outbound_s: longestRun((t) => signals.every((s) => isGreen(t + s.distance_m / out_ms, s.offset_s, s.outbound))),
    inbound_s: longestRun((t) =>
      signals.every((s) => isGreen(t + (end_m - s.distance_m) / in_ms, s.offset_s, s.inbound)),
    ),
  };
}
