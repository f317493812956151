/** Why a case is proposed: the rule, what it allows, what was measured, and how sure the time of it is. */

import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument } from "./case-document.ts";

export function Facts({ document }: { readonly document: CaseDocument }) {
  const { t, format } = useReading();
  const { site } = useDesk();
  const { detection } = document;
  const intersection = site.intersections.find(({ id }) => id === detection.intersection);
  const camera = site.cameras.find(({ id }) => id === detection.camera);
  const error = format.exactSeconds(detection.uncertainty_ms / 1000);
  return (
    <section aria-labelledby="facts">
      <h3 id="facts">{t("facts.heading")}</h3>
      <p class="small">{t(`rule.${detection.rule.id}.means`)}</p>
      <dl class="facts">
        <Numbers values={detection.measured} of="measured" />
        <Numbers values={detection.rule.thresholds} of="threshold" />
        <Fact name={t("facts.at")} value={`${format.day(detection.at_ms)} ± ${error}`} />
        <Fact name={t("facts.where")} value={intersection?.name ?? detection.intersection} />
        <Fact name={t("facts.camera")} value={camera?.name ?? detection.camera} />
        {detection.lane === null ? null : <Fact name={t("facts.lane")} value={detection.lane} />}
        <Fact name={t("facts.class")} value={t(`class.${detection.class}`)} />
        <Fact
          name={t("facts.rule")}
          value={`${detection.rule.place}, ${t("facts.version", { version: detection.rule.version })}`}
        />
      </dl>
    </section>
  );
}

export function Fact({ name, value, strong }: { readonly name: string; readonly value: string; strong?: boolean }) {
  return (
    <div class={strong === true ? "fact fact-strong" : "fact"}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

interface NumbersProps {
  readonly values: Readonly<Record<string, number>>;
  readonly of: "measured" | "threshold";
}

/** A measure that has no words of its own yet stands under the name that the rule gave it. */
function Numbers({ values, of }: NumbersProps) {
  const { named, format } = useReading();
  return (
    <>
      {Object.entries(values).map(([name, value]) => {
        const words = named(of === "measured" ? `measured.${name}` : `threshold.${name}`, name);
        return <Fact key={name} name={words} value={format.measure(name, value)} strong={of === "measured"} />;
      })}
    </>
  );
}
