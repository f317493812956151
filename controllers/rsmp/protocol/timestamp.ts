/** RSMP's only way to write an instant: UTC with three decimals. */

export const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** `YYYY-MM-DDTHH:MM:SS.mmmZ` of milliseconds since 1970. */
export const timestampOf = (ms: number): string => new Date(ms).toISOString();

/** Milliseconds since 1970, or null when the text is not of the form or names no instant (31 February). */
export function instantOf(text: string): number | null {
  if (!TIMESTAMP.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isFinite(ms) && timestampOf(ms) === text ? ms : null;
}
