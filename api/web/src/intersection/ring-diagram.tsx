/** The plan in force as bars over one cycle, one row per ring, with the controller's clock moving over them. */
import type { Plan } from "../../../../core/signal/plan.ts";
import { useReading } from "../parts/reading.tsx";
import type { ControllerStatus, Intersection } from "../state/page-state.ts";
import { indicationOf } from "./heads.ts";
import { type PlannedPhase, type PlannedRing, pieces } from "./ring-plan.ts";

export interface RingDiagramProps {
  readonly intersection: Intersection;
  readonly plan: Plan;
  readonly rings: readonly PlannedRing[];
  readonly status: ControllerStatus | undefined;
  /** Seconds since local zero; null hides the moving line. */
  readonly clock_s: number | null;
  readonly now_ms: number;
}

export function RingDiagram({ intersection, plan, rings, status, clock_s, now_ms }: RingDiagramProps) {
  const { t, format } = useReading();
  const summary = t("ring.summary", {
    pattern: plan.pattern,
    cycle: format.seconds(plan.cycle_s),
    offset: format.seconds(plan.offset_s),
  });
  if (rings.length === 0) return <p class="quiet">{t("ring.unrunnable")}</p>;
  return (
    <figure class="rings">
      <figcaption>{summary}</figcaption>
      <div class="rings-rows">
        {rings.map((ring, index) => (
          <ol
            class="ring"
            key={intersection.signal.rings[index]?.join()}
            aria-label={t("ring.label", { ring: index + 1 })}
          >
            {ring.map((phase) => (
              <PhaseBar
                key={phase.phase}
                phase={phase}
                plan={plan}
                running={indicationOf(status, phase.phase, now_ms) === "green"}
              />
            ))}
          </ol>
        ))}
        {clock_s === null ? null : <Cursor share={clock_s / plan.cycle_s} />}
      </div>
      <div class="rings-scale" aria-hidden="true">
        <span>{format.seconds(0)}</span>
        <span>{format.seconds(plan.cycle_s)}</span>
      </div>
    </figure>
  );
}

const percent = (value: number, whole: number): string => `${(100 * value) / whole}%`;

function Cursor({ share }: { readonly share: number }) {
  return <div class="rings-cursor" style={{ left: percent(share, 1) }} aria-hidden="true" />;
}

interface PhaseBarProps {
  readonly phase: PlannedPhase;
  readonly plan: Plan;
  readonly running: boolean;
}

function PhaseBar({ phase, plan, running }: PhaseBarProps) {
  const { t, format } = useReading();
  const { start_s, green_s, yellow_s, red_clear_s } = phase;
  const parts = [
    ["green", start_s, green_s],
    ["yellow", start_s + green_s, yellow_s],
    ["clear", start_s + green_s + yellow_s, red_clear_s],
  ] as const;
  const split_s = plan.splits.find((split) => split.phase === phase.phase)?.split_s ?? 0;
  const words = { phase: phase.phase, split: format.seconds(split_s), green: format.seconds(green_s) };
  const label = t("ring.phase", words);
  const longest = pieces(start_s, green_s, plan.cycle_s).reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0] as const);
  return (
    <li class={running ? "phase phase-running" : "phase"} title={label}>
      <span class="visually-hidden">{label}</span>
      {parts.flatMap(([part, from_s, length_s]) =>
        pieces(from_s, length_s, plan.cycle_s).map(([begin_s, piece_s]) => (
          <span
            key={`${part}${begin_s}`}
            class={`phase-part phase-${part}`}
            style={{ left: percent(begin_s, plan.cycle_s), width: percent(piece_s, plan.cycle_s) }}
          >
            {part === "green" && begin_s === longest[0] ? <b aria-hidden="true">{phase.phase}</b> : null}
          </span>
        )),
      )}
    </li>
  );
}
