/**
 * `node scripts/compile-engine.js [--check]`: compiles the step of `sim/engine` to WebAssembly and writes
 * `sim/engine/compiled-engine.ts`, or tells whether it is up to date. Whoever changes a class of which it is made runs this.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { compileEngine } from "./compile-engine/engine.js";
import { NotCompiled } from "./compile-engine/parts.js";
import { root } from "./setup.js";

const width = 112;
const { module, columns } = await compileEngine(root).catch(refused);
const packed = deflateRawSync(module, { level: 9 }).toString("base64");
const lines = packed.match(new RegExp(`.{1,${width}}`, "g")).map((line) => `  "${line}"`);
const text = `/** Made of the classes beside it by \`node scripts/compile-engine.js\`. */

/** The module, deflated. */
export const compiledEngine =
${lines.join(" +\n")};

/** Columns in the order of the module's cells: fields of the world, or those that a class keeps to itself. */
export const compiledColumns: readonly string[] = [
${columns.map((name) => `  "${name}",`).join("\n")}
];
`;
const file = join(root, "sim/engine/compiled-engine.ts");
if (!process.argv.includes("--check")) {
  writeFileSync(file, text);
  process.stdout.write(`${module.length} bytes, ${columns.length} columns\n`);
} else if (!isThat(readFileSync(file, "utf8"))) {
  process.stderr.write(
    "sim/engine/compiled-engine.ts is not what its classes compile to: run node scripts/compile-engine.js\n",
  );
  process.exitCode = 1;
}

/** What is not compiled is told in a sentence, without a stack trace. */
function refused(error) {
  if (!(error instanceof NotCompiled)) throw error;
  process.stderr.write(`${error.message}\nsim/README.md says what is compiled.\n`);
  process.exit(1);
}

/** The same module, however it was deflated, and the same names. */
function isThat(written) {
  const parts = [...written.matchAll(/"([^"]*)"/g)].map(([, part]) => part);
  const names = parts.slice(parts.length - columns.length);
  const inflated = inflateRawSync(Buffer.from(parts.slice(0, -columns.length).join(""), "base64"));
  return names.join() === columns.join() && inflated.equals(module);
}
