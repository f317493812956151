/**
 * How often the pattern command is repeated. The device falls back to its local plan when it hears no command for
 * `unitBackupTime`, so three beats and the worst retry must fit inside it (NTCIP 1202, unitBackupTime).
 */
const LONGEST_S = 20;
const SHORTEST_S = 1;
const BEATS = 3;

/** Seconds between beats; null where the backup timer is off or too short for any. */
export function heartbeatSeconds(backup_s: number, worstRetry_s: number): number | null {
  // Strictly less: a tenth of a beat is left over.
  const period_s = Math.min(LONGEST_S, Math.floor(((backup_s - worstRetry_s) / BEATS - 0.1) * 10) / 10);
  return backup_s > 0 && period_s >= SHORTEST_S ? period_s : null;
}

/** The least backup timer, in whole seconds, that leaves room. */
export function leastBackupSeconds(worstRetry_s: number): number {
  return Math.ceil(BEATS * (SHORTEST_S + 0.1) + worstRetry_s) + 1;
}

/** With the line cut, bits stand for as long as this: with a cycle of the local plan after it nobody waits beyond I7's limit. */
export const LONGEST_CONTROL_BACKUP_S = 90;
