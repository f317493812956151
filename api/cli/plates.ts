/** `greenwave plates`: registration plates in picture files. */
import { problem } from "../../core/problems/problem.ts";
import { type PicturePlates, platesInImages } from "../../detectors/index.ts";
import type { Verb } from "./verb.ts";

function line({ image, plates, unreadable }: PicturePlates): string {
  const read = plates.map(({ text, country, confidence }) => `${text} (${country}, ${Math.floor(confidence * 100)} %)`);
  const rest = unreadable.length === 0 ? [] : [`${unreadable.length} unreadable`];
  return `${image}: ${[...read, ...rest].join(", ") || "no plate"}`;
}

export const platesVerb: Verb = {
  name: "plates",
  summary: "read the registration plates in pictures",
  positionals: "<images…>",
  maxPositionals: Number.MAX_SAFE_INTEGER,
  options: {
    country: {
      type: "string",
      placeholder: "<code>",
      help: "whose plates to expect, such as vn, ro, eu, us, br (default: any)",
    },
  },
  more:
    "With --json: [{ image, plates: [{ text, raw, confidence, country, layout, box: [x, y, w, h] }], unreadable }] in the order\n" +
    "given. `text` has no separators; `raw` is what was seen before any grammar. A plate that is there but cannot be read\n" +
    "surely is under `unreadable`, never among `plates`. When a picture cannot be read the others are still looked at, under\n" +
    "`pictures`.",
  async run(args, context) {
    const images = args.positionals;
    if (images.length === 0)
      return { ok: false, problems: [problem("MISSING_ARGUMENT", { verb: "plates", what: "a picture" })] };
    const country = args.text("country");
    const { pictures, problems } = await platesInImages({
      images,
      stop: context.stop,
      ...(country === undefined ? {} : { country: country.toLowerCase() }),
    });
    if (problems.length > 0) return { ok: false, problems, document: { pictures } };
    return { ok: true, document: pictures, text: pictures.map(line).join("\n") };
  },
};
