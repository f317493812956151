/** The canvas' colours, from the page's styles: one place for light and dark. */
import { kinds } from "./kinds.ts";

const names = [
  "road",
  "divider",
  "side",
  "queue",
  "glass",
  "brake",
  "chosen",
  "red",
  "yellow",
  "green",
  "yield",
  "off",
] as const;

export type Colours = { readonly [K in (typeof names)[number]]: string } & {
  /** By kind of vehicle. */
  readonly kinds: readonly string[];
  /** By speed, from standing to fast. */
  readonly speeds: readonly string[];
};

const speedSteps = 5;

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--player-${name}`).trim();
  return {
    ...(Object.fromEntries(names.map((name) => [name, read(name)])) as { [K in (typeof names)[number]]: string }),
    kinds: kinds.map((kind) => read(kind)),
    speeds: Array.from({ length: speedSteps }, (_, at) => read(`speed-${at}`)),
  };
}

/** m/s from which on the next colour of `speeds` is taken: standing, walking pace, 15, 30, and faster. */
const speedBounds = [0.1, 1.5, 4.2, 8.4];

export function speedStep(speed: number): number {
  let at = 0;
  while (at < speedBounds.length && speed >= (speedBounds[at] as number)) at += 1;
  return at;
}

/** What a letter of a signal's state is drawn in. */
export function signalColour(letter: string, colours: Colours): string {
  if (letter === "G") return colours.green;
  if (letter === "g" || letter === "s") return colours.yield;
  if (letter === "y" || letter === "Y") return colours.yellow;
  return letter === "r" || letter === "u" ? colours.red : colours.off;
}
