/** The corridor in one drawing: roads, distances and every signal head, live. */
import { useMemo } from "preact/hooks";
import { headsOf, indicationOf } from "../intersection/heads.ts";
import { localClock_s } from "../intersection/local-clock.ts";
import { HEAD_HEIGHT, HEAD_WIDTH, SignalHeadShape } from "../intersection/signal-head.tsx";
import { useReading } from "../parts/reading.tsx";
import { useNow } from "../state/now.ts";
import type { ControllerStatus, Corridor, Intersection, StoredPlan } from "../state/page-state.ts";
import { type Corner, type CornerHeads, layOut, type Node, wrapped } from "./geometry.ts";
import { TIME_SPACE_HEIGHT, TimeSpaceStrip } from "./time-space-strip.tsx";

const GAP = 168;
const MARGIN = 108;
const ROAD_Y = 104;
const ROAD_HALF = 13;
const ARM = 84;
const HEAD_GAP = 3;
const LINE = 16;
const NAME_LENGTH = 22;
const NAME_LINES = 3;

export interface CorridorStripProps {
  readonly corridor: Corridor;
  readonly intersections: readonly Intersection[];
  readonly signals: readonly ControllerStatus[];
  readonly plans: readonly StoredPlan[];
}

export function CorridorStrip({ corridor, intersections, signals, plans }: CorridorStripProps) {
  const { t, format, clockOffset_ms } = useReading();
  const now_ms = useNow(clockOffset_ms, 250);
  const width = Math.max(1200, 2 * MARGIN + (corridor.intersections.length - 1) * GAP);
  const nodes = useMemo(() => layOut(corridor, intersections, width, MARGIN, GAP), [corridor, intersections, width]);
  const rows = Math.max(...nodes.map(({ name }) => wrapped(name, NAME_LENGTH, NAME_LINES).length));
  const below = ROAD_Y + ARM + 22 + rows * LINE + 30;
  const length_m = nodes.slice(1).reduce((sum, node) => sum + node.distance_m, 0);
  const words = { name: corridor.name, count: nodes.length, length: format.metres(length_m) };
  return (
    <section class="panel" aria-labelledby={`corridor-${corridor.id}`}>
      <header class="panel-head">
        <h2 id={`corridor-${corridor.id}`}>{corridor.name}</h2>
        <p class="quiet">{t("corridor.outbound", { speed: format.speed_kmh(corridor.progression_speed_kmh) })} →</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section class="corridor-scroll" tabIndex={0} aria-label={t("corridor.scroll")}>
        <svg
          class="corridor"
          viewBox={`0 0 ${width} ${below + TIME_SPACE_HEIGHT}`}
          style={{ minWidth: `${width * 0.82}px` }}
        >
          <title>{t("corridor.summary", words)}</title>
          <Roads nodes={nodes} width={width} />
          {nodes.map((node) => {
            const { id } = node.intersection;
            const status = signals.find(({ intersection }) => intersection === id);
            const plan = plans.find((stored) => stored.plan.intersection === id)?.plan;
            const clock_s = localClock_s(status, plan, now_ms);
            const clock =
              clock_s === null || plan === undefined
                ? ""
                : t("intersection.clock", {
                    clock: format.seconds(Math.floor(clock_s)),
                    cycle: format.seconds(plan.cycle_s),
                  });
            return <NodeDrawing key={id} {...{ node, status, clock, now_ms }} />;
          })}
          <TimeSpaceStrip top={below} {...{ corridor, nodes, width, signals, plans, now_ms }} />
        </svg>
      </section>
      <Legend />
    </section>
  );
}

const shown = ["green", "yellow", "red", "unknown"] as const;

function Legend() {
  const { t } = useReading();
  return (
    <ul class="legend quiet small">
      {shown.map((indication) => (
        <li key={indication}>
          <b class={`letter letter-${indication}`}>{t(`indication.${indication}.letter`)}</b>{" "}
          {t(`indication.${indication}`)}
        </li>
      ))}
      <li>
        <span class="swatch swatch-outbound" /> {t("corridor.legend.outbound")}
      </li>
      <li>
        <span class="swatch swatch-inbound" /> {t("corridor.legend.inbound")}
      </li>
    </ul>
  );
}

function Roads({ nodes, width }: { readonly nodes: readonly Node[]; readonly width: number }) {
  const { format } = useReading();
  return (
    <g class="roads">
      {nodes.map(({ intersection, x, arms }) =>
        arms.map((degrees) => {
          const angle = (degrees * Math.PI) / 180;
          const end = { x: x + Math.sin(angle) * ARM, y: ROAD_Y - Math.cos(angle) * ARM };
          return <line key={`${intersection.id}${degrees}`} class="road" x1={x} y1={ROAD_Y} x2={end.x} y2={end.y} />;
        }),
      )}
      <line class="road road-main" x1="0" y1={ROAD_Y} x2={width} y2={ROAD_Y} />
      <line class="road-middle" x1="0" y1={ROAD_Y} x2={width} y2={ROAD_Y} />
      {nodes.map(({ intersection, x }) => (
        <rect
          key={intersection.id}
          class="road-box"
          x={x - ROAD_HALF}
          y={ROAD_Y - ROAD_HALF}
          width={2 * ROAD_HALF}
          height={2 * ROAD_HALF}
        />
      ))}
      {nodes.slice(1).map((node, index) => (
        <text
          key={node.intersection.id}
          class="distance"
          x={((nodes[index]?.x ?? 0) + node.x) / 2}
          y={ROAD_Y + 4.5}
          text-anchor="middle"
        >
          {format.metres(node.distance_m)}
        </text>
      ))}
    </g>
  );
}

interface NodeDrawingProps {
  readonly node: Node;
  readonly status: ControllerStatus | undefined;
  readonly clock: string;
  readonly now_ms: number;
}

function NodeDrawing({ node, status, clock, now_ms }: NodeDrawingProps) {
  const { intersection, name, x, heads } = node;
  const rows = wrapped(name, NAME_LENGTH, NAME_LINES);
  return (
    <g data-node={intersection.id}>
      {heads.map((at) => (
        <ApproachHeads key={at.approach.id} at={at} x={x} status={status} now_ms={now_ms} />
      ))}
      <a href={`#intersection-${intersection.id}`} class="node-link">
        <text class="node-name" text-anchor="middle" y={ROAD_Y + ARM + 20}>
          {rows.map((row, index) => (
            <tspan key={row} x={x} dy={index === 0 ? 0 : LINE}>
              {row}
            </tspan>
          ))}
        </text>
      </a>
      <text class="node-clock" text-anchor="middle" x={x} y={ROAD_Y + ARM + 22 + rows.length * LINE}>
        {clock}
      </text>
    </g>
  );
}

interface ApproachHeadsProps {
  readonly at: CornerHeads;
  readonly x: number;
  readonly status: ControllerStatus | undefined;
  readonly now_ms: number;
}

function ApproachHeads({ at: { corner, approach }, x, status, now_ms }: ApproachHeadsProps) {
  const { t } = useReading();
  const heads = headsOf(approach);
  const place = placeOf(corner, x, heads.length);
  const shown = heads.map((head) => t(`indication.${indicationOf(status, head.phase, now_ms)}`)).join(", ");
  return (
    <g class="approach-heads" data-approach={approach.id}>
      <title>{`${approach.name ?? ""} ${t("intersection.from", { side: t(`side.${approach.from}`) })}: ${shown}`}</title>
      {heads.map((head, index) => (
        <SignalHeadShape
          key={head.phase}
          indication={indicationOf(status, head.phase, now_ms)}
          x={place.left + index * (HEAD_WIDTH + HEAD_GAP)}
          y={place.top}
        />
      ))}
      <text class="side-letter" x={place.letterX} y={place.top + HEAD_HEIGHT / 2 + 4} text-anchor={place.anchor}>
        {t(`side.${approach.from}.letter`)}
      </text>
    </g>
  );
}

function placeOf(corner: Corner, x: number, heads: number) {
  const block = heads * HEAD_WIDTH + (heads - 1) * HEAD_GAP;
  const left = corner.endsWith("left");
  const near = ROAD_HALF + 5;
  return {
    left: left ? x - near - block : x + near,
    top: corner.startsWith("top") ? ROAD_Y - near - HEAD_HEIGHT : ROAD_Y + near,
    letterX: left ? x - near - block - 5 : x + near + block + 5,
    anchor: left ? ("end" as const) : ("start" as const),
  };
}
