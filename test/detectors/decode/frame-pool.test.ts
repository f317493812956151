import { describe, expect, test } from "vitest";
import { FramePool } from "../../../detectors/decode/frame-pool.ts";

function poolOf(policy: "newest" | "every"): FramePool {
  const pool = new FramePool(policy);
  pool.allocate(2, 1, 0);
  return pool;
}

/** Fills one frame with its number; false when there was no buffer to fill. */
function fill(pool: FramePool, number: number): boolean {
  const buffer = pool.take();
  if (buffer === null) return false;
  buffer.fill(number);
  pool.filled(number, 1000 + number, false);
  return true;
}

describe("pictures that wait for a slow reader", () => {
  test("of a live source, only the newest is kept", () => {
    const pool = poolOf("newest");
    for (let number = 1; number <= 100; number += 1) expect(fill(pool, number)).toBe(true);
    const frame = pool.next();
    expect(frame?.pts_s).toBe(100);
    expect(frame?.rgb[0]).toBe(100);
    expect(pool.next()).toBeNull();
    expect(pool.dropped).toBe(99);
  });

  test("of a live source, one that was damaged and given up marks the one that is seen", () => {
    const pool = poolOf("newest");
    for (const damaged of [true, false, false]) {
      pool.take();
      pool.filled(1, 1, damaged);
    }
    const frame = pool.next();
    expect(frame?.damaged).toBe(true);
    if (frame !== null) pool.giveBack(frame);
    fill(pool, 4);
    expect(pool.next()?.damaged).toBe(false);
  });

  test("of a live source, the one being read is never written over", () => {
    const pool = poolOf("newest");
    fill(pool, 1);
    const reading = pool.next();
    for (let number = 2; number <= 50; number += 1) fill(pool, number);
    expect(reading?.rgb[0]).toBe(1);
    expect(pool.next()?.rgb[0]).toBe(50);
  });

  test("of a file, none is lost: a full pool takes no more until one is given back", () => {
    const pool = poolOf("every");
    let written = 0;
    while (fill(pool, written + 1)) written += 1;
    expect(written).toBe(3);
    const first = pool.next();
    expect(first?.pts_s).toBe(1);
    expect(fill(pool, 4)).toBe(false);
    if (first !== null) pool.giveBack(first);
    expect(fill(pool, 4)).toBe(true);
    expect([pool.next()?.pts_s, pool.next()?.pts_s, pool.next()?.pts_s]).toEqual([2, 3, 4]);
  });
});
