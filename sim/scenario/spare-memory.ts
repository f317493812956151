/** Whether what is being read still fits: asked between parts of a file, so that too large a one ends in a sentence. */
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** From here on it is worth the time to see what is really kept. */
const looksFull = 0.8;
/** A network that was read is copied into typed arrays, which takes some of what is left. */
const isFull = 0.7;

const mib = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);

function collectGarbage(): void {
  // Node's documented way to this without a flag on the command line.
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
}

export interface SpareMemory {
  enough(): boolean;
  /** Kept and allowed, in MiB. */
  told(): string;
}

export function spareMemory(): SpareMemory {
  const share = (): number => {
    const { used_heap_size, heap_size_limit } = getHeapStatistics();
    return used_heap_size / heap_size_limit;
  };
  return {
    enough: () => {
      if (share() < looksFull) return true;
      collectGarbage();
      return share() < isFull;
    },
    told: () => {
      const { used_heap_size, heap_size_limit } = getHeapStatistics();
      return `${mib(used_heap_size)} of ${mib(heap_size_limit)} MiB are taken`;
    },
  };
}
