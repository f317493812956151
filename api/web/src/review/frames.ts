/** Pictures of a clip by number, the first being 0. Cameras send them at uneven times, so each has its own. */

/** Players tell times in whole microseconds, and round them. */
const rounding_s = 0.001;

/** The picture on the screen at `media_s`: the last that began until then. `times_s` is in order. */
export function frameAt(times_s: readonly number[], media_s: number): number {
  const later = times_s.findIndex((start_s) => start_s > media_s + rounding_s);
  return later === -1 ? Math.max(0, times_s.length - 1) : Math.max(0, later - 1);
}

/** The middle of a picture's time: a player asked for its edge may show the one before. */
export function middleOf_s(times_s: readonly number[], frame: number): number {
  const start_s = times_s[frame] ?? 0;
  const before_s = times_s[frame - 1];
  // The last picture is taken to stand as long as the one before it.
  const end_s = times_s[frame + 1] ?? start_s + (before_s === undefined ? 0 : start_s - before_s);
  return (start_s + end_s) / 2;
}

export const within = (frame: number, count: number): number => Math.min(count - 1, Math.max(0, frame));
