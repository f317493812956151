/** A ledger body in one line: where, which pattern, who asked and what went wrong; anything else by its plain values. */
import { plainLines, type Telling } from "../plan/reasons.ts";

const LONGEST = 160;

export function bodyWords(body: unknown, telling: Telling, nameOf: (intersection: string) => string): string {
  if (typeof body !== "object" || body === null) return String(body ?? "");
  const { intersection, pattern, actor, problems, ...others } = body as Readonly<Record<string, unknown>>;
  const { t } = telling;
  const words = [
    ...(typeof intersection === "string" ? [nameOf(intersection)] : plainValues(others)),
    ...(typeof pattern === "number" ? [t("ledger.body.pattern", { pattern })] : []),
    ...(typeof actor === "string" ? [t("ledger.body.actor", { actor })] : []),
    ...plainLines(problems, telling),
  ].join(" · ");
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST)}…`;
}

function plainValues(document: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(document)
    .filter(([, value]) => ["string", "number", "boolean"].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`);
}
