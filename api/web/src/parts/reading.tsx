/** The language and zone everything is told in, handed down once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Format } from "../locales/format.ts";
import { isMessageKey, type Language, type MessageKey, message, type Words } from "../locales/message.ts";

export interface Reading {
  readonly language: Language;
  readonly format: Format;
  /** Server clock minus this browser's clock. */
  readonly clockOffset_ms: number;
}

export const ReadingContext = createContext<Reading | null>(null);

interface Told extends Reading {
  readonly t: (key: MessageKey, words?: Words) => string;
  /** The text of a key made from data; where there is none, `otherwise`. */
  readonly named: (key: string, otherwise: string) => string;
}

export function useReading(): Told {
  const reading = useContext(ReadingContext);
  if (reading === null) throw new Error("a part of the page stands outside ReadingContext");
  const t: Told["t"] = (key, words) => message(reading.language, key, words);
  return { ...reading, t, named: (key, otherwise) => (isMessageKey(key) ? t(key) : otherwise) };
}
