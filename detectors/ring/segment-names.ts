/** A segment is two files of one name: `<start>.idx`, its index, and `<start>.media`, the packets one after the other. */

export const indexOf = (name: string): string => `${name}.idx`;
export const mediaOf = (name: string): string => `${name}.media`;

/** `20261122T063919123`, UTC: in the order of names segments are in the order of time. */
export const segmentName = (start_ms: number): string => new Date(start_ms).toISOString().replace(/[-:.Z]/g, "");

const named = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})\.idx$/;

/** Of an index file; null for every other file. */
export function segmentOf(file: string): { readonly name: string; readonly start_ms: number } | null {
  const parts = named.exec(file);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0] = parts.slice(1).map(Number);
  return { name: file.slice(0, -4), start_ms: Date.UTC(year, month - 1, day, hour, minute, second, ms) };
}
