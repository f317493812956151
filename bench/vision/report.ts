/** The figures as a person reads them. */
import { type Kind, type Numbers, nameOf, type Setting } from "./contenders.ts";
import type { Film } from "./film.ts";
import type { PartCosts } from "./part-costs.ts";
import type { Result, Throughput } from "./rounds.ts";
import { median } from "./statistics.ts";
import type { SteadyState } from "./steady-state.ts";

export interface Comparison {
  readonly what: string;
  /** Medians of the rounds' own ratios: machine, film and minute are the same. */
  readonly ratio: number;
  /** The same by processor time, which other work on the machine disturbs less. */
  readonly cpu_ratio: number;
}

/**
 * One picture in k is looked at: 1 / (1/D + 1/(kI)) pictures a second is what decoding at D and inference at I allow when
 * nothing else costs anything and no core ever waits. In processor time: (d + i / k) of the p that the pipeline takes.
 */
function toLimit(what: string, pipeline: Result, decode: Result, inference: Result, k: number): Comparison {
  const rounds = pipeline.rounds.flatMap((ours, round) => {
    const [d, i] = [decode.rounds[round], inference.rounds[round]];
    return d === undefined || i === undefined ? [] : [{ ours, d, i }];
  });
  return {
    what,
    ratio: median(rounds.map(({ ours, d, i }) => ours.frames_per_s * (1 / d.frames_per_s + 1 / (k * i.frames_per_s)))),
    cpu_ratio: median(rounds.map(({ ours, d, i }) => (d.cpu_ms + i.cpu_ms / k) / ours.cpu_ms)),
  };
}

function toPeer(what: string, ours: Result, theirs: Result): Comparison {
  const rounds = ours.rounds.flatMap((mine, round) => {
    const his = theirs.rounds[round];
    return his === undefined ? [] : [{ mine, his }];
  });
  return {
    what,
    ratio: median(rounds.map(({ mine, his }) => mine.frames_per_s / his.frames_per_s)),
    cpu_ratio: median(rounds.map(({ mine, his }) => his.cpu_ms / mine.cpu_ms)),
  };
}

export function comparisons({ results }: Throughput, settings: readonly Setting[], film: Film): readonly Comparison[] {
  return settings.flatMap((setting) => {
    const found = (kind: Kind, numbers: Numbers | null) =>
      results.find(({ name }) => name === nameOf(kind, setting, numbers));
    const decode = found("decode", null);
    const against = (kind: "Node loop" | "OpenCV loop", peers: Numbers, numbers: Numbers): readonly Comparison[] => {
      const [ours, theirs] = [found("pipeline", numbers), found(kind, peers)];
      if (ours === undefined || theirs === undefined) return [];
      return [toPeer(`cameras against ${nameOf(kind, setting, peers)}; ours ${numbers}`, ours, theirs)];
    };
    const limit = (["8-bit", "float"] as const).flatMap((numbers) => {
      const [pipeline, inference] = [found("pipeline", numbers), found("inference", numbers)];
      if (decode === undefined || pipeline === undefined || inference === undefined) return [];
      const k = film.frames_per_s / setting.looks_per_s;
      return [toLimit(`of the limit 1/(1/D + 1/(kI)): ${pipeline.name}, k = ${k}`, pipeline, decode, inference, k)];
    });
    const openCv = found("OpenCV loop", "float");
    // What remains when nothing but decoding costs anything: no loop of ours can be better.
    const ceiling =
      decode === undefined || openCv === undefined
        ? []
        : [toPeer(`ceiling of cameras against ${nameOf("OpenCV loop", setting, "float")}`, decode, openCv)];
    return [
      ...limit,
      ...against("Node loop", "8-bit", "8-bit"),
      ...against("OpenCV loop", "float", "float"),
      ...against("OpenCV loop", "float", "8-bit"),
      ...ceiling,
    ];
  });
}

const row = (name: string, ...cells: readonly string[]): string =>
  [name.padEnd(80), ...cells.map((cell) => cell.padStart(12))].join(" ");

export function throughputReport(
  throughput: Throughput,
  compared: readonly Comparison[],
  film: Film,
  cores: number,
): readonly string[] {
  return [
    row("", "pictures/s", "core ms", "cameras/core"),
    ...throughput.results.map(({ name, frames_per_s, cpu_ms }) => {
      const cameras = name.startsWith("inference") ? "" : (frames_per_s / film.frames_per_s / cores).toFixed(2);
      return row(name, frames_per_s.toFixed(1), cpu_ms.toFixed(2), cameras);
    }),
    ...throughput.absent.map((why) => `not here: ${why}`),
    row("times", "by pictures/s", "by core ms"),
    ...compared.map(({ what, ratio, cpu_ratio }) => row(what, ratio.toFixed(3), cpu_ratio.toFixed(3))),
  ];
}

/** One line for each setting, and at its end what a look costs beside the network. */
export function partsReport(parts: readonly (Setting & { readonly costs: PartCosts })[]): readonly string[] {
  const shown = (ms: number): string => ms.toFixed(2);
  return [
    row("core ms of a look by part", "network", "pipe", "normalising", "boxes", "tracks", "lanes", "beside it"),
    ...parts.map(({ width, height, looks_per_s, costs }) => {
      const { network_ms, pipe_ms, normalising_ms, boxes_ms, tracks_ms, lanes_ms, watch_ms } = costs;
      const beside = [pipe_ms, normalising_ms, boxes_ms, tracks_ms, lanes_ms];
      const sum = beside.reduce((total, ms) => total + ms, watch_ms);
      return row(`${width}x${height}, ${looks_per_s} looks/s`, ...[network_ms, ...beside, sum].map(shown));
    }),
  ];
}

export function steadyReport(state: SteadyState): readonly string[] {
  const { event_ms } = state;
  return [
    row("cameras over RTSP, steady state", String(state.cameras)),
    row("load of the machine, the cameras' servers and all else included", `${(state.load * 100).toFixed(0)} %`),
    row("looks a second of a camera", state.looks_per_s.toFixed(1)),
    row("processor seconds a camera and minute", state.cpu_s_per_camera_minute.toFixed(2)),
    row("memory of a camera", `${state.memory_mb_per_camera.toFixed(0)} MB`),
    row("from a picture's arrival to its event, p50", `${event_ms.p50.toFixed(0)} ms`),
    row("from a picture's arrival to its event, p99", `${event_ms.p99.toFixed(0)} ms`),
    row("of it beyond inference, p99", `${state.added_p99_ms.toFixed(0)} ms`),
    row("pictures' own lateness out of the decoder, p99", `${state.late_p99_ms.toFixed(0)} ms`),
    row("events, and crossings", String(state.events), String(state.crossings)),
    ...new Set(state.messages),
  ];
}
