/** One signal head. What it shows is told three times: by colour, by which lamp is lit, and by a letter. */
import { useReading } from "../parts/reading.tsx";
import type { Head, Indication } from "./heads.ts";

export const HEAD_WIDTH = 14;
export const HEAD_HEIGHT = 36;

const lamps = ["red", "yellow", "green"] as const;
const LAMP_RADIUS = 4.6;
/** Width one turn arrow takes. */
const ARROW = 12;

const lampY = (index: number): number => 7 + index * 11;

/** Turn arrows, drawn in a 10 by 8 box with its origin at the top left. */
const arrows = {
  left: "M9.5 7.5V3.5H2.5M4.5 1.2 2 3.5 4.5 5.8",
  through: "M5 7.5V1.5M2.7 3.8 5 1.3 7.3 3.8",
  right: "M.5 7.5V3.5H7.5M5.5 1.2 8 3.5 5.5 5.8",
  u_turn: "M8 7.5V3.6A2.3 2.3 0 0 0 3.4 3.6V6.6M1.4 4.7 3.4 7 5.4 4.7",
} as const;

export interface SignalHeadProps {
  readonly indication: Indication;
  /** Of the top left corner, in the drawing it stands in. */
  readonly x?: number;
  readonly y?: number;
}

/** For use inside a drawing that tells its meaning in words. */
export function SignalHeadShape({ indication, x = 0, y = 0 }: SignalHeadProps) {
  const { t } = useReading();
  const lit = lamps.indexOf(indication as (typeof lamps)[number]);
  return (
    <g class={`head head-${indication}`} transform={`translate(${x} ${y})`} data-indication={indication}>
      <rect class="head-housing" width={HEAD_WIDTH} height={HEAD_HEIGHT} rx="4" />
      {lamps.map((lamp, index) => (
        <circle
          key={lamp}
          class={index === lit ? `lamp lamp-lit lamp-${lamp}` : "lamp"}
          cx={HEAD_WIDTH / 2}
          cy={lampY(index)}
          r={LAMP_RADIUS}
        />
      ))}
      <text class="lamp-letter" x={HEAD_WIDTH / 2} y={lampY(lit === -1 ? 1 : lit) + 2.6} text-anchor="middle">
        {t(`indication.${indication}.letter`)}
      </text>
    </g>
  );
}

/** A head on its own, with the turns it governs and its meaning for a screen reader. */
export function SignalHead({ head, indication }: { readonly head: Head; readonly indication: Indication }) {
  const { t, format } = useReading();
  const turns = format.list(head.turns.map((turn) => t(`turn.${turn}`)));
  const label = `${turns}: ${t(`indication.${indication}`)}`;
  const width = Math.max(HEAD_WIDTH + 8, head.turns.length * ARROW);
  return (
    <span class="head-figure">
      <svg
        role="img"
        aria-label={label}
        data-phase={head.phase}
        width={width * 1.15}
        height={(HEAD_HEIGHT + 11) * 1.15}
        viewBox={`0 0 ${width} ${HEAD_HEIGHT + 11}`}
      >
        <title>{label}</title>
        {head.turns.map((turn, index) => (
          <path
            key={turn}
            class="turn-arrow"
            d={arrows[turn]}
            transform={`translate(${width / 2 - (head.turns.length * ARROW) / 2 + index * ARROW + 1} 0)`}
          />
        ))}
        <SignalHeadShape indication={indication} x={(width - HEAD_WIDTH) / 2} y={10} />
      </svg>
    </span>
  );
}
