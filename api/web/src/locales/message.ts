/** Every text of the page, by key. A missing key does not compile, and a test says so again. */
import { deskEn } from "./desk-en.ts";
import { deskVi } from "./desk-vi.ts";
import { en } from "./en.ts";
import { gateEn } from "./gate-en.ts";
import { gateVi } from "./gate-vi.ts";
import { playerEn } from "./player-en.ts";
import { playerVi } from "./player-vi.ts";
import { vi } from "./vi.ts";

const english = { ...en, ...deskEn, ...gateEn, ...playerEn };

export type MessageKey = keyof typeof english;

export type Language = "en" | "vi";

export const languages: readonly Language[] = ["en", "vi"];

export const texts: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = {
  en: english,
  vi: { ...vi, ...deskVi, ...gateVi, ...playerVi },
};

/** Keys made from data, such as a ledger kind, may have no text of their own. */
export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(english, key);

export type Words = Readonly<Record<string, string | number>>;

/** A word that is not given stays visible as `{word}`, so that a test can find it. */
export function message(language: Language, key: MessageKey, words: Words = {}): string {
  return texts[language][key].replace(/\{(\w+)\}/g, (whole, word: string) => {
    const value = words[word];
    return value === undefined ? whole : String(value);
  });
}
