/** What leaves the ring: segments older than `keep_h`, then the oldest beyond `keep_bytes`; none that a hold covers. */
import { readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Hold, readHolds } from "./holds.ts";
import { indexOf, mediaOf, segmentOf } from "./segment-names.ts";

export interface KeptSegment {
  readonly name: string;
  readonly start_ms: number;
  /** Start of the next one, or of the last its length at most: nothing in here is later. */
  readonly until_ms: number;
  readonly bytes: number;
}

export interface KeepLimits {
  readonly keep_ms: number;
  readonly keep_bytes: number;
  /** Somebody writes here: the newest segment always stays. */
  readonly writing: boolean;
}

/** A segment and the group that ends it. */
const longest_ms = 900_000;

/** Oldest first. What vanishes while we look is not there. */
export async function segmentsIn(folder: string, now_ms: number): Promise<readonly KeptSegment[]> {
  const found = (await readdir(folder)).map(segmentOf).filter((each) => each !== null);
  found.sort((a, b) => a.start_ms - b.start_ms);
  const size = async (file: string): Promise<number> =>
    stat(join(folder, file)).then(
      ({ size: bytes }) => bytes,
      () => 0,
    );
  return Promise.all(
    found.map(async ({ name, start_ms }, at) => ({
      name,
      start_ms,
      until_ms: Math.max(start_ms, found[at + 1]?.start_ms ?? Math.min(now_ms, start_ms + longest_ms)),
      bytes: (await size(indexOf(name))) + (await size(mediaOf(name))),
    })),
  );
}

export const isHeld = ({ start_ms, until_ms }: KeptSegment, holds: readonly Hold[]): boolean =>
  holds.some(({ from_ms, to_ms }) => from_ms <= until_ms && to_ms >= start_ms);

/** Of segments in order of time, those that must go. Held ones take no room of the ring's own. */
export function leaving(
  segments: readonly KeptSegment[],
  holds: readonly Hold[],
  { keep_ms, keep_bytes, writing }: KeepLimits,
  now_ms: number,
): readonly KeptSegment[] {
  const open = writing ? segments.at(-1) : undefined;
  const free = segments.filter((each) => each !== open && !isHeld(each, holds));
  let bytes = free.reduce((sum, each) => sum + each.bytes, open?.bytes ?? 0);
  return free.filter((each) => {
    const goes = each.until_ms < now_ms - keep_ms || bytes > keep_bytes;
    if (goes) bytes -= each.bytes;
    return goes;
  });
}

/**
 * The index goes out of sight before the packets go, and comes back if a hold was laid on it meanwhile: who laid one and
 * still sees the index afterwards may rely on it.
 */
async function forget(folder: string, segment: KeptSegment): Promise<boolean> {
  const [index, media] = [join(folder, indexOf(segment.name)), join(folder, mediaOf(segment.name))];
  const hidden = `${index}.leaving`;
  await rename(index, hidden);
  if (isHeld(segment, await readHolds(folder))) {
    await rename(hidden, index);
    return false;
  }
  await rm(media, { force: true });
  await rm(hidden);
  return true;
}

/** Ends what a crash interrupted: an index on its way out comes back as long as its packets are there. */
export async function sweep(folder: string): Promise<void> {
  const files = new Set(await readdir(folder));
  for (const file of files) {
    if (!file.endsWith(".idx.leaving")) continue;
    const index = file.slice(0, -".leaving".length);
    if (files.has(index.replace(/idx$/, "media"))) await rename(join(folder, file), join(folder, index));
    else await rm(join(folder, file));
  }
}

export interface Kept {
  readonly oldest_ms: number | null;
  readonly bytes: number;
  readonly held_bytes: number;
}

/** Lets go what must go, and says what is left. */
export async function keepWithin(folder: string, limits: KeepLimits, now_ms: number): Promise<Kept> {
  const segments = await segmentsIn(folder, now_ms);
  const holds = await readHolds(folder);
  const gone = new Set<KeptSegment>();
  for (const segment of leaving(segments, holds, limits, now_ms)) {
    if (await forget(folder, segment)) gone.add(segment);
  }
  const left = segments.filter((each) => !gone.has(each));
  const bytes = left.reduce((sum, each) => sum + each.bytes, 0);
  const held_bytes = left.reduce((sum, each) => sum + (isHeld(each, holds) ? each.bytes : 0), 0);
  return { oldest_ms: left[0]?.start_ms ?? null, bytes, held_bytes };
}
