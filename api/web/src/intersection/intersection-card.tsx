/** One intersection: what it shows, what comes towards it, and the plan that runs it. */
import { useMemo } from "preact/hooks";
import type { PcuTable } from "../../../../core/traffic/pcu.ts";
import { approachFlow, TREND_STEPS } from "../measures/approach-flow.ts";
import { approachMotion } from "../measures/approach-motion.ts";
import { useReading } from "../parts/reading.tsx";
import { useNow } from "../state/now.ts";
import type { ControllerStatus, FlowInterval, Intersection, StoredPlan, Volume } from "../state/page-state.ts";
import { ApproachRow } from "./approach-row.tsx";
import { localClock_s } from "./local-clock.ts";
import { Mode } from "./mode.tsx";
import { RingDiagram } from "./ring-diagram.tsx";
import { plannedGreenLeft_s, plannedRings } from "./ring-plan.ts";

const TICK_MS = 250;

export interface IntersectionCardProps {
  readonly intersection: Intersection;
  readonly status: ControllerStatus | undefined;
  readonly plan: StoredPlan["plan"] | undefined;
  readonly flows: readonly FlowInterval[];
  readonly volumes: readonly Volume[];
  readonly pcu: PcuTable;
}

export function IntersectionCard({ intersection, status, plan, flows, volumes, pcu }: IntersectionCardProps) {
  const { t, format, clockOffset_ms } = useReading();
  const now_ms = useNow(clockOffset_ms, TICK_MS);
  const minute = Math.floor(now_ms / 60_000);
  const measuredOf = useMemo(
    () =>
      intersection.approaches.map((approach) => ({
        flow: approachFlow(approach, flows, volumes, minute * 60_000, pcu),
        motion: approachMotion(approach, flows, minute * 60_000),
      })),
    [intersection, flows, volumes, minute, pcu],
  );
  const rings = useMemo(
    () => (plan === undefined ? [] : plannedRings(intersection.signal, plan)),
    [intersection, plan],
  );
  const clock_s = localClock_s(status, plan, now_ms);
  const greenLeft_s = (phase: number): number | null =>
    clock_s === null || plan === undefined ? null : plannedGreenLeft_s(rings, phase, clock_s, plan.cycle_s);
  const heading = `intersection-${intersection.id}`;
  return (
    <article class="card" aria-labelledby={heading} data-intersection={intersection.id}>
      <header class="card-head">
        <h3 id={heading} tabIndex={-1}>
          {intersection.name}
        </h3>
        <Mode status={status} plan={plan} clock_s={clock_s} now_ms={now_ms} />
      </header>
      <table class="approaches">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">{t("intersection.approach")}</th>
            <th scope="col">{t("intersection.signal")}</th>
            <th scope="col">{t("intersection.flow")}</th>
            <th scope="col">{t("intersection.trend", { minutes: format.minutes(TREND_STEPS) })}</th>
          </tr>
        </thead>
        <tbody>
          {intersection.approaches.map((approach, index) => {
            const measured = measuredOf[index];
            if (measured === undefined) return null;
            return <ApproachRow key={approach.id} {...{ approach, ...measured, status, now_ms, greenLeft_s }} />;
          })}
        </tbody>
      </table>
      {plan === undefined ? (
        <p class="quiet">{t("ring.none")}</p>
      ) : (
        <RingDiagram {...{ intersection, plan, rings, status, clock_s, now_ms }} />
      )}
    </article>
  );
}
