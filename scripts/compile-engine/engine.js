/** Which of the engine's classes are compiled, and to what. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import wabt from "wabt";
import { Compiler } from "./compiler.js";

/** Lanes are single files and nobody walks where a compiled step is used, and plans make room for themselves in JavaScript. */
const absent = new Set(["World.sideBySide", "World.onFoot"]);
const outside = new Set(["world.plan.grow"]);
/** By exported name: the object, its file and its class, of which `all` is compiled. */
const entries = [
  ["plan", "planner", "engine/planner.ts", "Planner"],
  ["move", "mover", "engine/mover.ts", "Mover"],
  ["change", "lanes", "engine/lane-change.ts", "LaneChange"],
  ["stay", "stayers", "outputs/stayers.ts", "Stayers"],
];

function programOf(root) {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => readFileSync(path, "utf8"));
  const settings = { ...config.compilerOptions, composite: false, types: ["node"] };
  const { options } = ts.convertCompilerOptionsFromJson(settings, root);
  return ts.createProgram([join(root, "sim/engine/simulation.ts"), join(root, "sim/outputs/stayers.ts")], options);
}

/** The module as bytes, and the names of the columns in the order of its cells. */
export async function compileEngine(root) {
  const program = programOf(root);
  const classIn = (file, name) =>
    program
      .getSourceFile(join(root, "sim", file))
      .statements.find((one) => ts.isClassDeclaration(one) && one.name.text === name);
  const compiler = new Compiler(program.getTypeChecker(), absent, outside);
  const world = compiler.parts.object("world", classIn("engine/world.ts", "World"));
  const given = new Map([["world", world]]);
  given.set("emissions", compiler.parts.object("emissions", classIn("outputs/emissions.ts", "Emissions"), given));
  const exported = entries.map(([name, path, file, className]) => {
    const object = compiler.parts.object(path, classIn(file, className), given);
    return [name, { object, method: "all" }];
  });
  const text = compiler.module(exported);
  const parsed = (await wabt()).parseWat("engine.wat", text);
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  return { module: buffer, columns: [...compiler.parts.columns.keys()] };
}
