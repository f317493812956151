/** Files that no person writes, and that a program must answer all the same. */

const aliasBomb = (levels: number): string =>
  [
    "a0: &a0 [x, x, x, x, x, x, x, x, x]",
    ...Array.from({ length: levels }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(", ")}]`),
    `lines: *a${levels}`,
  ].join("\n");

const mergeBomb = (levels: number): string =>
  [
    "m0: &m0 {k: 1}",
    ...Array.from({ length: levels }, (_, n) => `m${n + 1}: &m${n + 1} {<<: [*m${n}, *m${n}], k${n}: *m${n}}`),
  ].join("\n");

const manyLines = (count: number): string =>
  `lines:\n${Array.from({ length: count }, (_, n) => `  - { id: line-${n}, from: [0.1, 0.2], to: [0.9, 0.${n}] }`).join("\n")}`;

export const hostileFiles: Readonly<Record<string, string | Buffer>> = {
  empty: "",
  "only blanks": " \n\t\n  ",
  "a NUL byte": "lines:\n  - id: \u0000\n",
  "NUL bytes alone": Buffer.alloc(5000),
  "random bytes": Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919 + (n >> 3) * 104_729) % 256)),
  "UTF-16": Buffer.from("lines:\n  - { id: a, from: [0, 0], to: [1, 1] }", "utf16le"),
  "half a letter": Buffer.from([0x6c, 0x69, 0x6e, 0x65, 0x73, 0x3a, 0x20, 0xc3]),
  "Latin-1": Buffer.from("lines: # Đường phố é", "latin1"),
  "a byte order mark": "\ufefflines: []",
  "an alias bomb": aliasBomb(12),
  "a merge bomb": mergeBomb(24),
  "an alias of itself": "lines: &a [*a]",
  "a map of itself": "&a lines: *a",
  "deep brackets": "[".repeat(20_000),
  "deep pairs": `${"{a: ".repeat(5000)}1${"}".repeat(5000)}`,
  "deep dashes": `${"- ".repeat(10_000)}x`,
  "deep blanks": Array.from({ length: 3000 }, (_, n) => `${" ".repeat(n)}a:`).join("\n"),
  "one endless line": `lines: "${"x".repeat(2_000_000)}"`,
  "an endless key": `${"k".repeat(500_000)}: 1`,
  "many lines": manyLines(5000),
  "many keys": Array.from({ length: 20_000 }, (_, n) => `key${n}: ${n}`).join("\n"),
  "many documents": "---\nlines: []\n".repeat(5000),
  "two of each key": "lines: []\nlines: []\n",
  "a key that is a list": "? [a, b]\n: c\n",
  "a prototype": '{"__proto__": {"lines": []}, "constructor": {"prototype": {}}}',
  "a number": "42",
  "a string": '"lines"',
  "a tag of another language": "lines: !!python/object/apply:os.system ['true']",
  "a time that is none": "lines: 2026-13-45T99:99:99Z",
  "coordinates beyond numbers": "lines:\n  - { id: a, from: [.nan, .inf], to: [-.inf, 1e309] }",
};
