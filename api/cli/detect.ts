/** `greenwave detect`: road users in picture files. */
import { problem } from "../../core/problems/problem.ts";
import { detectImages, type PictureDetections } from "../../detectors/index.ts";
import type { Verb } from "./verb.ts";

function line({ image, detections, ms }: PictureDetections): string {
  const counts = new Map<string, number>();
  for (const { class: name } of detections) counts.set(name, (counts.get(name) ?? 0) + 1);
  const found = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
  return `${image}: ${found || "nothing"} (${ms.toFixed(1)} ms)`;
}

export const detectVerb: Verb = {
  name: "detect",
  summary: "find vehicles and people in pictures",
  positionals: "<images…>",
  maxPositionals: Number.MAX_SAFE_INTEGER,
  options: {},
  more:
    "With --json: [{ image, detections: [{ class, score, box: [x, y, w, h] }], ms }] in the order given, boxes in pixels\n" +
    "from the top left of the upright picture. A two-wheeler and its riders are one box. `ms` is from decoded pixels to\n" +
    "final boxes on one thread. When a picture cannot be read the others are still looked at, under `pictures`.",
  async run(args, context) {
    const images = args.positionals;
    if (images.length === 0)
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "detect", what: "a picture" })] };
    const { pictures, problems } = await detectImages({ images, stop: context.stop });
    if (problems.length > 0) return { ok: false, problems, document: { pictures } };
    return { ok: true, document: pictures, text: pictures.map(line).join("\n") };
  },
};
