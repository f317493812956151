/** Which key does what. One letter each, the same in every language: the fingers learn them once. */

export const commandNames = [
  "accept",
  "reject",
  "unsure",
  "undo",
  "next",
  "previous",
  "queue",
  "play",
  "backward",
  "pause",
  "forward",
  "slowly",
  "frameForward",
  "frameBack",
  "tenForward",
  "tenBack",
  "act",
  "start",
  "end",
  "stillA",
  "stillB",
  "stillC",
  "video",
  "help",
] as const;

export type Command = (typeof commandNames)[number];

/** Keys as `KeyboardEvent.key` names them, in lower case; with `shift+` where that is held. */
export const keysOf: Readonly<Record<Command, readonly string[]>> = {
  accept: ["1"],
  reject: ["2"],
  unsure: ["3"],
  undo: ["z"],
  next: ["n"],
  previous: ["p"],
  queue: ["q"],
  play: [" "],
  backward: ["j"],
  pause: ["k"],
  forward: ["l"],
  slowly: ["s"],
  frameForward: ["arrowright", "."],
  frameBack: ["arrowleft", ","],
  tenForward: ["shift+arrowright"],
  tenBack: ["shift+arrowleft"],
  act: ["t"],
  start: ["home"],
  end: ["end"],
  stillA: ["a"],
  stillB: ["b"],
  stillC: ["c"],
  video: ["v", "escape"],
  help: ["?"],
};

/** In the order in which the overlay shows them. */
export const commandGroups = [
  { name: "judge", commands: ["accept", "reject", "unsure", "undo", "next", "previous", "queue"] },
  {
    name: "clip",
    commands: [
      "frameBack",
      "frameForward",
      "tenBack",
      "tenForward",
      "play",
      "backward",
      "pause",
      "forward",
      "slowly",
      "act",
      "start",
      "end",
    ],
  },
  { name: "look", commands: ["stillA", "stillB", "stillC", "video", "help"] },
] as const satisfies readonly { readonly name: string; readonly commands: readonly Command[] }[];

const byKey = new Map(commandNames.flatMap((command) => keysOf[command].map((key) => [key, command] as const)));

const caps: Readonly<Record<string, string>> = {
  " ": "␣",
  arrowleft: "←",
  arrowright: "→",
  home: "Home",
  end: "End",
  escape: "Esc",
};

/** A key as it stands on the keyboard. */
export function capOf(key: string): string {
  const [bare, held] = key.startsWith("shift+") ? [key.slice(6), "⇧ "] : [key, ""];
  return held + (caps[bare] ?? bare.toUpperCase());
}

export interface Pressed {
  readonly key: string;
  /** What the key is by its place, for input methods that keep the letter to themselves. */
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

/** Vietnamese input methods answer `Process` for the letters they wait with. */
function letterOf({ key, code }: Pressed): string {
  if (key !== "Process" && key !== "Unidentified" && key !== "Dead") return key.toLowerCase();
  return code.replace(/^(?:Key|Digit)/, "").toLowerCase();
}

export function commandOf(pressed: Pressed): Command | null {
  if (pressed.altKey || pressed.metaKey) return null;
  const letter = letterOf(pressed);
  if (pressed.ctrlKey) return letter === "z" ? "undo" : null;
  return (pressed.shiftKey ? byKey.get(`shift+${letter}`) : undefined) ?? byKey.get(letter) ?? null;
}
