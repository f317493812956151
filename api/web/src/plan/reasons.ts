/** The sentences inside a plan's reasons, whatever else stands beside them. */
import type { Language } from "../locales/message.ts";

const MOST = 12;

/** Reads strings, `{ en, vi }` pairs, lists of either, and the `reasons` and `notes` of a document. */
export function reasonLines(reasons: unknown, language: Language): readonly string[] {
  return sentences(reasons, language).slice(0, MOST);
}

function sentences(value: unknown, language: Language): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  if (Array.isArray(value)) return value.flatMap((item) => sentences(item, language));
  if (typeof value !== "object" || value === null) return [];
  const document = value as Readonly<Record<string, unknown>>;
  const translated = document[language];
  if (typeof translated === "string") return [translated];
  return [document["reasons"], document["notes"]].flatMap((part) => sentences(part, language));
}
