/** What both pages read in: the language that was chosen, the numbers and times of the street, and the name of its city. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { chosenLanguage, keepLanguage } from "../locales/choice.ts";
import { formatFor } from "../locales/format.ts";
import type { Language } from "../locales/message.ts";
import type { Site } from "../state/page-state.ts";
import type { Reading } from "./reading.tsx";

/** The reader's language, and how to choose another; the document and the browser are told. */
export function useLanguage(): readonly [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(chosenLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  return [language, setLanguage];
}

/** Until the site is known, times are told in UTC. */
export function useStreetReading(language: Language, site: Site | null, clockOffset_ms: number): Reading {
  const timezone = site?.site.timezone ?? "UTC";
  const format = useMemo(() => formatFor(language, timezone), [language, timezone]);
  useEffect(() => {
    if (site !== null) document.title = `${site.site.name} · greenwave`;
  }, [site]);
  return useMemo(() => ({ language, format, clockOffset_ms }), [language, format, clockOffset_ms]);
}
