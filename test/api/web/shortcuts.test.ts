import { describe, expect, it } from "vitest";
import {
  capOf,
  commandGroups,
  commandNames,
  commandOf,
  keysOf,
  type Pressed,
} from "../../../api/web/src/review/shortcuts.ts";

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  code: "",
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

describe("the keys of the review page", () => {
  it("mean one thing each, and each is told in the overlay", () => {
    const keys = commandNames.flatMap((command) => keysOf[command]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(commandGroups.flatMap(({ commands }) => commands).sort()).toEqual([...commandNames].sort());
  });

  it("step a picture with the arrows and ten with shift", () => {
    expect(commandOf(press("ArrowRight"))).toBe("frameForward");
    expect(commandOf(press("ArrowRight", { shiftKey: true }))).toBe("tenForward");
    expect(commandOf(press("ArrowLeft", { shiftKey: true }))).toBe("tenBack");
  });

  it("are the same with capitals locked, and while a Vietnamese input method waits for a tone", () => {
    expect(commandOf(press("J"))).toBe("backward");
    expect(commandOf(press("Process", { code: "KeyA" }))).toBe("stillA");
    expect(commandOf(press("Process", { code: "Digit2" }))).toBe("reject");
  });

  it("leave the browser its own, but for undo", () => {
    expect(commandOf(press("n", { ctrlKey: true }))).toBeNull();
    expect(commandOf(press("ArrowLeft", { altKey: true }))).toBeNull();
    expect(commandOf(press("z", { ctrlKey: true }))).toBe("undo");
  });

  it("stand in the overlay as on the keyboard", () => {
    expect([capOf("j"), capOf(" "), capOf("shift+arrowleft"), capOf("escape")]).toEqual(["J", "␣", "⇧ ←", "Esc"]);
  });
});
