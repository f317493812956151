/** The reader's language: what they chose last time, else what their browser prefers. */
import { type Language, languages } from "./message.ts";

const KEY = "greenwave.language";

export function chosenLanguage(): Language {
  const kept = languages.find((language) => language === localStorage.getItem(KEY));
  return kept ?? (navigator.language.toLowerCase().startsWith("vi") ? "vi" : "en");
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}
