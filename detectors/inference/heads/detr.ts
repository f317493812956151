/**
 * RT-DETR (Zhao et al. 2023) and D-FINE (Peng et al. 2024). Deployed, the graph takes the frame's size and gives
 * labels, boxes (corners in frame pixels) and scores; exported plain, it gives class logits and boxes (centre and size
 * as shares of the picture). The picture is stretched over the whole input, as in their training.
 */
import { addCorners, bestWanted } from "./add-box.ts";
import { floatsOf, type Head, type HeadReader, type Match, type Outputs, type Reading, unitPixels } from "./head.ts";
import { fits, type GraphPorts, type Port, pictureInput } from "./ports.ts";

const isWhole = ({ type }: Port): boolean => type === "int64" || type === "int32";
const isFloat = ({ type }: Port): boolean => type === "float32";

const shared = {
  head: "detr",
  normalisation: { channels: "RGB", ...unitPixels },
  placement: "stretch",
  multiple_px: 32,
} as const;

function match(ports: GraphPorts): Match | null {
  const picture = pictureInput(ports);
  if (picture === null) return null;
  const boxes = ports.outputs.find((port) => isFloat(port) && fits(port, 1, null, 4) && port.dims[2] === 4);
  if (boxes === undefined) return null;
  const others = ports.outputs.filter((port) => port !== boxes);
  return deployed(ports, picture, boxes, others) ?? plain(ports, picture, boxes, others);
}

function deployed(ports: GraphPorts, picture: Port, boxes: Port, others: readonly Port[]): Match | null {
  const size = ports.inputs.find((port) => port.type === "int64" && fits(port, 1, 2));
  const labels = others.find((port) => isWhole(port) && fits(port, 1, null));
  const scores = others.find((port) => isFloat(port) && fits(port, 1, null));
  if (size === undefined || labels === undefined || scores === undefined) return null;
  if (ports.inputs.length !== 2 || others.length !== 2) return null;
  return {
    ...shared,
    picture,
    sizeInput: size.name,
    classes: null,
    reader(first, reading) {
      const count = first[scores.name]?.dims[1] ?? 0;
      const wrong = [floatsOf(first, scores.name, 1, count), floatsOf(first, boxes.name, 1, count, 4)];
      const reason = wrong.find((each) => typeof each === "string");
      if (typeof reason === "string") return reason;
      if (first[labels.name]?.dims.join("x") !== `1x${count}`) return `${labels.name} is not 1x${count}`;
      return labelReader({ labels: labels.name, boxes: boxes.name, scores: scores.name }, count, reading);
    },
  };
}

interface DeployedNames {
  readonly labels: string;
  readonly boxes: string;
  readonly scores: string;
}

function labelReader(names: DeployedNames, room: number, { wanted, scoreThreshold, box }: Reading): HeadReader {
  const kindOf = new Map(Array.from(wanted.indices, (label, w) => [label, wanted.vehicleClass[w] as number]));
  return {
    room,
    read(outputs, out) {
      const scores = outputs[names.scores]?.data as Float32Array;
      const corners = outputs[names.boxes]?.data as Float32Array;
      const labels = outputs[names.labels]?.data as BigInt64Array | Int32Array;
      for (let query = 0, at = 0; query < room; query++, at += 4) {
        const score = scores[query] as number;
        if (score < scoreThreshold) continue;
        const kind = kindOf.get(Number(labels[query]));
        if (kind === undefined) continue;
        const [x0, y0] = [corners[at] as number, corners[at + 1] as number];
        addCorners(out, box, x0, y0, corners[at + 2] as number, corners[at + 3] as number, score, kind);
      }
    },
  };
}

function plain(ports: GraphPorts, picture: Port, boxes: Port, others: readonly Port[]): Match | null {
  const [logits] = others;
  if (logits === undefined || others.length !== 1 || ports.inputs.length !== 1) return null;
  const classes = logits.dims[2] ?? null;
  if (!isFloat(logits) || !fits(logits, 1, null, null) || classes === null) return null;
  return {
    ...shared,
    picture,
    classes,
    reader(first, reading) {
      const count = first[logits.name]?.dims[1] ?? 0;
      const wrong = [floatsOf(first, logits.name, 1, count, classes), floatsOf(first, boxes.name, 1, count, 4)];
      const reason = wrong.find((each) => typeof each === "string");
      return typeof reason === "string" ? reason : logitReader(logits.name, boxes.name, classes, count, reading);
    },
  };
}

function logitReader(logits: string, boxes: string, classes: number, room: number, reading: Reading): HeadReader {
  const { wanted, scoreThreshold, box } = reading;
  const { frameWidth, frameHeight } = box;
  // The sigmoid rises, so the threshold is compared before it.
  const leastLogit = Math.log(scoreThreshold / (1 - scoreThreshold));
  return {
    room,
    read(outputs: Outputs, out) {
      const values = outputs[logits]?.data as Float32Array;
      const shares = outputs[boxes]?.data as Float32Array;
      for (let query = 0, from = 0, at = 0; query < room; query++, from += classes, at += 4) {
        const best = bestWanted(values, from, 1, wanted);
        const logit = values[from + (wanted.indices[best] as number)] as number;
        if (logit < leastLogit) continue;
        const x = (shares[at] as number) * frameWidth;
        const y = (shares[at + 1] as number) * frameHeight;
        const w = ((shares[at + 2] as number) * frameWidth) / 2;
        const h = ((shares[at + 3] as number) * frameHeight) / 2;
        const score = 1 / (1 + Math.exp(-logit));
        addCorners(out, box, x - w, y - h, x + w, y + h, score, wanted.vehicleClass[best] as number);
      }
    },
  };
}

export const detr: Head = {
  name: "detr",
  form: "detr (RT-DETR, D-FINE): picture 1x3xHxW and size int64 1x2, outputs labels 1xQ, boxes 1xQx4, scores 1xQ; or picture alone, outputs logits 1xQxclasses and boxes 1xQx4",
  match,
};
