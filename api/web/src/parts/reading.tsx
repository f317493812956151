/** The language and zone everything is told in, handed down once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Format } from "../locales/format.ts";
import { type Language, type MessageKey, message, type Words } from "../locales/message.ts";

export interface Reading {
  readonly language: Language;
  readonly format: Format;
  /** Server clock minus this browser's clock. */
  readonly clockOffset_ms: number;
}

export const ReadingContext = createContext<Reading | null>(null);

export function useReading(): Reading & { readonly t: (key: MessageKey, words?: Words) => string } {
  const reading = useContext(ReadingContext);
  if (reading === null) throw new Error("a part of the page stands outside ReadingContext");
  return { ...reading, t: (key, words) => message(reading.language, key, words) };
}
