/** What a machine's processors are good for: how many cameras they carry, and how many threads one of them may have. */

export interface EyeCosts {
  /** Processor time of one picture that is decoded, and brought to the detector's size where it is looked at. */
  readonly decode_ms: number;
  /** Of one look, on one thread. */
  readonly look_ms: number;
}

export interface CameraRates {
  /** Pictures a second that a camera sends. */
  readonly sent_per_s: number;
  readonly looks_per_s: number;
}

/** The rest is for the service itself, for traffic that is harder than usual, and for pictures to be on time. */
const usableShare = 0.8;
/** More threads do little for networks of this size, and the last one must not wait for the first. */
const mostThreads = 4;
/** A look may take so much of the time between two looks. */
const lookShare = 0.7;

/** Cameras that `cores` carry. */
export function camerasCarried(cores: number, { decode_ms, look_ms }: EyeCosts, rates: CameraRates): number {
  const { sent_per_s, looks_per_s } = rates;
  const each_s = (sent_per_s * decode_ms + Math.min(sent_per_s, looks_per_s) * look_ms) / 1000;
  return Math.floor((cores * usableShare) / each_s);
}

/**
 * Threads of one camera's session: one, since cameras side by side use a machine better than threads that wait for one
 * another; more where one thread is too slow for the wanted rate and there are processors that no camera needs.
 */
export function threadsOfCamera(cores: number, cameras: number, look_ms: number, looks_per_s: number): number {
  const needed = Math.ceil((looks_per_s * look_ms) / 1000 / lookShare);
  const own = Math.floor(cores / Math.max(1, cameras));
  return Math.max(1, Math.min(needed, own, mostThreads));
}
