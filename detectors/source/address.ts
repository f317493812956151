/** What a source address says about itself, and how it may be shown. */

/** A network stream has no end of its own; everything else is a file. */
export function isLive(source: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(source) && !/^file:/i.test(source);
}

export function isRtsp(source: string): boolean {
  return /^rtsps?:/i.test(source);
}

/**
 * The address or text without user, password or token: the only form that may be printed, stored or logged. Everything up
 * to the last @ of a word goes, since a password may hold any sign; better to hide a path than to show a password. The same where an address came through damaged.
 */
export function masked(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/)\S*@/gi, "$1***@")
    .replace(/[^\s:]*:(?!\/\/)\S*@/g, "***@")
    .replace(/([?&][^=&\s]*(?:pass|pwd|token|key|user|auth|secret)[^=&\s]*=)[^&\s]*/gi, "$1***");
}
