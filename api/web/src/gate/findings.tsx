/** What the gate found by itself, and every step that was taken. */
import type { ShadowReport } from "../../../../core/proposals/shadow-report.ts";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import type { ProposalDocument } from "./gate-documents.ts";

export function Checks({ checks }: Pick<ProposalDocument, "checks">) {
  const { t, named } = useReading();
  if (checks.length === 0) return null;
  return (
    <section class="panel" aria-labelledby="checks">
      <h2 id="checks">{t("gate.checks")}</h2>
      <ul class="rows">
        {checks.map(({ id, passed, troubles }) => (
          <li key={id}>
            <b>
              {passed ? "✓" : "✗"} {named(`gate.check.${id}`, id)}
            </b>{" "}
            <span class="quiet">{t(passed ? "gate.check.passed" : "gate.check.failed")}</span>
            {troubles.map((trouble) => (
              <p key={trouble} class="trouble">
                {trouble}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Shadow({ shadow }: { readonly shadow: ShadowReport }) {
  const { t, format } = useReading();
  const { proposed, in_force } = shadow;
  const seconds = (value: number | null): string => (value === null ? "–" : format.seconds(value));
  const span = { from: format.time(shadow.from_ms), to: format.time(shadow.to_ms) };
  return (
    <section class="panel" aria-labelledby="shadow">
      <h2 id="shadow">{t("gate.shadow")}</h2>
      <p>
        {shadow.calls === "recorded"
          ? t("gate.shadow.recorded", { ...span, calls: shadow.recorded_calls })
          : t("gate.shadow.standing", span)}{" "}
        {proposed.trips.length === 0
          ? t("gate.shadow.quiet")
          : t("gate.shadow.trips", { trips: format.list(proposed.trips) })}{" "}
        {proposed.in_step_after_s === null
          ? null
          : t("gate.shadow.step", { time: format.seconds(proposed.in_step_after_s) })}
      </p>
      <PlainTable
        heads={[
          "gate.shadow.phase",
          "gate.shadow.greens",
          "gate.shadow.green",
          "gate.shadow.wait",
          "gate.shadow.waitNow",
        ]}
      >
        {proposed.phases.map((phase) => (
          <tr key={phase.phase}>
            <th scope="row">{phase.phase}</th>
            <td>{phase.greens}</td>
            <td>{seconds(phase.mean_green_s)}</td>
            <td>{seconds(phase.longest_wait_s)}</td>
            <td>{seconds(in_force.phases.find((each) => each.phase === phase.phase)?.longest_wait_s ?? null)}</td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}

export function Steps({ steps }: Pick<ProposalDocument, "steps">) {
  const { t, named, format } = useReading();
  return (
    <section class="panel" aria-labelledby="steps">
      <h2 id="steps">{t("gate.steps")}</h2>
      <ol class="rows">
        {steps.map((step, at) => (
          <li key={at}>
            <span class="moment">{format.day(step.at_ms)}</span> <b>{named(`gate.step.${step.kind}`, step.kind)}</b>{" "}
            <span class="quiet">
              {step.role === null ? t("gate.service") : `${step.by}, ${named(`role.${step.role}`, step.role)}`}
            </span>{" "}
            {step.reason}
            {step.troubles.map((trouble) => (
              <p key={trouble} class="trouble">
                {trouble}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
