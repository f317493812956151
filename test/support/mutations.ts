/** Small and large damage to bytes and texts, the same for the same seed. */
import type { Seeded } from "./seeded.ts";

type Damage<T> = (from: T, chance: Seeded) => T;

/** Numbers at which counting, sizes and times go wrong. */
const edges = [0, 1, 0x7f, 0x80, 0xff] as const;

const byteDamages: readonly Damage<Buffer>[] = [
  (bytes, chance) => replaced(bytes, chance, () => chance.below(256)),
  (bytes, chance) => replaced(bytes, chance, () => chance.pick(edges)),
  (bytes, chance) => replaced(bytes, chance, (byte) => byte ^ (1 << chance.below(8))),
  (bytes, chance) => spliced(bytes, chance, Buffer.alloc(0)),
  (bytes, chance) =>
    spliced(bytes, chance, Buffer.from(Array.from({ length: chance.below(40) }, () => chance.below(256)))),
  (bytes, chance) => spliced(bytes, chance, piece(bytes, chance)),
  (bytes, chance) => bytes.subarray(0, chance.below(bytes.length + 1)),
];

function replaced(bytes: Buffer, chance: Seeded, by: (byte: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  const count = 1 + chance.below(4);
  for (let n = 0; n < count && changed.length > 0; n += 1) {
    const at = chance.below(changed.length);
    changed[at] = by(changed[at] ?? 0);
  }
  return changed;
}

function piece(bytes: Buffer, chance: Seeded): Buffer {
  const from = chance.below(bytes.length + 1);
  return bytes.subarray(from, from + chance.below(64));
}

/** `insert` in the place of a few bytes. */
function spliced(bytes: Buffer, chance: Seeded, insert: Buffer): Buffer {
  const at = chance.below(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + chance.below(32))]);
}

/** One to three damages, one after the other. */
export function damaged(bytes: Buffer, chance: Seeded): Buffer {
  let result = bytes;
  for (let left = 1 + chance.below(3); left > 0; left -= 1) result = chance.pick(byteDamages)(result, chance);
  return result;
}

/** What people and programs write where something else belongs. */
const oddWords = [
  "null",
  "~",
  "true",
  "-1",
  "0",
  "1e999",
  "-0",
  ".nan",
  ".inf",
  "0x10",
  "1_000",
  '"',
  "'",
  "[]",
  "{}",
  "[[]]",
  "- ",
  ": ",
  "? ",
  "&a",
  "*a",
  "<<: *a",
  "!!binary aGk=",
  "!!js/function x",
  "!!python/object:x",
  "%YAML 9.9",
  "---\n",
  "...\n",
  "\t",
  "\u0000",
  "\ufeff",
  "\u2028",
  "\ud800",
  "constructor",
  "__proto__",
  "toString",
  "đường",
  "🛵",
  "#",
  "|",
  ">",
  "@",
  "`",
  "\r",
  "999999999999999999999",
  "2026-02-31",
] as const;

const lineDamages: readonly Damage<string[]>[] = [
  (lines, chance) => lines.filter((_, at) => at !== chance.below(lines.length)),
  (lines, chance) => lines.toSpliced(chance.below(lines.length + 1), 0, chance.pick(lines)),
  (lines, chance) =>
    lines.toSpliced(chance.below(lines.length + 1), 0, " ".repeat(chance.below(8)) + chance.pick(oddWords)),
  (lines, chance) => {
    const at = chance.below(lines.length);
    return lines.with(at, `${" ".repeat(chance.below(6))}${(lines[at] ?? "").trimStart()}`);
  },
  (lines, chance) => {
    const at = chance.below(lines.length);
    const words = (lines[at] ?? "").split(/(?<=[\s,:[\]{}])/);
    return lines.with(at, words.with(chance.below(words.length), `${chance.pick(oddWords)} `).join(""));
  },
];

/** A text that a person wrote, with a few slips of the hand. */
export function mistyped(text: string, chance: Seeded): string {
  let lines = text.split("\n");
  for (let left = 1 + chance.below(4); left > 0 && lines.length > 1; left -= 1)
    lines = chance.pick(lineDamages)(lines, chance);
  return lines.join("\n");
}
