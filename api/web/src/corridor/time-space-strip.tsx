/** Under the corridor, with the same distances: the planned greens of the next two minutes, time running down. */
import { useMemo } from "preact/hooks";
import { localClock_s } from "../intersection/local-clock.ts";
import { plannedRings } from "../intersection/ring-plan.ts";
import { useReading } from "../parts/reading.tsx";
import type { ControllerStatus, Corridor, StoredPlan } from "../state/page-state.ts";
import type { Node } from "./geometry.ts";
import { type GreenWindow, greenWindows, travelTimes_s } from "./time-space.ts";

export const TIME_SPACE_HEIGHT = 172;
const HORIZON_S = 120;
const PX_PER_S = 1.25;
const BAR = 9;
const STEPS_S = [0, 30, 60, 90, 120] as const;

export interface TimeSpaceProps {
  readonly corridor: Corridor;
  readonly nodes: readonly Node[];
  readonly width: number;
  readonly top: number;
  readonly signals: readonly ControllerStatus[];
  readonly plans: readonly StoredPlan[];
  readonly now_ms: number;
}

interface Greens {
  readonly outbound: readonly GreenWindow[];
  readonly inbound: readonly GreenWindow[];
}

export function TimeSpaceStrip({ corridor, nodes, width, top, signals, plans, now_ms }: TimeSpaceProps) {
  const { t, format } = useReading();
  const times_s = travelTimes_s(
    nodes.map(({ distance_m }) => distance_m),
    corridor.progression_speed_kmh,
  );
  const whole_s = times_s.at(-1) ?? 0;
  const greens = useGreens({ corridor, nodes, signals, plans, now_ms }, whole_s);
  const first = greens[0]?.outbound ?? [];
  const last = greens.at(-1)?.inbound ?? [];
  const back_s = times_s.map((time_s) => whole_s - time_s);
  return (
    <g class="time-space" transform={`translate(0 ${top})`}>
      <title>{t("corridor.timeSpace")}</title>
      <clipPath id={`time-space-${corridor.id}`}>
        <rect width={width} height={HORIZON_S * PX_PER_S} />
      </clipPath>
      {STEPS_S.map((step_s) => (
        <g key={step_s}>
          <line class="time-line" x1="0" y1={step_s * PX_PER_S} x2={width} y2={step_s * PX_PER_S} />
          <text class="time-mark" x="2" y={step_s * PX_PER_S - 3}>
            {step_s === 0 ? t("corridor.now") : `+${format.seconds(step_s)}`}
          </text>
        </g>
      ))}
      <g clip-path={`url(#time-space-${corridor.id})`}>
        <Platoons nodes={nodes} starts={first} times_s={times_s} direction="outbound" />
        <Platoons nodes={nodes} starts={last} times_s={back_s} direction="inbound" />
        {nodes.map(({ intersection, x }, index) => (
          <g key={intersection.id}>
            <Bars windows={greens[index]?.outbound ?? []} x={x - BAR - 1} direction="outbound" />
            <Bars windows={greens[index]?.inbound ?? []} x={x + 1} direction="inbound" />
          </g>
        ))}
      </g>
    </g>
  );
}

/** Drawn only from a controller's own, fresh clock under the plan in force: otherwise there is nothing to promise. */
function useGreens(
  { corridor, nodes, signals, plans, now_ms }: Omit<TimeSpaceProps, "width" | "top">,
  past_s: number,
): readonly Greens[] {
  const laidOut = useMemo(
    () =>
      nodes.map(({ intersection }) => {
        const plan = plans.find((stored) => stored.plan.intersection === intersection.id)?.plan;
        return { plan, rings: plan === undefined ? [] : plannedRings(intersection.signal, plan) };
      }),
    [nodes, plans],
  );
  return nodes.map(({ intersection }, index) => {
    const { plan, rings = [] } = laidOut[index] ?? {};
    const member = corridor.intersections.find(({ id }) => id === intersection.id);
    const status = signals.find((candidate) => candidate.intersection === intersection.id);
    const clock_s = localClock_s(status, plan, now_ms);
    if (plan === undefined || member === undefined || clock_s === null) return { outbound: [], inbound: [] };
    const windows = (phase: number) => greenWindows(rings, phase, clock_s, plan.cycle_s, past_s, HORIZON_S);
    return { outbound: windows(member.outbound_phase), inbound: windows(member.inbound_phase) };
  });
}

interface BarsProps {
  readonly windows: readonly GreenWindow[];
  readonly x: number;
  readonly direction: "outbound" | "inbound";
}

function Bars({ windows, x, direction }: BarsProps) {
  return (
    <>
      {windows.map(({ from_s, to_s }) => (
        <rect
          key={from_s}
          class={`green-bar green-bar-${direction}`}
          x={x}
          y={from_s * PX_PER_S}
          width={BAR}
          height={(to_s - from_s) * PX_PER_S}
          rx="2"
        />
      ))}
    </>
  );
}

interface PlatoonsProps {
  readonly nodes: readonly Node[];
  readonly starts: readonly GreenWindow[];
  /** Travel time to each node from where the platoon starts. */
  readonly times_s: readonly number[];
  readonly direction: "outbound" | "inbound";
}

/** What leaves the first stop line on green and keeps the corridor's speed. */
function Platoons({ nodes, starts, times_s, direction }: PlatoonsProps) {
  const edge = (start_s: number): readonly string[] =>
    nodes.map(({ x }, index) => `${x} ${(start_s + (times_s[index] ?? 0)) * PX_PER_S}`);
  return (
    <>
      {starts.map(({ from_s, to_s }) => (
        <path
          key={from_s}
          class={`platoon platoon-${direction}`}
          d={`M${edge(from_s).join("L")}L${edge(to_s).toReversed().join("L")}Z`}
        />
      ))}
    </>
  );
}
