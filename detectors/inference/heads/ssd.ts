/**
 * SSD (Liu et al. 2016) as TensorFlow's Object Detection API has it: each anchor has a logit for every class, the
 * background first, and four offsets of a box from it. The anchors, corners as shares of the picture, are an output of
 * the graph too, so that the file is all there is to know.
 */
import type { Candidates } from "../candidates.ts";
import { addCorners, bestWanted } from "./add-box.ts";
import { floatsOf, type Head, type HeadReader, type Match, type Reading } from "./head.ts";
import { fits, type GraphPorts, type Port, pictureInput } from "./ports.ts";

/** Offsets of centres are in tenths of the anchor's size, logarithms of sizes in fifths (`FasterRcnnBoxCoder` 10, 10, 5, 5). */
const centreScale = 1 / 10;
const sizeScale = 1 / 5;

/** Values of 0 to 255 as -1 to 1. */
const signedPixels = {
  channels: "RGB",
  mean: [127.5, 127.5, 127.5],
  std: [127.5, 127.5, 127.5],
  padding: 114,
} as const;

interface Names {
  readonly logits: string;
  readonly offsets: string;
  readonly anchors: string;
}

/** By the words in their names: offsets and anchors have one shape. */
function outputsOf({ outputs }: GraphPorts): Readonly<Record<keyof Names, Port>> | null {
  const named = (word: string): Port | undefined => outputs.find(({ name }) => name.toLowerCase().includes(word));
  const [logits, offsets, anchors] = [named("logit"), named("offset"), named("anchor")];
  if (outputs.length !== 3 || logits === undefined || offsets === undefined || anchors === undefined) return null;
  return { logits, offsets, anchors };
}

function match(ports: GraphPorts): Match | null {
  const picture = pictureInput(ports);
  const outputs = outputsOf(ports);
  if (picture === null || outputs === null) return null;
  const { logits, offsets, anchors } = outputs;
  const classes = logits.dims[2] ?? null;
  const count = logits.dims[1] ?? null;
  if (classes === null || !fits(logits, 1, count, classes)) return null;
  if (!fits(offsets, 1, count, 4) || !fits(anchors, 1, count, 4)) return null;
  return {
    head: "ssd",
    picture,
    classes,
    normalisation: signedPixels,
    placement: "stretch",
    multiple_px: 32,
    reader(first, reading) {
      const found = first[logits.name]?.dims[1] ?? 0;
      const values = floatsOf(first, anchors.name, 1, found, 4);
      const wrong = [
        floatsOf(first, logits.name, 1, found, classes),
        floatsOf(first, offsets.name, 1, found, 4),
        values,
      ];
      const reason = wrong.find((each) => typeof each === "string");
      if (typeof reason === "string" || typeof values === "string") return String(reason);
      const names = { logits: logits.name, offsets: offsets.name, anchors: anchors.name };
      return readerOf(names, centred(values), classes, reading);
    },
  };
}

/** Anchors as [centre y, centre x, height, width], from [top, left, bottom, right]. */
function centred(corners: Float32Array): Float32Array {
  const anchors = new Float32Array(corners.length);
  for (let at = 0; at < corners.length; at += 4) {
    const [top, left, bottom, right] = corners.subarray(at, at + 4) as unknown as [number, number, number, number];
    anchors.set([(top + bottom) / 2, (left + right) / 2, bottom - top, right - left], at);
  }
  return anchors;
}

function readerOf(names: Names, anchors: Float32Array, classes: number, reading: Reading): HeadReader {
  const { wanted, scoreThreshold, box } = reading;
  const { frameWidth, frameHeight } = box;
  const room = anchors.length / 4;
  // The sigmoid rises, so the threshold is compared before it.
  const leastLogit = Math.log(scoreThreshold / (1 - scoreThreshold));
  return {
    room,
    read(outputs, out) {
      const logits = outputs[names.logits]?.data as Float32Array;
      const offsets = outputs[names.offsets]?.data as Float32Array;
      for (let anchor = 0, from = 0; anchor < room; anchor++, from += classes) {
        const best = bestWanted(logits, from, 1, wanted);
        const logit = logits[from + (wanted.indices[best] as number)] as number;
        if (logit < leastLogit) continue;
        addBox(offsets, anchor * 4, 1 / (1 + Math.exp(-logit)), wanted.vehicleClass[best] as number, out);
      }
    },
  };

  function addBox(offsets: Float32Array, at: number, score: number, kind: number, out: Candidates): void {
    const height = anchors[at + 2] as number;
    const width = anchors[at + 3] as number;
    const y = ((anchors[at] as number) + (offsets[at] as number) * centreScale * height) * frameHeight;
    const x = ((anchors[at + 1] as number) + (offsets[at + 1] as number) * centreScale * width) * frameWidth;
    const h = (Math.exp((offsets[at + 2] as number) * sizeScale) * height * frameHeight) / 2;
    const w = (Math.exp((offsets[at + 3] as number) * sizeScale) * width * frameWidth) / 2;
    addCorners(out, box, x - w, y - h, x + w, y + h, score, kind);
  }
}

export const ssd: Head = {
  name: "ssd",
  form: "ssd: picture 1x3xHxW, outputs logits 1xNxclasses (background first), offsets 1xNx4 and anchors 1xNx4",
  match,
};
