/** Looks at a camera before it is mounted: one look at its streams, then one sample of a few seconds. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "../../core/ports/clock.ts";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { DamageCount } from "../decode/damage.ts";
import type { PictureDetections } from "../detect/messages.ts";
import type { CountingLine } from "../lane/schema.ts";
import { isLive, masked } from "../source/address.ts";
import { systemClock } from "../system-clock.ts";
import { findingsOf } from "./findings.ts";
import { heightsAt } from "./heights.ts";
import type { Packet } from "./packets.ts";
import type { ProbeMeasures, ProbeReport } from "./report.ts";
import { decodingCpu_s, detectionsIn, takeSample } from "./sample.ts";
import { pictureKinds, readStreams, type Streams } from "./streams.ts";
import { arrival, bitrate_kbps, keyframes, rate, settled, span_s } from "./timing.ts";

export interface ProbeOptions {
  /** A file, or the address of a stream. */
  readonly source: string;
  /** How much of it to look at. */
  readonly duration_s: number;
  /** Where road users are to be counted: how large they appear there is measured too. */
  readonly lines?: readonly CountingLine[];
  /** Ends the probe; the result is a failure then. */
  readonly stop?: AbortSignal;
  readonly clock?: Clock;
}

interface Sampled {
  readonly streams: Streams;
  readonly packets: readonly Packet[];
  /** One letter a picture; empty when they cannot be decoded. */
  readonly kinds: string;
  readonly cpu_s: number | null;
  readonly damage: DamageCount;
  /** What was found in some of its pictures; null when nobody asked. */
  readonly pictures: readonly PictureDetections[] | null;
}

/** Fails as `countVideo` does when there is no picture to be had: the same problems for the same causes. */
export async function probeVideo(options: ProbeOptions): Promise<Result<ProbeReport>> {
  const { source, duration_s, stop } = options;
  if (!isLive(source) && !existsSync(source)) return failed(problem("VIDEO_MISSING", { source }));
  const folder = await mkdtemp(join(tmpdir(), "greenwave-probe-"));
  try {
    const sampled = await sample(options, join(folder, "sample.nut"));
    if (stop?.aborted === true) return failed(problem("PROBE_STOPPED", { source: masked(source) }));
    if (!sampled.ok) return sampled;
    const measures = measuresOf(options, sampled.value);
    return ok({ ...measures, findings: findingsOf(measures, duration_s) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One after the other: many cameras allow few sessions at a time, and what is measured must have the machine alone. */
async function sample(options: ProbeOptions, file: string): Promise<Result<Sampled>> {
  const { source, duration_s, stop, clock = systemClock } = options;
  const streams = await readStreams(source, stop);
  if (!streams.ok) return streams;
  const damage = new DamageCount();
  const packets = await takeSample({ source, duration_s, file, clock, damage, stop });
  if (!packets.ok) return packets;
  const cpu_s = await decodingCpu_s(file, duration_s, damage, stop);
  const kinds = await pictureKinds(file, stop);
  const pictures = options.lines === undefined ? null : await detectionsIn(file, stop);
  return ok({
    streams: streams.value,
    packets: packets.value,
    cpu_s,
    damage,
    pictures,
    kinds: kinds.ok ? kinds.value : "",
  });
}

function measuresOf(
  { source, lines = [] }: ProbeOptions,
  { streams, packets, kinds, cpu_s, damage, pictures }: Sampled,
): ProbeMeasures {
  const live = isLive(source);
  const sampled_s = span_s(packets);
  const timed = live ? settled(packets) : packets;
  const arrived = live ? arrival(timed) : null;
  const { counts } = damage;
  const cost = cpu_s === null || sampled_s === 0 ? null : Math.round((cpu_s / sampled_s) * 10_000) / 10_000;
  return {
    source: masked(source),
    kind: live ? "live" : "file",
    sampled_s,
    video: {
      ...streams.video,
      ...rate(timed),
      bitrate_kbps: bitrate_kbps(packets),
      b_frames: bFrames(kinds),
      keyframes: keyframes(packets),
    },
    audio: streams.audio,
    arrival: arrived && { jitter_p95_ms: arrived.jitter_p95_ms, longest_silence_ms: arrived.longest_silence_ms },
    clock: {
      drift_ms: arrived?.drift_ms ?? null,
      observed_s: arrived?.observed_s ?? null,
      ntp_offset_ms: null,
      ntp_offset_reason: live ? "ffmpeg does not hand on RTCP sender reports" : "a file has no clock",
    },
    damage: { total: Object.values(counts).reduce((sum, count) => sum + count, 0), by_kind: counts },
    lines: pictures && heightsAt(lines, pictures, streams.video),
    decoding: cost === null ? null : { cpu_s_per_video_s: cost, core_share: cost },
  };
}

function bFrames(kinds: string): { present: boolean; share: number } | null {
  if (kinds === "") return null;
  const count = kinds.split("B").length - 1;
  return { present: count > 0, share: Math.round((count / kinds.length) * 1000) / 1000 };
}
