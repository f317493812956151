/** One approach: its heads, its flow and its trend. */
import { type ApproachFlow, TREND_STEPS } from "../measures/approach-flow.ts";
import type { ApproachMotion } from "../measures/approach-motion.ts";
import { FlowSourceBadge } from "../measures/flow-source.tsx";
import { Sparkline } from "../measures/sparkline.tsx";
import { useReading } from "../parts/reading.tsx";
import type { Approach, ControllerStatus } from "../state/page-state.ts";
import { type Head, headsOf, indicationOf } from "./heads.ts";
import { SignalHead } from "./signal-head.tsx";

export interface ApproachRowProps {
  readonly approach: Approach;
  readonly flow: ApproachFlow;
  readonly motion: ApproachMotion;
  readonly status: ControllerStatus | undefined;
  readonly now_ms: number;
  /** Planned seconds of green left for a phase that is green now; null when the plan does not say. */
  greenLeft_s(phase: number): number | null;
}

export function ApproachRow({ approach, flow, motion, status, now_ms, greenLeft_s }: ApproachRowProps) {
  const { t } = useReading();
  const side = t("intersection.from", { side: t(`side.${approach.from}`) });
  return (
    <tr data-approach={approach.id}>
      <th scope="row">
        {approach.name === undefined ? null : <span class="approach-name">{approach.name}</span>}
        <span class="approach-side">{side}</span>
      </th>
      <td class="heads">
        {headsOf(approach).map((head) => (
          <TimedHead key={head.phase} head={head} status={status} now_ms={now_ms} greenLeft_s={greenLeft_s} />
        ))}
      </td>
      <td class="flow">
        <FlowNumbers flow={flow} />
        <MotionNumbers motion={motion} />
        {flow.sources.map((source) => (
          <FlowSourceBadge key={source} source={source} />
        ))}
      </td>
      <td class="trend">
        <Sparkline values={flow.trend} steps={TREND_STEPS} step_s={flow.step_s} />
      </td>
    </tr>
  );
}

type TimedHeadProps = Pick<ApproachRowProps, "status" | "now_ms" | "greenLeft_s"> & { readonly head: Head };

function TimedHead({ head, status, now_ms, greenLeft_s }: TimedHeadProps) {
  const { t, format } = useReading();
  const indication = indicationOf(status, head.phase, now_ms);
  const left_s = indication === "green" ? greenLeft_s(head.phase) : null;
  const words = left_s === null ? "" : format.seconds(Math.ceil(left_s));
  return (
    <span class="timed-head">
      <SignalHead head={head} indication={indication} />
      <span class="countdown" title={left_s === null ? "" : t("intersection.greenLeft", { seconds: words })}>
        {words}
      </span>
    </span>
  );
}

function FlowNumbers({ flow }: { readonly flow: ApproachFlow }) {
  const { t, format } = useReading();
  if (flow.veh_h === null) return <span class="quiet small">{t("flow.none")}</span>;
  return (
    <span class="flow-numbers">
      <span>
        <b>{format.whole(flow.veh_h)}</b> {t("flow.veh")}
      </span>
      <span class="quiet">
        {flow.pcu_h === null ? "–" : format.whole(flow.pcu_h)} {t("flow.pcu")}
      </span>
    </span>
  );
}

/** Only what a camera measured: an approach without one has no line for it. */
function MotionNumbers({ motion }: { readonly motion: ApproachMotion }) {
  const { t, format } = useReading();
  const { queue_m, queue_veh, speed_kmh } = motion;
  const speed = speed_kmh === null ? [] : [format.speed_kmh(speed_kmh)];
  const length = queue_m === null || queue_veh === 0 ? "" : ` (${format.metres(queue_m)})`;
  const queue = queue_veh === null ? [] : [t("flow.queue", { vehicles: format.whole(queue_veh) }) + length];
  const words = [...speed, ...queue];
  return words.length === 0 ? null : <span class="motion quiet small">{words.join(" · ")}</span>;
}
