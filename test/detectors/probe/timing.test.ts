import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Packet, PacketLog } from "../../../detectors/probe/packets.ts";
import { arrival, bitrate_kbps, keyframes, rate, settled, span_s } from "../../../detectors/probe/timing.ts";

/** Pictures in the order they are shown, a keyframe every `gop`, arriving as their times say and `drift` later by share. */
function steady(count: number, fps: number, gop = fps, drift = 0): Packet[] {
  return Array.from({ length: count }, (_, i) => ({
    pts_s: 5 + i / fps,
    dts_s: 5 + i / fps,
    size_bytes: 1000,
    key: i % gop === 0,
    arrival_ms: 1e12 + (i / fps) * 1000 * (1 + drift),
  }));
}

/** The same with two B-frames before each P: shown order 0 1 2 3 is sent as 0 3 1 2. */
function reordered(count: number, fps: number): Packet[] {
  const sent = [0, ...Array.from({ length: count }, (_, i) => [3 * i + 3, 3 * i + 1, 3 * i + 2]).flat()].slice(
    0,
    count,
  );
  return steady(count, fps).map((packet, i) => ({ ...packet, pts_s: 5 + ((sent[i] ?? 0) + 1) / fps }));
}

describe("the times of a steady stream", () => {
  it("give its rate, keyframe gap, length and bits", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 3, max: 20 }), (fps, seconds) => {
        const packets = steady(fps * seconds, fps);
        expect(rate(packets).measured_rate_fps).toBeCloseTo(fps, 2);
        expect(span_s(packets)).toBeCloseTo(seconds, 2);
        expect(keyframes(packets)).toMatchObject({ count: seconds, gap_mean_s: 1, gap_max_s: 1, gap_at_least_s: 1 });
        expect(bitrate_kbps(packets)).toBe(Math.round((8 * fps * 1000) / 1000));
      }),
    );
  });

  it.each([30, 31, 32, 33])("are even with B-frames too, wherever the sample of %i pictures is cut", (count) => {
    expect(rate(reordered(count, 10).slice(7))).toEqual({
      measured_rate_fps: 10,
      frame_interval_ms: { median: 100, p95: 100, max: 100 },
    });
  });
});

describe("keyframes", () => {
  it("that never come are at least as far apart as was looked", () => {
    const packets = steady(60, 10, 1000);
    expect(keyframes(packets)).toEqual({ count: 1, gap_mean_s: null, gap_max_s: null, gap_at_least_s: 5.9 });
  });

  it("may be further apart before the first and after the last than between them", () => {
    const packets = steady(100, 10).map((packet, i) => ({ ...packet, key: i === 40 || i === 50 }));
    expect(keyframes(packets)).toEqual({ count: 2, gap_mean_s: 1, gap_max_s: 1, gap_at_least_s: 4.9 });
  });
});

describe("arrivals", () => {
  it("tell how far the two clocks run apart", () => {
    fc.assert(
      fc.property(fc.double({ min: -0.05, max: 0.05, noNaN: true }), (drift) => {
        expect(arrival(steady(101, 10, 10, drift))?.drift_ms).toBeCloseTo(drift * 10_000, 0);
      }),
    );
  });

  it("that are late now and then are jitter, and no drift", () => {
    const late = steady(200, 10).map((packet, i) => ({ ...packet, arrival_ms: packet.arrival_ms + (i % 2) * 80 }));
    expect(arrival(late)).toMatchObject({ jitter_p95_ms: 80, longest_silence_ms: 180 });
    expect(Math.abs(arrival(late)?.drift_ms ?? 1000)).toBeLessThan(5);
  });

  it("of what ffmpeg read ahead, all at once, are not counted", () => {
    const packets = steady(100, 10).map((packet, i) => ({
      ...packet,
      arrival_ms: i < 20 ? 1e12 + 2000 + i : packet.arrival_ms + 200,
    }));
    expect(settled(packets)[0]?.pts_s).toBeGreaterThan(7);
    expect(arrival(settled(packets))).toMatchObject({ jitter_p95_ms: 0, drift_ms: 0 });
  });

  it("too few to tell say nothing", () => {
    expect(arrival(steady(5, 10))).toBeNull();
    expect(rate([])).toEqual({ measured_rate_fps: null, frame_interval_ms: null });
    expect(bitrate_kbps([])).toBeNull();
  });
});

describe("a line of ffmpeg's framecrc", () => {
  const read = (...lines: string[]): readonly Packet[] => {
    const log = new PacketLog();
    for (const line of ["#media_type 0: video", "#tb 0: 1/90000", ...lines]) log.line(line, 7);
    return log.packets;
  };

  it("is a keyframe unless its flags say otherwise", () => {
    expect(
      read(
        "0,      -6000, -9223372036854775808,     3000,    41423, 0xa10dc052",
        "0,     138000,     141000,     3000,     3070, 0x1ca4f5c1, F=0x0, S=1,       16",
        "0,     162000,     168000,     3000,    47238, 0x837c4d5e, S=1,       16",
        "0,     165000,     171000,     3000,       10, 0x837c4d5e, F=0x3",
      ),
    ).toEqual([
      { pts_s: null, dts_s: -6000 / 90000, size_bytes: 41423, key: true, arrival_ms: 7 },
      { pts_s: 141000 / 90000, dts_s: 138000 / 90000, size_bytes: 3070, key: false, arrival_ms: 7 },
      { pts_s: 168000 / 90000, dts_s: 162000 / 90000, size_bytes: 47238, key: true, arrival_ms: 7 },
      { pts_s: 171000 / 90000, dts_s: 165000 / 90000, size_bytes: 10, key: true, arrival_ms: 7 },
    ]);
  });

  it("that is none is passed over", () => {
    expect(read("", "0, 1", "garbage, of, some, kind, here, 0x0")).toEqual([]);
  });
});
