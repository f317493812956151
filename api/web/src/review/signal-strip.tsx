/** The clip from end to end: what the signal showed, the act, and the picture on the screen. Also the way to any picture. */
import { useMemo } from "preact/hooks";
import { useReading } from "../parts/reading.tsx";
import { type MomentProps, momentOf } from "./moment-bar.tsx";
import { type ColourSpan, coloursBetween, signalAt } from "./signal-at.ts";

const WIDTH = 1000;
const HEIGHT = 28;

export function SignalStrip({ document, clip, showing, seek }: MomentProps & { seek(frame: number): void }) {
  const { t, format } = useReading();
  const frames = clip.pictures.length;
  const end_ms = Math.max(clip.starts_ms + 1, clip.pictures.at(-1)?.at_ms ?? 0);
  const length_ms = end_ms - clip.starts_ms;
  const spans = useMemo(
    () => (document.signal === null ? [] : coloursBetween(document.signal, clip.starts_ms, end_ms)),
    [document.signal, clip.starts_ms, end_ms],
  );
  const x = (at_ms: number): number => (WIDTH * (at_ms - clip.starts_ms)) / length_ms;
  const at_ms = momentOf(clip, showing);
  const colour = document.signal === null ? "unknown" : signalAt(document.signal, at_ms).colour;
  const toPointer = ({ currentTarget, clientX }: PointerEvent): void => {
    const { left, width } = (currentTarget as Element).getBoundingClientRect();
    const pointed_ms = clip.starts_ms + ((clientX - left) / width) * length_ms;
    const later = clip.pictures.findIndex((picture) => picture.at_ms > pointed_ms);
    seek(later === -1 ? frames - 1 : Math.max(0, later - 1));
  };
  return (
    <div
      class="signal-strip"
      role="slider"
      tabIndex={0}
      aria-label={t("clip.position")}
      aria-valuemin={1}
      aria-valuemax={frames}
      aria-valuenow={showing.frame + 1}
      aria-valuetext={t("clip.position.now", {
        frame: showing.frame + 1,
        frames,
        time: format.exactTime(at_ms),
        signal: t(`signal.${colour}`),
      })}
      onPointerDown={toPointer}
      onPointerMove={(event) => {
        if (event.buttons === 1) toPointer(event);
      }}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {spans.map((span) => (
          <Span key={span.from_ms} span={span} x={x} />
        ))}
        <line class="strip-act" x1={x(document.detection.at_ms)} x2={x(document.detection.at_ms)} y1="0" y2={HEIGHT} />
        <line class="strip-now" x1={x(at_ms)} x2={x(at_ms)} y1="0" y2={HEIGHT} />
      </svg>
    </div>
  );
}

function Span({ span, x }: { readonly span: ColourSpan; x(at_ms: number): number }) {
  const left = x(span.from_ms);
  return <rect class={`strip-${span.colour}`} x={left} y="6" width={Math.max(0, x(span.to_ms) - left)} height="16" />;
}
