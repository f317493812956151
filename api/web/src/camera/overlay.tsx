/** Counting lines and boxes over the picture. Both are normalised, origin top left. */
import { useReading } from "../parts/reading.tsx";
import type { CameraView, FeedView, LineTally } from "../state/page-state.ts";

/** Any width will do: the drawing is scaled to the picture. */
const WIDTH = 1000;

export interface OverlayProps {
  readonly camera: CameraView;
  readonly tallies: readonly LineTally[];
  /** Null hides the boxes. */
  readonly view: FeedView | null;
  /** Width of the picture by its height. */
  readonly aspect: number;
}

export function Overlay({ camera, tallies, view, aspect }: OverlayProps) {
  const { t, format } = useReading();
  const height = WIDTH / aspect;
  return (
    <svg class="overlay" viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true">
      {view?.tracks.map(({ track, class: name, box: [x, y, w, h] }) => (
        <g key={track} class="box">
          <rect x={x * WIDTH} y={y * height} width={w * WIDTH} height={h * height} rx="3" />
          <text x={x * WIDTH + 3} y={Math.max(14, y * height - 5)}>
            {t(`class.${name}`)}
          </text>
        </g>
      ))}
      {camera.lines.map(({ id, from, to }) => {
        const tally = tallies.find(({ line }) => line === id);
        const count = (tally?.forward ?? 0) + (tally?.backward ?? 0);
        const middle = { x: ((from[0] + to[0]) / 2) * WIDTH, y: ((from[1] + to[1]) / 2) * height };
        return (
          <g key={id} class="count-line">
            <line
              class="count-line-edge"
              x1={from[0] * WIDTH}
              y1={from[1] * height}
              x2={to[0] * WIDTH}
              y2={to[1] * height}
            />
            <line x1={from[0] * WIDTH} y1={from[1] * height} x2={to[0] * WIDTH} y2={to[1] * height} />
            <text x={middle.x} y={middle.y - 10} text-anchor="middle">
              {`${id}: ${format.whole(count)}`}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
