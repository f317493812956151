/** The passage store kept in memory: what it promises, without concealing anything. */
import type { PassageStore, PlatePassage, TimeSpan } from "../../core/ports/passages.ts";

export function memoryPassages(): PassageStore {
  let rows: { readonly passage: PlatePassage; readonly until_ms: number }[] = [];
  const inside = ({ from_ms, to_ms }: TimeSpan): PlatePassage[] =>
    rows
      .map(({ passage }) => passage)
      .filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms)
      .sort((a, b) => a.at_ms - b.at_ms);
  return {
    add: (passage, until_ms) => {
      rows.push({ passage, until_ms });
      return Promise.resolve();
    },
    ofPlates: (plates, span, limit) =>
      Promise.resolve(
        inside(span)
          .filter(({ plate }) => plates.has(plate))
          .slice(0, limit),
      ),
    count: (span) => Promise.resolve(inside(span).length),
    async *between(span) {
      yield await Promise.resolve(inside(span));
    },
    forget: (now_ms) => {
      const before = rows.length;
      rows = rows.filter(({ until_ms }) => until_ms > now_ms);
      return Promise.resolve(before - rows.length);
    },
  };
}
