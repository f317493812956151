/** The help texts, made from the verbs themselves. */
import type { Verb } from "./verb.ts";

const pad = (text: string, width: number): string => text.padEnd(width);

export function generalHelp(verbs: readonly Verb[], version: string): string {
  const width = Math.max(...verbs.map((v) => v.name.length)) + 2;
  return [
    `greenwave ${version}: cameras in, safe signal plans out`,
    "",
    "usage: greenwave <verb> [options]",
    "",
    ...verbs.map((v) => `  ${pad(v.name, width)}${v.summary}`),
    "",
    "Every verb takes --help, and --json for one JSON document on stdout.",
    "",
  ].join("\n");
}

export function verbHelp(verb: Verb): string {
  const rows = Object.entries(verb.options).map(([name, spec]) => ({
    left: `--${name}${spec.placeholder === undefined ? "" : ` ${spec.placeholder}`}`,
    right: spec.help,
  }));
  rows.push({ left: "--json", right: "print exactly one JSON document on stdout" });
  rows.push({ left: "--help", right: "show this" });
  const width = Math.max(...rows.map((r) => r.left.length)) + 2;
  return [
    verb.summary,
    "",
    `usage: greenwave ${verb.name}${verb.positionals === "" ? "" : ` ${verb.positionals}`} [options]`,
    "",
    ...rows.map((r) => `  ${pad(r.left, width)}${r.right}`),
    ...(verb.more === undefined ? [] : ["", verb.more]),
    "",
  ].join("\n");
}
