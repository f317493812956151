/** A small trend of flow: a line with gaps where nothing usable was counted, zero at the bottom. */
import { useReading } from "../parts/reading.tsx";

const WIDTH = 96;
const HEIGHT = 28;
const MARGIN = 3;

export interface SparklineProps {
  /** Oldest first; null is a gap. */
  readonly values: readonly (number | null)[];
  /** Steps the full width stands for. */
  readonly steps: number;
  readonly step_s: number;
}

export function Sparkline({ values, steps, step_s }: SparklineProps) {
  const { t, format } = useReading();
  const known = values.filter((value) => value !== null);
  const newest = values.at(-1);
  if (known.length < 2) return <span class="quiet small">{t("flow.trend.empty")}</span>;
  const high = Math.max(...known);
  const x = (index: number): number =>
    MARGIN + ((steps - values.length + index) * (WIDTH - 2 * MARGIN)) / Math.max(1, steps - 1);
  const y = (value: number): number => HEIGHT - MARGIN - (value * (HEIGHT - 2 * MARGIN)) / Math.max(1, high);
  const label = t("flow.trend.label", {
    minutes: format.minutes((values.length * step_s) / 60),
    low: format.whole(Math.min(...known)),
    high: format.whole(high),
  });
  return (
    <svg
      class="sparkline"
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
    >
      <title>{label}</title>
      <path class="sparkline-base" d={`M${MARGIN} ${HEIGHT - MARGIN}H${WIDTH - MARGIN}`} />
      <path class="sparkline-line" d={trace(values, x, y)} />
      {newest === null || newest === undefined ? null : (
        <circle class="sparkline-end" cx={x(values.length - 1)} cy={y(newest)} r="2.4" />
      )}
    </svg>
  );
}

function trace(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number): string {
  let drawing = false;
  let path = "";
  for (const [index, value] of values.entries()) {
    if (value !== null) path += `${drawing ? "L" : "M"}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    drawing = value !== null;
  }
  return path;
}
