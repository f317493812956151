/** Every text of the page, by key. A missing key does not compile, and a test says so again. */
import { en, type MessageKey } from "./en.ts";
import { vi } from "./vi.ts";

export type { MessageKey } from "./en.ts";

export type Language = "en" | "vi";

export const languages: readonly Language[] = ["en", "vi"];

export const texts: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, vi };

/** Keys made from data, such as a ledger kind, may have no text of their own. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

export type Words = Readonly<Record<string, string | number>>;

/** A word that is not given stays visible as `{word}`, so that a test can find it. */
export function message(language: Language, key: MessageKey, words: Words = {}): string {
  return texts[language][key].replace(/\{(\w+)\}/g, (whole, word: string) => {
    const value = words[word];
    return value === undefined ? whole : String(value);
  });
}
