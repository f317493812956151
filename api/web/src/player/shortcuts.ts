/** What keys do while a replay is open; pure, so that a test can type. */

export type Command =
  | "play"
  | "back"
  | "on"
  | "far_back"
  | "far_on"
  | "begin"
  | "end"
  | "slower"
  | "faster"
  | "closer"
  | "farther"
  | "fit"
  | "left"
  | "right"
  | "up"
  | "down"
  | "queues"
  | "speeds"
  | "look";

interface Key {
  readonly key: string;
  readonly command: Command;
  readonly shift?: boolean;
}

export const shortcuts: readonly Key[] = [
  { key: " ", command: "play" },
  { key: "ArrowLeft", command: "back" },
  { key: "ArrowRight", command: "on" },
  { key: "PageUp", command: "far_back" },
  { key: "PageDown", command: "far_on" },
  { key: "Home", command: "begin" },
  { key: "End", command: "end" },
  { key: ",", command: "slower" },
  { key: ".", command: "faster" },
  { key: "+", command: "closer" },
  { key: "=", command: "closer" },
  { key: "-", command: "farther" },
  { key: "0", command: "fit" },
  { key: "ArrowLeft", command: "left", shift: true },
  { key: "ArrowRight", command: "right", shift: true },
  { key: "ArrowUp", command: "up", shift: true },
  { key: "ArrowDown", command: "down", shift: true },
  { key: "q", command: "queues" },
  { key: "c", command: "speeds" },
  { key: "i", command: "look" },
];

export interface Typed {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** `onControl`: the focus is on a button, a list or a slider, which keep their own keys. */
export function commandOf(typed: Typed, onControl: boolean): Command | null {
  if (typed.ctrlKey || typed.altKey || typed.metaKey) return null;
  const ownKeys = [" ", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];
  if (onControl && ownKeys.includes(typed.key) && !typed.shiftKey) return null;
  const arrow = typed.key.startsWith("Arrow");
  const key = typed.key.length === 1 ? typed.key.toLowerCase() : typed.key;
  const found = shortcuts.find((each) => each.key === key && (!arrow || (each.shift ?? false) === typed.shiftKey));
  return found?.command ?? null;
}
