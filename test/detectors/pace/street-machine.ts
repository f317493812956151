/** A made-up machine that many cameras share: each camera's decoder and each camera's looking ask for time, and the kernel is fair. */
import { beginPace, type Pace, type PaceSettings, paceAfter } from "../../../detectors/pace/pace.ts";

export interface MadeUpCamera extends PaceSettings {
  /** Pictures a second that it sends, and what decoding one and looking at one cost. */
  readonly sent_per_s: number;
  readonly decode_ms: number;
  readonly look_ms: number;
}

export interface MadeUpMachine {
  readonly cores: number;
  readonly cameras: readonly MadeUpCamera[];
  /** Cores that something else takes, in second `t`. */
  readonly taken?: (t: number) => number;
  /** How much harder pictures are than usual, in second `t`. */
  readonly hardness?: (t: number, camera: number) => number;
}

export interface Watched {
  pace: Pace;
  /** Pictures that wait for the decoder. */
  waiting: number;
  readonly rates: number[];
  readonly late_ms: number[];
}

/** Everybody gets what he asks for, or an equal share of what is left by those who ask for less. */
function fairShares(asked: readonly number[], capacity: number): number[] {
  const given = asked.map(() => 0);
  let open = asked.map((_, i) => i);
  let left = capacity;
  while (open.length > 0 && left > 1e-9) {
    const share = left / open.length;
    const content = open.filter((i) => (asked[i] ?? 0) <= share);
    for (const i of content.length > 0 ? content : open) given[i] = Math.min(asked[i] ?? 0, share);
    if (content.length === 0) break;
    left -= content.reduce((sum, i) => sum + (given[i] ?? 0), 0);
    open = open.filter((i) => !content.includes(i));
  }
  return given;
}

function second(machine: MadeUpMachine, watched: readonly Watched[], t: number): void {
  const { cores, cameras, taken = () => 0, hardness = () => 1 } = machine;
  const capacity = Math.max(0.05, cores - taken(t));
  const decoding = cameras.map((camera, i) =>
    Math.min(1, ((camera.sent_per_s + (watched[i]?.waiting ?? 0)) * camera.decode_ms * hardness(t, i)) / 1000),
  );
  const looking = cameras.map((camera, i) =>
    Math.min(1, ((watched[i]?.pace.rate_per_s ?? 0) * camera.look_ms * hardness(t, i)) / 1000),
  );
  const asked = [...decoding, ...looking];
  const shares = fairShares(asked, capacity);
  // On a full machine every piece of work takes longer by as much as more is asked for than there is.
  const wanted = asked.reduce((sum, each) => sum + each, 0);
  const slower = Math.max(1, wanted / capacity);
  const idle = Math.max(0, capacity - wanted) / cores;
  for (const [i, one] of watched.entries()) {
    const camera = cameras[i] as MadeUpCamera;
    const decoded = ((shares[i] ?? 0) * 1000) / (camera.decode_ms * hardness(t, i));
    one.waiting = Math.max(0, camera.sent_per_s + one.waiting - decoded);
    const late_ms = (one.waiting * 1000) / camera.sent_per_s;
    one.pace = paceAfter(one.pace, { busy: Math.min(1, (looking[i] ?? 0) * slower), late_ms, idle }, camera);
    one.rates.push(one.pace.rate_per_s);
    one.late_ms.push(late_ms);
  }
}

export function watchFor(seconds: number, machine: MadeUpMachine): readonly Watched[] {
  const watched = machine.cameras.map((camera): Watched => {
    return { pace: beginPace(camera), waiting: 0, rates: [], late_ms: [] };
  });
  for (let t = 0; t < seconds; t += 1) second(machine, watched, t);
  return watched;
}

/** Share of the machine that all cameras need at these rates. */
export function demand({ cores, cameras }: MadeUpMachine, rates: readonly number[]): number {
  const needed = cameras.map((each, i) => (each.sent_per_s * each.decode_ms + (rates[i] ?? 0) * each.look_ms) / 1000);
  return needed.reduce((sum, each) => sum + each, 0) / cores;
}
