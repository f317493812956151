/** Which of our languages a reader asked for (RFC 9110, section 12.5.4). */
import type { Language } from "../../core/problems/problem.ts";

const isOurs = (tag: string): tag is Language => tag === "en" || tag === "vi";

/** The language with the highest weight among ours; English when none is named. */
export function languageOf(acceptLanguage: string | undefined): Language {
  let best: Language = "en";
  let bestWeight = 0;
  for (const part of (acceptLanguage ?? "").split(",")) {
    const [range = "", ...parameters] = part.trim().toLowerCase().split(";");
    const tag = range.split("-")[0] ?? "";
    const q = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith("q="));
    const weight = q === undefined ? 1 : Number(q.slice(2));
    if (isOurs(tag) && weight > bestWeight) {
      best = tag;
      bestWeight = weight;
    }
  }
  return best;
}
