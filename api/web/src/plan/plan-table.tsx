/** The plan in force at each intersection, and why it was made. */
import { useReading } from "../parts/reading.tsx";
import type { Intersection, Plans, StoredPlan } from "../state/page-state.ts";
import { reasonLines } from "./reasons.ts";

export interface PlanTableProps {
  readonly intersections: readonly Intersection[];
  readonly plans: Plans;
}

export function PlanTable({ intersections, plans }: PlanTableProps) {
  const { t } = useReading();
  const inOrder = intersections.flatMap((intersection) => {
    const stored = plans.in_force.find(({ plan }) => plan.intersection === intersection.id);
    return stored === undefined ? [] : [{ intersection, stored }];
  });
  return (
    <section class="panel" aria-labelledby="plans">
      <header class="panel-head">
        <h2 id="plans">{t("plan.heading")}</h2>
      </header>
      {inOrder.length === 0 ? (
        <p class="quiet">{t("plan.none")}</p>
      ) : (
        <div class="table-scroll">
          <table class="plain stacked">
            <thead>
              <tr>
                <th scope="col">{t("plan.intersection")}</th>
                <th scope="col" class="number">
                  {t("plan.pattern")}
                </th>
                <th scope="col" class="number">
                  {t("plan.cycle")}
                </th>
                <th scope="col" class="number">
                  {t("plan.offset")}
                </th>
                <th scope="col">{t("plan.splits")}</th>
                <th scope="col">{t("plan.since")}</th>
                <th scope="col">{t("plan.why")}</th>
              </tr>
            </thead>
            <tbody>
              {inOrder.map(({ intersection, stored }) => (
                <Row key={intersection.id} name={intersection.name} stored={stored} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ name, stored }: { readonly name: string; readonly stored: StoredPlan }) {
  const reading = useReading();
  const { t, format } = reading;
  const { plan } = stored;
  const lines = reasonLines(stored.reasons, reading);
  return (
    <tr data-plan={plan.intersection}>
      <th scope="row">{name}</th>
      <td class="number" data-label={t("plan.pattern")}>
        {plan.pattern}
      </td>
      <td class="number" data-label={t("plan.cycle")}>
        {format.seconds(plan.cycle_s)}
      </td>
      <td class="number" data-label={t("plan.offset")}>
        {format.seconds(plan.offset_s)}
      </td>
      <td data-label={t("plan.splits")}>
        <ul class="splits">
          {plan.splits.map(({ phase, split_s }) => (
            <li key={phase}>
              <span class="visually-hidden">{t("plan.split", { phase, split: format.seconds(split_s) })}</span>
              <span aria-hidden="true">
                <b>{phase}</b> {format.seconds(split_s)}
              </span>
            </li>
          ))}
        </ul>
      </td>
      <td class="moment" data-label={t("plan.since")}>
        {format.moment(stored.at_ms)}
      </td>
      <td class="why" data-label={t("plan.why")}>
        {lines.length === 0 ? (
          <span class="quiet">{t("plan.why.none")}</span>
        ) : (
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
