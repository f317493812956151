/** Which head a graph has: from its inputs and outputs, or as the site file says. */
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import { type ClassPositions, COCO_CLASSES } from "./class-map.ts";
import { detr } from "./detr.ts";
import type { Head, HeadName, Match } from "./head.ts";
import { nanodet } from "./nanodet.ts";
import { described, type GraphPorts } from "./ports.ts";
import { ssd } from "./ssd.ts";
import { yolov8 } from "./yolov8.ts";
import { yolox } from "./yolox.ts";

const heads: Readonly<Record<HeadName, Head>> = { yolox, yolov8, detr, nanodet, ssd };
const forms = Object.values(heads)
  .map(({ form }) => form)
  .join("; ");

export interface Recognition {
  readonly file: string;
  readonly ports: GraphPorts;
  readonly head: HeadName | "auto";
  /** As the site file says; null: COCO's. */
  readonly classes: ClassPositions | null;
}

/**
 * Fails with MODEL_HEAD_UNKNOWN, MODEL_HEAD_UNCLEAR (several heads have this shape), MODEL_HEAD_UNFIT (the head that
 * was said does not fit) or MODEL_CLASSES_UNFIT.
 */
export function recognise(wanted: Recognition): Result<Match> {
  const match = wanted.head === "auto" ? only(wanted) : said(wanted, heads[wanted.head]);
  return match.ok ? withClasses(wanted, match.value) : match;
}

const found = ({ inputs, outputs }: GraphPorts) => ({ inputs: described(inputs), outputs: described(outputs) });

function said({ file, ports }: Recognition, head: Head): Result<Match> {
  const match = head.match(ports);
  if (match !== null) return ok(match);
  return failed(problem("MODEL_HEAD_UNFIT", { file, head: head.name, form: head.form, ...found(ports) }));
}

/**
 * YOLOX with C classes has the shape of a transposed YOLOv8 with C + 1; where the site brings no classes of its own,
 * COCO's 80 decide.
 */
function only({ file, ports, classes }: Recognition): Result<Match> {
  const matches = Object.values(heads).flatMap((head) => head.match(ports) ?? []);
  const coco = matches.filter((match) => match.classes === COCO_CLASSES);
  const left = classes === null && matches.length > 1 && coco.length > 0 ? coco : matches;
  const [first] = left;
  if (first === undefined) return failed(problem("MODEL_HEAD_UNKNOWN", { file, known: forms, ...found(ports) }));
  if (left.length === 1) return ok(first);
  const choices = left.map(({ head }) => head).join(", ");
  return failed(problem("MODEL_HEAD_UNCLEAR", { file, choices, ...found(ports) }));
}

function withClasses({ file, classes }: Recognition, match: Match): Result<Match> {
  if (match.classes === null) return ok(match);
  if (classes === null) {
    return match.classes === COCO_CLASSES
      ? ok(match)
      : failed(problem("MODEL_CLASSES_UNSAID", { file, head: match.head, classes: match.classes }));
  }
  const highest = Math.max(...Object.values(classes).flatMap((positions) => positions ?? []));
  if (highest < match.classes) return ok(match);
  return failed(
    problem("MODEL_CLASSES_UNFIT", {
      file,
      head: match.head,
      classes: match.classes,
      last: match.classes - 1,
      highest,
    }),
  );
}
