/** Opens every model file that a site file names, so that a camera does not find out first. */
import { readSource } from "../../core/config/source-document.ts";
import { type Problem, problem } from "../../core/problems/problem.ts";
import { examineChoice } from "../../detectors/index.ts";
import { type LoadedSite, placed } from "./load.ts";
import type { Site } from "./schema.ts";

type Choice = Site["model"];

interface Chosen {
  readonly path: string;
  readonly choice: Choice;
}

const chosen = ({ model, cameras }: Site): readonly Chosen[] =>
  [
    { path: "model", choice: model },
    ...cameras.map((camera, i) => ({ path: `cameras.${i}.model`, choice: camera.model })),
  ].flatMap(({ path, choice }) => (choice?.file === undefined ? [] : [{ path, choice }]));

/** The key to change; `file` where what is wrong has no key of its own. */
function keyOf({ code }: Problem, choice: Choice): string {
  const keys = { MODEL_HEAD: "head", MODEL_OUTPUT: "head", MODEL_CLASSES: "classes", MODEL_INPUT: "input_px" } as const;
  const [, key = "file"] = Object.entries(keys).find(([start]) => code.startsWith(start)) ?? [];
  const said = key === "head" ? choice.head !== "auto" : key in choice;
  return said ? key : "file";
}

/** In the order of the file. One model that several cameras use alike is opened once and told of at each. */
export async function checkModels({ site, text, file }: LoadedSite): Promise<readonly Problem[]> {
  const found: Problem[] = [];
  const known = new Map<string, readonly Problem[]>();
  for (const { path, choice } of chosen(site)) {
    const id = JSON.stringify(choice);
    // One child at a time: each holds a network in memory.
    const problems = known.get(id) ?? (await examineChoice(choice));
    known.set(id, problems);
    found.push(...problems.map((p) => problem(p.code, p.words, { path: `${path}.${keyOf(p, choice)}` })));
  }
  const source = readSource(text, file);
  return source.ok ? placed(found, source.value) : found;
}
