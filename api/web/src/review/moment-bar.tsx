/** Of the picture on the screen: what the signal showed and for how long, its time, its number. */
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument, ClipTimes } from "./case-document.ts";
import type { Showing } from "./clip-player.ts";
import { signalAt } from "./signal-at.ts";

export interface MomentProps {
  readonly document: CaseDocument;
  readonly clip: ClipTimes;
  readonly showing: Showing;
}

/** When the camera saw the picture on the screen. */
export const momentOf = ({ pictures, starts_ms }: ClipTimes, { frame }: Showing): number =>
  pictures[frame]?.at_ms ?? starts_ms;

export function MomentBar({ document, clip, showing }: MomentProps) {
  const { t, format } = useReading();
  const at_ms = momentOf(clip, showing);
  const fromAct_s = (at_ms - document.detection.at_ms) / 1000;
  return (
    <div class="moment-bar">
      <Lamp document={document} at_ms={at_ms} />
      <p>
        <span class="quiet small">{t("clip.fromAct")}</span>
        <b>{format.signedSeconds(fromAct_s)}</b>
      </p>
      <p>
        <span class="quiet small">{t("clip.time")}</span>
        <b>{format.exactTime(at_ms)}</b>
      </p>
      <p data-frame={showing.frame}>
        <span class="quiet small">{t("clip.frame")}</span>
        <b>{t("clip.frame.of", { frame: showing.frame + 1, frames: clip.pictures.length })}</b>
      </p>
    </div>
  );
}

function Lamp({ document, at_ms }: { readonly document: CaseDocument; readonly at_ms: number }) {
  const { t, format } = useReading();
  if (document.signal === null) return <p class="lamp lamp-unknown">{t("signal.none")}</p>;
  const { colour, red_for_s } = signalAt(document.signal, at_ms);
  const time = format.exactSeconds(Math.abs(red_for_s ?? 0));
  const key = colour === "red" ? "signal.redFor" : "signal.redIn";
  const counts = red_for_s !== null && (red_for_s < 0 ? colour !== "red" : colour === "red");
  return (
    <p class={`lamp lamp-${colour}`} data-signal={colour}>
      <span class="lamp-glass" aria-hidden="true" />
      <span>
        <span class="quiet small">{t("signal.phase", { phase: document.signal.phase })}</span>
        <b>{counts ? t(key, { time }) : t(`signal.${colour}`)}</b>
      </span>
    </p>
  );
}
