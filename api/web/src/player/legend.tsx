/** What the colours mean, and how many of each kind are on the road. */
import { useReading } from "../parts/reading.tsx";
import { kinds } from "./kinds.ts";

export interface LegendProps {
  /** By kind. */
  readonly counts: readonly number[];
  readonly standing: number;
  readonly bySpeed: boolean;
}

const speeds = ["0", "1", "2", "3", "4"] as const;

export function Legend({ counts, standing, bySpeed }: LegendProps) {
  const { t, format } = useReading();
  const all = counts.reduce((sum, count) => sum + count, 0);
  const present = kinds.map((kind, at) => ({ kind, count: counts[at] ?? 0 })).filter(({ count }) => count > 0);
  return (
    <div class="player-legend">
      <p>
        <b>{format.whole(all)}</b> {t("player.onRoad")} · <b>{format.whole(standing)}</b> {t("player.standing")}
      </p>
      <ul>
        {bySpeed
          ? speeds.map((step) => (
              <li key={step}>
                <span class={`swatch swatch-speed-${step}`} aria-hidden="true" />
                {t(`player.speed.${step}`)}
              </li>
            ))
          : present.map(({ kind, count }) => (
              <li key={kind}>
                <span class={`swatch swatch-${kind}`} aria-hidden="true" />
                {t(`player.kind.${kind}`)} <b>{format.whole(count)}</b>
              </li>
            ))}
      </ul>
    </div>
  );
}
