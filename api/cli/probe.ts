/** `greenwave probe`: what a camera sends, and what to change in it, before it is mounted. */
import { problem } from "../../core/problems/problem.ts";
import { type ProbeReport, probeVideo } from "../../detectors/index.ts";
import { loadLines } from "../site/load.ts";
import { numberOption } from "./arguments.ts";
import type { Verb } from "./verb.ts";

const usual_s = 10;
const longest_s = 300;

const known = (value: number | string | null, unit = ""): string => (value === null ? "unknown" : `${value}${unit}`);
const row = (name: string, text: string): string => `  ${name.padEnd(11)}${text}`;

function rows({ video, audio, arrival, clock, damage, decoding, lines }: ProbeReport): readonly string[] {
  const { keyframes, b_frames, measured_rate_fps, nominal_rate_fps } = video;
  const size = `${video.width_px}x${video.height_px} ${video.pixel_format ?? ""}`.trim();
  const kinds = Object.entries(damage.by_kind).filter(([, count]) => count > 0);
  return [
    row("picture", `${video.codec} ${video.profile ?? ""}, ${size}, ${known(video.bitrate_kbps, " kbit/s")}`),
    row("rate", `${known(measured_rate_fps, " /s")} measured, ${known(nominal_rate_fps, " /s")} declared`),
    row("keyframes", `every ${known(keyframes.gap_mean_s, " s")}, longest gap ${keyframes.gap_at_least_s} s`),
    row("B-frames", b_frames === null ? "unknown" : `${Math.round(b_frames.share * 100)} %`),
    row("sound", audio.map(({ codec }) => codec).join(", ") || "none"),
    ...(arrival === null
      ? []
      : [
          row("arrival", `jitter ${arrival.jitter_p95_ms} ms (p95), longest silence ${arrival.longest_silence_ms} ms`),
          row("clock", `${known(clock.drift_ms, " ms")} drift in ${known(clock.observed_s, " s")}`),
        ]),
    row("damage", kinds.map(([kind, count]) => `${kind} ${count}`).join(", ") || "none"),
    ...(lines ?? []).map(({ line, motorcycles, motorcycle_px, plate_px }) =>
      row(
        line,
        `motorcycles ${known(motorcycle_px, " px")} high, plates about ${known(plate_px, " px")} (${motorcycles} seen)`,
      ),
    ),
    row("decoding", decoding === null ? "not possible" : `${(decoding.core_share * 100).toFixed(1)} % of one core`),
  ];
}

const text = (report: ProbeReport): string =>
  [
    `${report.source}: ${report.sampled_s} s looked at`,
    ...rows(report),
    ...report.findings.map(({ level, message }) => `${level.padEnd(5)}${message}`),
  ].join("\n");

export const probeVerb: Verb = {
  name: "probe",
  summary: "look at a camera before it is mounted: what it sends and what to change in it",
  positionals: "<file|rtsp url>",
  maxPositionals: 1,
  options: {
    lines: {
      type: "string",
      placeholder: "<yaml>",
      help: "the counting lines: how large motorcycles and their plates are there",
    },
    duration: { type: "string", placeholder: "<seconds>", help: `how much to look at (default ${usual_s})` },
  },
  more:
    "Ends with one line for each finding: ok, warn or bad, and what to do. The camera is opened twice, never more than\n" +
    "once at a time. Nothing is kept.",
  async run(args, context) {
    const [source] = args.positionals;
    if (source === undefined)
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "probe", what: "a file or an address" })] };
    const duration = numberOption(args, "duration", { min: 1, max: longest_s });
    if (!duration.ok) return duration;
    const linesFile = args.text("lines");
    const lines = linesFile === undefined ? null : await loadLines(linesFile);
    if (lines !== null && !lines.ok) return lines;
    const report = await probeVideo({
      source,
      duration_s: duration.value ?? usual_s,
      ...(lines === null ? {} : { lines: lines.value.lines }),
      stop: context.stop,
    });
    return report.ok ? { ok: true, document: report.value, text: text(report.value) } : report;
  },
};
