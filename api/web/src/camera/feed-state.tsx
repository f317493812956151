/** How a camera's stream is doing, in words, with what to do when it is not live. */
import type { MessageKey } from "../locales/message.ts";
import { useReading } from "../parts/reading.tsx";
import type { FeedStatus } from "../state/page-state.ts";

const marks: Readonly<Record<FeedStatus["phase"], string>> = {
  connecting: "…",
  live: "●",
  stalled: "▲",
  refused: "✕",
  backing_off: "↻",
  stopped: "■",
};

export function FeedState({ status }: { readonly status: FeedStatus | undefined }) {
  const { t, format } = useReading();
  if (status === undefined) return <p class="feed feed-stopped">■ {t("feed.missing")}</p>;
  const { phase, message, since_ms, frames_per_s, gaps } = status;
  const gap = gaps.at(-1);
  const details = [
    t("feed.since", { time: format.time(since_ms) }),
    ...(phase === "live" && frames_per_s > 0 ? [t("camera.frames", { rate: format.whole(frames_per_s) })] : []),
    ...(gap === undefined ? [] : [t("camera.gaps", { count: gaps.length }), gapWords(gap)]),
  ];

  function gapWords({ from_ms, to_ms }: FeedStatus["gaps"][number]): string {
    const key: MessageKey = to_ms === null ? "camera.gap.open" : "camera.gap.last";
    return t(key, { from: format.time(from_ms), to: to_ms === null ? "" : format.time(to_ms) });
  }

  return (
    <div class={`feed feed-${phase}`}>
      <p>
        <b>
          <span aria-hidden="true">{marks[phase]} </span>
          {t(`feed.${phase}`)}
        </b>{" "}
        <span class="quiet">{details.join(" · ")}</span>
      </p>
      {message === null ? null : <p class="feed-message">{message}</p>}
    </div>
  );
}
