/** Where a replay stands and how fast it goes on. */
export const paces = [0.25, 0.5, 1, 2, 5, 10, 20, 60] as const;

export interface Playback {
  /** Seconds since the replay's first frame. */
  readonly at_s: number;
  readonly length_s: number;
  readonly playing: boolean;
  /** Seconds of the street to a second of the reader. */
  readonly pace: number;
}

const within = ({ length_s }: Playback, at_s: number): number => Math.min(length_s, Math.max(0, at_s));

export const soughtTo = (playback: Playback, at_s: number): Playback => ({ ...playback, at_s: within(playback, at_s) });

/** Goes by whole seconds and stands there. */
export const stepped = (playback: Playback, by_s: number): Playback => ({
  ...soughtTo(playback, (by_s > 0 ? Math.floor(playback.at_s) : Math.ceil(playback.at_s)) + by_s),
  playing: false,
});

/** From the end it begins again. */
export const toggled = (playback: Playback): Playback => ({
  ...playback,
  at_s: !playback.playing && playback.at_s >= playback.length_s ? 0 : playback.at_s,
  playing: !playback.playing,
});

/** The next pace up or down. */
export function paced(playback: Playback, by: 1 | -1): Playback {
  const at = paces.findIndex((pace) => pace >= playback.pace);
  return { ...playback, pace: paces[Math.min(paces.length - 1, Math.max(0, at + by))] ?? 1 };
}

/** After `passed_s` of the reader; stands at the end. */
export function advanced(playback: Playback, passed_s: number): Playback {
  if (!playback.playing) return playback;
  const at_s = playback.at_s + passed_s * playback.pace;
  return at_s >= playback.length_s ? { ...playback, at_s: playback.length_s, playing: false } : { ...playback, at_s };
}

/** A moment of the scenario as hours, minutes and seconds since its midnight. */
export function clockText(at_s: number): string {
  const whole = Math.floor(at_s);
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${part(Math.floor(whole / 3600))}:${part(Math.floor(whole / 60) % 60)}:${part(whole % 60)}`;
}
