/** `greenwave count`: line crossings in a video file or a live stream. */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { type CountReport, countVideo, namedModel } from "../../detectors/index.ts";
import { loadLines } from "../site/load.ts";
import { numberOption } from "./arguments.ts";
import type { Verb, VerbArguments } from "./verb.ts";

const DAY_S = 86_400;

function required(args: VerbArguments, option: string): Result<string> {
  const value = args.text(option);
  return value === undefined ? failed(problem("MISSING_ARGUMENT", { verb: "count", what: `--${option}` })) : ok(value);
}

function table(report: CountReport): string {
  const rows = Object.entries(report.lines).map(([id, line]) => {
    const classes = Object.entries(line.by_class).map(([name, count]) => `${name} ${count}`);
    const { forward, backward } = line.by_direction;
    return `${id}: ${line.total} (forward ${forward}, backward ${backward}; ${classes.join(", ") || "nothing crossed"})`;
  });
  const ways = Object.entries(report.movements ?? {}).map(([id, { entry, exit, total }]) => {
    return `${id}: ${total} from ${entry} to ${exit}`;
  });
  const lost = Object.entries(report.unfinished ?? {}).map(
    ([entry, { total }]) => `unfinished after ${entry}: ${total}`,
  );
  const head = `${report.source}: ${report.frames} frames, ${report.duration_s.toFixed(1)} s`;
  return [head, ...rows, ...ways, ...lost].join("\n");
}

export const countVerb: Verb = {
  name: "count",
  summary: "count vehicles crossing lines in a video or a live stream",
  positionals: "",
  maxPositionals: 0,
  options: {
    source: { type: "string", placeholder: "<file|rtsp url>", help: "what to look at" },
    lines: {
      type: "string",
      placeholder: "<yaml>",
      help: "the counting lines: lines: [{id, from: [x, y], to: [x, y]}]",
    },
    model: {
      type: "string",
      placeholder: "<name|onnx>",
      help: "see with this shipped model or this file instead of what the lines file chooses",
    },
    duration: { type: "string", placeholder: "<seconds>", help: "stop after this much video; a live stream needs it" },
  },
  more:
    "Coordinates are shares of the picture, origin top left. Walking from `from` to `to` on the picture,\n" +
    "forward goes from your left to your right (docs/reference/lines.md has a picture).",
  async run(args, context) {
    const source = required(args, "source");
    if (!source.ok) return source;
    const linesFile = required(args, "lines");
    if (!linesFile.ok) return linesFile;
    const duration = numberOption(args, "duration", { min: 0.1, max: DAY_S });
    if (!duration.ok) return duration;
    const lines = await loadLines(linesFile.value);
    if (!lines.ok) return lines;
    const { regions, calibration, model: chosen } = lines.value;
    const named = args.text("model");
    const model = named === undefined ? chosen : namedModel(named);
    const report = await countVideo({
      source: source.value,
      lines: lines.value.lines,
      movements: lines.value.movements,
      ...(duration.value === undefined ? {} : { duration_s: duration.value }),
      eye: { model, regions, calibration },
      stop: context.stop,
    });
    return report.ok ? { ok: true, document: report.value, text: table(report.value) } : report;
  },
};
