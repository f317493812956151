/** The figures as a person reads them. */
import type { Film } from "./film.ts";
import type { Result, Throughput } from "./rounds.ts";
import { median } from "./statistics.ts";
import type { SteadyState } from "./steady-state.ts";

const named = ({ results }: Throughput, name: string): Result | undefined => results.find((each) => each.name === name);

/**
 * One picture in k is looked at: 1 / (1/D + 1/(kI)) pictures a second is what decoding at D and inference at I allow when
 * nothing else costs anything and no core ever waits. The median of the rounds' own ratios.
 */
export function ratioToLimit(pipeline: Result, decode: Result, inference: Result, k: number): number {
  return median(
    pipeline.rounds.map(({ frames_per_s }, round) => {
      const d = decode.rounds[round]?.frames_per_s ?? Number.NaN;
      const i = inference.rounds[round]?.frames_per_s ?? Number.NaN;
      return frames_per_s * (1 / d + 1 / (k * i));
    }),
  );
}

/** The median of the rounds' own ratios: machine, film and minute are the same. */
const times = (ours: Result, theirs: Result): number =>
  median(
    ours.rounds.map(({ frames_per_s }, round) => frames_per_s / (theirs.rounds[round]?.frames_per_s ?? Number.NaN)),
  );

const row = (name: string, ...cells: readonly string[]): string =>
  [name.padEnd(48), ...cells.map((cell) => cell.padStart(12))].join(" ");

export function throughputReport(throughput: Throughput, film: Film, cores: number): readonly string[] {
  const lines = [row("", "pictures/s", "ms of core", "cameras/core")];
  for (const { name, frames_per_s, cpu_ms } of throughput.results) {
    const cameras = name.startsWith("inference") ? "" : (frames_per_s / film.frames_per_s / cores).toFixed(2);
    lines.push(row(name, frames_per_s.toFixed(0), cpu_ms.toFixed(2), cameras));
  }
  for (const why of throughput.absent) lines.push(`not here: ${why}`);
  return [...lines, ...limits(throughput, film), ...peers(throughput, film)];
}

function limits(throughput: Throughput, film: Film): readonly string[] {
  const decode = named(throughput, "decode only");
  return ["", ", float"].flatMap((kind) =>
    [film.frames_per_s, 10].flatMap((rate) => {
      const pipeline = named(throughput, `pipeline${kind}, ${rate} looks a second`);
      const inference = named(throughput, `inference only${kind}`);
      if (decode === undefined || pipeline === undefined || inference === undefined) return [];
      const k = film.frames_per_s / rate;
      const ratio = ratioToLimit(pipeline, decode, inference, k);
      return [`ratio to the limit 1/(1/D + 1/(kI))${kind}, k = ${k}: ${ratio.toFixed(3)}`];
    }),
  );
}

function peers(throughput: Throughput, film: Film): readonly string[] {
  return [
    ["", "ffmpeg to ONNX Runtime in Node"],
    [", float", "OpenCV in Python, float"],
    ["", "OpenCV in Python, float"],
  ].flatMap(([kind, peer]) =>
    [film.frames_per_s, 10].flatMap((rate) => {
      const ours = named(throughput, `pipeline${kind}, ${rate} looks a second`);
      const theirs = named(throughput, `${peer}, ${rate} looks a second`);
      if (ours === undefined || theirs === undefined) return [];
      return [
        `pipeline${kind} against ${peer}, ${rate} looks a second: ${times(ours, theirs).toFixed(2)} times the cameras`,
      ];
    }),
  );
}

export function steadyReport(state: SteadyState): readonly string[] {
  const { event_ms } = state;
  return [
    row("cameras over RTSP, steady state", String(state.cameras)),
    row("load of the machine, servers included", `${(state.load * 100).toFixed(0)} %`),
    row("looks a second of a camera", state.looks_per_s.toFixed(1)),
    row("processor seconds a camera and minute", state.cpu_s_per_camera_minute.toFixed(2)),
    row("peak memory of a camera", `${state.peak_memory_mb_per_camera.toFixed(0)} MB`),
    row("from a picture's arrival to its event, p50", `${event_ms.p50.toFixed(0)} ms`),
    row("from a picture's arrival to its event, p99", `${event_ms.p99.toFixed(0)} ms`),
    row("events, of them crossings", String(state.events), String(state.crossings)),
    ...new Set(state.messages),
  ];
}
