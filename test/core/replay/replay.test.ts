/** A replay gives back what was written, frame by frame, in any order; what is cut or changed is refused in a sentence. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteWriter, crc32 } from "../../../core/replay/bytes.ts";
import { openReplay, type Replay } from "../../../core/replay/decode.ts";
import { encodeHead, ReplayEncoder } from "../../../core/replay/encode.ts";
import type { ReplayFrame, ReplayHeader, ReplayLane } from "../../../core/replay/format.ts";

const most = 12;

const lanes: ReplayLane[] = Array.from({ length: 5 }, (_, at) => ({
  id: `lane ${at} đường`,
  length_m: 100.25 + at,
  width_m: 3.2,
  inside: at === 3,
  shape: Float64Array.from([0, 0, -50.5, 12.25 * at, 1234.56, -0.01]),
}));

const header: ReplayHeader = {
  scenario: "crossroads",
  seed: 101,
  begin_s: 25_200,
  frame_s: 1,
  types: [
    { id: "car", class: "passenger", length_m: 5, width_m: 1.8 },
    { id: "xe máy", class: "motorcycle", length_m: 2.2, width_m: 0.9 },
  ],
  vehicles: {
    ids: Array.from({ length: most }, (_, at) => `v${at}`),
    types: Array.from({ length: most }, (_, at) => at % 2),
  },
  signals: [
    { id: "A", lanes: [0, 1, 2] },
    { id: "B", lanes: [4] },
  ],
};

interface Seen {
  readonly vehicle: number;
  readonly lane: number;
  readonly place: number;
  readonly lateral: number;
  readonly speed: number;
}

interface Moment {
  readonly seen: readonly Seen[];
  readonly shown: readonly string[];
}

const state = (links: number) =>
  fc.array(fc.constantFrom("G", "g", "y", "r", "O"), { minLength: links, maxLength: links });

/** Places in whole quanta, so that what comes back is exactly what was meant. */
const moments: fc.Arbitrary<Moment[]> = fc.array(
  fc.record({
    seen: fc
      .uniqueArray(
        fc.record({
          vehicle: fc.integer({ min: 0, max: most - 1 }),
          lane: fc.integer({ min: 0, max: lanes.length - 1 }),
          place: fc.integer({ min: 0, max: 12_000 }),
          lateral: fc.integer({ min: -700, max: 700 }),
          speed: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })),
        }),
        { selector: ({ vehicle }) => vehicle, maxLength: most },
      )
      .map((all) => all.toSorted((a, b) => a.vehicle - b.vehicle)),
    shown: fc.tuple(state(3), state(1)).map((each) => each.map((letters) => letters.join(""))),
  }),
  { maxLength: 40 },
);

/** A queue that stands and drives off: what most frames are. */
const driving: Moment[] = Array.from({ length: 90 }, (_, second) => ({
  seen: Array.from({ length: most }, (__, vehicle) => ({
    vehicle,
    lane: 0,
    place: 100 + (Math.max(0, second - 40) * Math.max(0, second - 39)) / 2,
    lateral: 0,
    speed: Math.max(0, second - 40),
  })),
  shown: [second < 40 ? "rrr" : "GGG", "r"],
}));

function frameOf({ seen, shown }: Moment): ReplayFrame {
  return {
    count: seen.length,
    vehicle: Int32Array.from(seen, ({ vehicle }) => vehicle),
    lane: Int32Array.from(seen, ({ lane }) => lane),
    position_m: Float32Array.from(seen, ({ place }) => place / 10),
    lateral_m: Float32Array.from(seen, ({ lateral }) => lateral / 100),
    speed_m_s: Float32Array.from(seen, ({ speed }) => speed / 10),
    shown,
  };
}

function written(all: readonly Moment[], block?: number): Uint8Array {
  const encoder = new ReplayEncoder(header, block);
  const parts = [encodeHead(header, lanes).slice()];
  for (const moment of all) parts.push(encoder.frame(frameOf(moment)).slice());
  parts.push(encoder.end().slice());
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function opened(bytes: Uint8Array): Replay {
  const read = openReplay(bytes);
  if (!read.ok) throw new Error(read.problems[0]?.code);
  return read.value;
}

function momentOf(frame: ReplayFrame | null): Moment | null {
  if (frame === null) return null;
  const seen = Array.from({ length: frame.count }, (_, at) => ({
    vehicle: frame.vehicle[at] as number,
    lane: frame.lane[at] as number,
    place: Math.round((frame.position_m[at] as number) * 10),
    lateral: Math.round((frame.lateral_m[at] as number) * 100),
    speed: Math.round((frame.speed_m_s[at] as number) * 10),
  }));
  return { seen, shown: [...frame.shown] };
}

describe("a replay file", () => {
  it("gives back every frame as it was written, however often a frame stands alone", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 9 }), (all, block) => {
        const replay = opened(written(all, block));
        expect(replay.frames).toBe(all.length);
        for (const [at, moment] of all.entries()) expect(momentOf(replay.frame(at))).toEqual(moment);
      }),
    );
  });

  it("is read in any order", () => {
    fc.assert(
      fc.property(moments, fc.array(fc.nat({ max: 39 }), { maxLength: 30 }), (all, asked) => {
        const replay = opened(written(all, 4));
        for (const at of asked) expect(momentOf(replay.frame(at))).toEqual(all[at] ?? null);
      }),
    );
  });

  it("keeps the roads and who drives", () => {
    const replay = opened(written([]));
    expect(replay.header).toEqual(header);
    expect(replay.lanes).toEqual(lanes);
    expect(replay.frame(0)).toBeNull();
  });

  it("takes about a byte for a vehicle that drives, and less for one that stands", () => {
    const bytes = written(driving).length - written([]).length;
    expect(bytes).toBeLessThan(driving.length * most * 1.3);
  });

  it("is refused when it was cut off, wherever that was", () => {
    const whole = written(driving, 7);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (length) => {
        expect(openReplay(whole.slice(0, length)).ok).toBe(false);
      }),
    );
  });

  it("is refused when a byte of it is another", () => {
    const whole = written(driving, 7);
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = whole.slice();
        damaged[at] = (damaged[at] as number) ^ change;
        expect(openReplay(damaged).ok).toBe(false);
      }),
    );
  });

  it("that is well packed but holds nonsense is read to its end, and shows no frame that it has not", () => {
    const head = encodeHead(header, lanes).slice();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 60 }), (nonsense, frames) => {
        const file = new ByteWriter();
        file.bytes(head);
        const block = Uint8Array.from([frames, ...nonsense]);
        file.u32(block.length);
        file.u32(crc32(block));
        file.bytes(block);
        file.u32(0);
        file.u32(frames);
        const replay = opened(file.view().slice());
        for (let at = 0; at < frames; at += 7) {
          const frame = replay.frame(at);
          expect(frame === null || frame.count <= most).toBe(true);
          const known = frame === null ? [] : [...frame.lane.subarray(0, frame.count)];
          expect(known.every((lane) => lane >= 0 && lane < lanes.length)).toBe(true);
        }
      }),
    );
  });

  it("says what is wrong with another file, and with one of a later version", () => {
    const code = (bytes: Uint8Array): string | undefined => {
      const read = openReplay(bytes);
      return read.ok ? undefined : read.problems[0]?.code;
    };
    expect(code(new Uint8Array(0))).toBe("REPLAY_OTHER");
    expect(code(new TextEncoder().encode("<?xml version='1.0'?>"))).toBe("REPLAY_OTHER");
    const later = written(driving);
    later[8] = 2;
    expect(code(later)).toBe("REPLAY_VERSION");
    expect(code(written(driving).slice(0, -1))).toBe("REPLAY_BROKEN");
  });
});
