/** Pictures of a clip by number, the first being 0. */

export const frameAt = (media_s: number, frames_per_s: number): number =>
  Math.max(0, Math.floor(media_s * frames_per_s + 0.01));

/** The middle of a picture's time: a player asked for its edge may show the one before. */
export const middleOf_s = (frame: number, frames_per_s: number): number => (frame + 0.5) / frames_per_s;

export const frameCount = (duration_s: number, frames_per_s: number): number =>
  Math.max(1, Math.round(duration_s * frames_per_s));

export const within = (frame: number, count: number): number => Math.min(count - 1, Math.max(0, frame));
