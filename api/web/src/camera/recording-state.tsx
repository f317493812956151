/** What a camera sends, and what is kept of it, in one quiet line. */
import { useReading } from "../parts/reading.tsx";
import type { FeedStatus } from "../state/page-state.ts";

/** Further apart, and after each break the street is unseen for this long. */
const farKeyframes_s = 4;

export function RecordingState({ status }: { readonly status: FeedStatus | undefined }) {
  const { t, format } = useReading();
  if (status?.origin !== "camera") return null;
  const words = [...streamWords(), ...recordingWords()];
  return words.length === 0 ? null : <p class="quiet small">{words.join(" · ")}</p>;

  function streamWords(): readonly string[] {
    const stream = status?.stream;
    if (stream === undefined || stream === null) return [];
    const { codec, width_px, height_px, keyframe_gap_s, b_frames, changes } = stream;
    const far = keyframe_gap_s !== null && keyframe_gap_s > farKeyframes_s;
    return [
      t("camera.stream", { codec: codec.toUpperCase(), width: width_px, height: height_px }),
      ...(far ? [t("camera.stream.keyframes", { gap: format.seconds(keyframe_gap_s) })] : []),
      ...(b_frames ? [t("camera.stream.bFrames")] : []),
      ...(changes > 0 ? [t("camera.stream.changes", { count: changes })] : []),
    ];
  }

  function recordingWords(): readonly string[] {
    const recording = status?.recording;
    if (recording === undefined || recording === null) return [t("recording.off")];
    const { state, bytes, oldest_ms } = recording;
    const size = format.gigabytes(bytes / 1e9);
    return [t(`recording.${state}`, { size, from: oldest_ms === null ? "–" : format.moment(oldest_ms) })];
  }
}
