/** Seeded chance. Every lane has its own stream, so that adding one lane leaves the others' traffic as it was. */

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value >>> 0;
}

/** The state of the stream called `name` under `seed`. */
export const streamOf = (seed: number, name: string): number => hash(`${seed}/${name}`);

const GOLDEN = 0x6d2b79f5;

/** Mulberry32 (Tommy Ettinger, public domain): moves `states[index]` on and returns a number in [0, 1). */
export function draw(states: Uint32Array, index: number): number {
  const state = ((states[index] ?? 0) + GOLDEN) >>> 0;
  states[index] = state;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
