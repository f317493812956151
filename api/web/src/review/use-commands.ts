/** Keys of the whole page, as long as nobody is typing and no dialog is open. */
import { useEffect, useRef } from "preact/hooks";
import { type Command, commandOf } from "./shortcuts.ts";

export type Commands = { readonly [C in Command]?: () => void };

/** A key held down repeats these alone: nobody accepts ten cases by leaning on a key. */
const repeating: readonly Command[] = ["frameForward", "frameBack", "tenForward", "tenBack"];

const typing = "textarea, select, input:not([type=checkbox], [type=radio])";
const pressable = "button, a[href], summary, input";

function belongsElsewhere({ target, key }: KeyboardEvent): boolean {
  if (document.querySelector("dialog[open]") !== null) return true;
  if (!(target instanceof Element)) return false;
  // A focused button is pressed by the space bar, whatever else the space bar does.
  return target.closest(typing) !== null || (key === " " && target.closest(pressable) !== null);
}

export function useCommands(commands: Commands): void {
  const newest = useRef(commands);
  newest.current = commands;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || belongsElsewhere(event)) return;
      const command = commandOf(event);
      const run = command === null ? undefined : newest.current[command];
      if (command === null || run === undefined) return;
      event.preventDefault();
      if (!event.repeat || repeating.includes(command)) run();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
