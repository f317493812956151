/** Rings in who waits for whom. */

/** The first ring met, in its order; empty without one. `next`: for whom each waits. */
export function firstRing(all: readonly string[], next: (id: string) => readonly string[]): readonly string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const search = (id: string): readonly string[] => {
    const met = path.indexOf(id);
    if (met !== -1) return path.slice(met);
    if (done.has(id)) return [];
    done.add(id);
    path.push(id);
    for (const other of next(id)) {
      const ring = search(other);
      if (ring.length > 0) return ring;
    }
    path.pop();
    return [];
  };
  for (const id of all) {
    const ring = search(id);
    if (ring.length > 0) return ring;
  }
  return [];
}
