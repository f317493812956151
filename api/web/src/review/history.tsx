/** What was done with a case, oldest first. */
import { SERVICE } from "../../../../core/cases/states.ts";
import { useReading } from "../parts/reading.tsx";
import type { StepView } from "./case-document.ts";
import { readReason } from "./reasons.ts";

export function History({ steps }: { readonly steps: readonly StepView[] }) {
  const { t, format } = useReading();
  return (
    <section aria-labelledby="history">
      <h3 id="history">{t("history.heading")}</h3>
      <ol class="history">
        {steps.map((step) => (
          <li key={`${step.at_ms}${step.kind}`} data-step={step.kind}>
            <b>
              <StepName step={step} />
            </b>{" "}
            <span class="quiet small">
              {step.by === SERVICE ? t("step.by.service") : step.by}, {format.moment(step.at_ms)}
            </span>
            <Why step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepName({ step }: { readonly step: StepView }) {
  const { t, named } = useReading();
  if (step.verdict !== undefined) return <>{t(`verdict.${step.verdict}`)}</>;
  if (step.confirmed === false) return <>{t("step.dismissed")}</>;
  if (step.agreed === false) return <>{t("step.cancel_refused")}</>;
  return <>{named(`step.${step.kind}`, step.kind)}</>;
}

function Why({ step }: { readonly step: StepView }) {
  const { t } = useReading();
  if (step.withheld === true) return <p class="quiet small">{t("history.withheld")}</p>;
  const { code, words } = readReason(step.reason ?? step.reference ?? "");
  const said = [code === null ? "" : t(`reason.${code}`), words].filter((part) => part !== "");
  return said.length === 0 ? null : <p class="small">{said.join(": ")}</p>;
}
