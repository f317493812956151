/** In words: what those with priority lost, when signals followed their plans, why a signal changed, and what another choice would have come to. */
import type { Run } from "../../sim/index.ts";

type Explanation = NonNullable<Run["decisions"]>["changes"][number];

const figure = (value: number | null): string => (value === null ? "-" : value.toFixed(1));

function priorityLine({ seed, priority }: Run): readonly string[] {
  if (priority === undefined) return [];
  const { buses, bus_delay_s, emergencies, emergency_delay_s, emergency_travel_s, others_delay_s } = priority;
  return [
    `seed ${seed}: ${buses} buses lose ${figure(bus_delay_s)} s each, ${emergencies} emergency vehicles ` +
      `${figure(emergency_delay_s)} s (on the way ${figure(emergency_travel_s)} s), the others ${figure(others_delay_s)} s; ` +
      `a person ${priority.person_delay_s.toFixed(1)} s`,
  ];
}

function changeLine(each: Explanation): string {
  const { at_s, stage, shown_s, chosen, reason, vehicles, costs_veh_s, predicted_veh_s, realised_veh_s } = each;
  const costs = costs_veh_s.map((cost, to) => `${to === stage ? "keeping" : `to ${to}`} ${figure(cost)}`).join(", ");
  const came =
    realised_veh_s === null ? "" : `; waiting predicted ${figure(predicted_veh_s)}, came ${figure(realised_veh_s)}`;
  return (
    `${at_s.toFixed(0).padStart(6)} s  stage ${stage} after ${shown_s.toFixed(0)} s -> ${chosen} (${reason}); ` +
    `seen ${vehicles.join(" ")}; veh s: ${costs}${came}`
  );
}

function decisionLines({ seed, decisions }: Run): readonly string[] {
  if (decisions === undefined) return [];
  const { told, prediction, changes } = decisions;
  const { checked, predicted_veh_s, realised_veh_s, error_veh_s, correlation } = prediction;
  return [
    ...changes.map(changeLine),
    `seed ${seed}: ${told} decisions; of ${checked} checked, waiting predicted ${predicted_veh_s.toFixed(1)} veh s, came ` +
      `${realised_veh_s.toFixed(1)}, off by ${error_veh_s.toFixed(1)} on average, correlation ${correlation?.toFixed(2) ?? "-"}`,
  ];
}

function counterfactualLine({ seed, counterfactual }: Run): readonly string[] {
  if (counterfactual === undefined) return [];
  const { signal, choice, delay_s, more_delay_s, more_veh_s } = counterfactual;
  if (choice === null) return [`seed ${seed}: ${signal} had nothing else to choose from then on`];
  return [
    `seed ${seed}: ${signal} at ${choice.at_s} s in stage ${choice.stage} chose ${choice.decided} (${choice.reason}); with ` +
      `${choice.instead} instead, predicted to cost ${figure(choice.predicted_veh_s)} veh s more, delay is ${delay_s.toFixed(2)} s a ` +
      `vehicle: ${more_delay_s >= 0 ? "+" : ""}${more_delay_s.toFixed(3)} s, ${more_veh_s.toFixed(0)} veh s in all`,
  ];
}

function degradationLines({ seed, faults, degradations = [] }: Run): readonly string[] {
  const lines = degradations.map(({ signal, lane, fault, from_s, to_s }) => {
    const back = to_s === null ? "and never came back" : `until ${to_s.toFixed(0)} s`;
    return `${from_s.toFixed(0).padStart(6)} s  signal ${signal} follows its plan ${back}: what is told of lane ${lane} is ${fault}`;
  });
  return faults === undefined ? lines : [...lines, `seed ${seed}: faults of cameras and detectors: ${faults.length}`];
}

/** A line each; none where nothing of it was asked for. */
export const controlText = (runs: readonly Run[]): readonly string[] =>
  runs.flatMap((run) => [
    ...priorityLine(run),
    ...degradationLines(run),
    ...decisionLines(run),
    ...counterfactualLine(run),
  ]);
