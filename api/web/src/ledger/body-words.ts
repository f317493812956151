/** A ledger body in one line: its plain values by name. What is nested is left to the full record. */
const LONGEST = 120;

export function bodyWords(body: unknown): string {
  if (typeof body !== "object" || body === null) return String(body ?? "");
  const words = Object.entries(body)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => `${name.replaceAll("_", " ")} ${shortened(String(value))}`)
    .join(", ");
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST)}…`;
}

/** Digests are as long as a line and tell a reader nothing past their first characters. */
const shortened = (value: string): string => (/^[0-9a-f]{32,}$/.test(value) ? `${value.slice(0, 10)}…` : value);
