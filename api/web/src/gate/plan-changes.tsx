/** Before and after, signal by signal; what changes stands out, and not by its colour alone. */
import type { Change, PhaseChange, PlanDifferences } from "../../../../core/proposals/differences.ts";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";

interface Line {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export function PlanChanges({ differences }: { readonly differences: PlanDifferences }) {
  const { t, named, format } = useReading();
  const shown = (value: number | null): string => (value === null ? "–" : format.seconds(value));
  const seconds = (what: string, { before, after }: Change<number>): Line => ({
    what,
    before: shown(before),
    after: shown(after),
  });
  const modeName = (mode: string | null): string => (mode === null ? "–" : named(`gate.recall.${mode}`, mode));
  const phaseName = ({ phase, name }: PhaseChange): string => name ?? t("gate.phase", { number: phase });
  const lines: readonly Line[] = [
    seconds(t("gate.cycle"), differences.cycle_s),
    seconds(t("gate.offset"), differences.offset_s),
    ...differences.phases.flatMap((phase) => [
      seconds(t("gate.split", { phase: phaseName(phase) }), phase.green_s),
      ...((phase.mode.before ?? "none") === (phase.mode.after ?? "none")
        ? []
        : [
            {
              what: t("gate.mode", { phase: phaseName(phase) }),
              before: modeName(phase.mode.before),
              after: modeName(phase.mode.after),
            },
          ]),
    ]),
  ];
  return (
    <section class="panel" aria-labelledby="changes">
      <h2 id="changes">{t("gate.changes")}</h2>
      <PlainTable heads={["gate.what", "gate.before", "gate.after"]}>
        {lines.map(({ what, before, after }) => (
          <tr key={what}>
            <th scope="row">{what}</th>
            <td>{before}</td>
            <td>{before === after ? <span class="quiet">=</span> : <b>{after}</b>}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}
