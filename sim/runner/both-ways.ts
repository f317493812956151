/** A run as its controller decides it, and once more with one other choice: the same seed, the same drivers. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import type { Counterfactual } from "./control-messages.ts";
import type { Driven } from "./driven.ts";
import type { RunOrder } from "./run-messages.ts";
import { thousandth } from "./score.ts";

/** `drive`: the run of an order. The second leaves nothing behind. */
export async function driveBothWays(
  order: RunOrder,
  drive: (order: RunOrder) => Promise<Result<Driven>>,
): Promise<Result<Driven>> {
  const { contrary, ...usual } = order;
  const { record: _, decisions: __, ...other } = order;
  const first = await drive(usual);
  if (!first.ok || contrary === undefined) return first;
  const second = await drive(other);
  if (!second.ok) return second;
  return ok({ ...first.value, counterfactual: compared(contrary.signal, first.value, second.value) });
}

function compared(signal: string, decided: Driven, otherwise: Driven): Counterfactual {
  const taken = otherwise.contrary ?? null;
  const more_s = otherwise.delay_s - decided.delay_s;
  const costs = taken?.decided.costs_veh_s;
  const predicted = (costs?.[taken?.instead ?? -1] ?? Number.NaN) - (costs?.[taken?.decided.stage ?? -1] ?? Number.NaN);
  return {
    signal,
    choice:
      taken === null
        ? null
        : {
            at_s: taken.at_s,
            stage: taken.stage,
            decided: taken.decided.stage,
            reason: taken.decided.reason,
            instead: taken.instead,
            predicted_veh_s: Number.isFinite(predicted) ? thousandth(predicted) : null,
          },
    delay_s: thousandth(otherwise.delay_s),
    more_delay_s: thousandth(more_s),
    more_veh_s: thousandth(more_s * (decided.inserted + decided.never_inserted)),
  };
}

/** A signal that is asked for by name has to be there. */
export function strangeSignal(order: RunOrder, signals: readonly string[]): Result<void> {
  const asked = [order.contrary?.signal, order.decisions?.signal];
  const strange = asked.find((signal) => signal != null && !signals.includes(signal));
  return strange == null
    ? ok(undefined)
    : failed(problem("SIMULATE_SIGNAL", { signal: strange, known: signals.slice(0, 20).join(", ") }));
}
