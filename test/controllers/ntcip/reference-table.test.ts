import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { objects } from "../../../controllers/ntcip/oids.ts";

const REFERENCE = fileURLToPath(new URL("../../../../shared/reference/ntcip-1202.md", import.meta.url));
const PREFIX: Readonly<Record<string, string>> = { A: "1.3.6.1.4.1.1206.4.2.1", G: "1.3.6.1.4.1.1206.4.2.6" };

/** `A.7.3.1.3` in full. */
const full = (short: string): string => short.replace(/^[AG]/, (letter) => PREFIX[letter] ?? letter);

/** Column numbers named in a cell: `2 Options (bits…) · 4 CallPhase` are 2 and 4. */
function columnsNamed(cell: string): readonly string[] {
  const plain = cell.replace(/\([^)]*\)/g, "");
  return [...plain.matchAll(/(?<![\w.])(\d{1,2}) [A-Za-z]{2,}/g)].map((match) => match[1] ?? "");
}

/** Reads the tables of the reference: every scalar and column identifier they list. */
class ReferenceReader {
  readonly found = new Set<string>();
  /** What identifiers that begin with a dot continue. */
  #base = "";
  /** Entry of the table whose columns are listed. */
  #entry = "";

  read(text: string): void {
    for (const line of text.split("\n")) {
      const section = /^## \d.* ([AG](?:\.\d+)?)(?: |$)/.exec(line);
      if (section !== null) this.#base = section[1] ?? "";
      else if (line.startsWith("|")) this.#row(line.split("|").map((cell) => cell.replaceAll("*", "").trim()));
    }
  }

  #row([, first = "", second = ""]: readonly string[]): void {
    if (/^[\d /]+$/.test(first)) {
      for (const column of first.split("/")) this.found.add(`${this.#entry}.${column.trim()}`);
      return;
    }
    const parts = first.split(/[/,]/).map((part) => part.trim());
    const identifiers = parts.filter((part) => /^(?:[AG]\.\d|\.\d)/.test(part));
    for (const identifier of identifiers) this.#identifier(identifier, second);
    if (first.startsWith("v02 adds")) this.#columns(second);
  }

  #identifier(identifier: string, cell: string): void {
    const whole = identifier.startsWith(".") ? this.#base + identifier : identifier;
    const entry = /^(.*)\.c\./.exec(whole)?.[1];
    if (entry !== undefined) {
      this.#entry = entry;
      this.#columns(cell);
      return;
    }
    const object = whole.replace(/\.0$/, "").replace(/(?:\.[a-z])+$/, "");
    if (identifier !== whole || !/\d/.test(object)) this.found.add(object);
    else {
      this.found.add(object);
      this.#base = object.replace(/\.\d+$/, "");
    }
  }

  #columns(cell: string): void {
    for (const column of columnsNamed(cell)) this.found.add(`${this.#entry}.${column}`);
  }
}

test.skipIf(!existsSync(REFERENCE))("the object table has every object of the reference", () => {
  const reader = new ReferenceReader();
  reader.read(readFileSync(REFERENCE, "utf8"));
  const known = new Set(Object.values(objects).map((spec) => spec.oid));
  const listed = [...reader.found].filter((object) => object !== "A.10" && object !== "G.4");
  expect(listed.length).toBeGreaterThan(170);
  expect(listed.filter((object) => !known.has(full(object)))).toEqual([]);
});

test("the object table names no object twice", () => {
  const identifiers = Object.values(objects).map((spec) => spec.oid);
  expect(new Set(identifiers).size).toBe(identifiers.length);
});

/** Rows of the reference that are prose, not tables. */
test.each([
  ["port1Status", "1.3.6.1.4.1.1206.4.2.1.10.2.1.4"],
  ["eventLogID", "1.3.6.1.4.1.1206.4.2.6.4.4.1.3"],
  ["eventLogTime", "1.3.6.1.4.1.1206.4.2.6.4.4.1.4"],
  ["eventLogValue", "1.3.6.1.4.1.1206.4.2.6.4.4.1.5"],
  ["communityNameUser", "1.3.6.1.4.1.1206.4.2.6.5.3.1.2"],
  ["dynObjVariable", "1.3.6.1.4.1.1206.4.1.3.1.1.3"],
  ["dynObjConfigOwner", "1.3.6.1.4.1.1206.4.1.3.3.1.1.1"],
  ["dynObjConfigStatus", "1.3.6.1.4.1.1206.4.1.3.3.1.1.2"],
] as const)("%s is %s", (name, identifier) => {
  expect(objects[name].oid).toBe(identifier);
});
