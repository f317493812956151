/**
 * NanoDet (RangiLyu 2020), class scores as probabilities and each side's distance as a distribution: one pair of
 * outputs a level, or, as NanoDet-Plus exports it, all levels in one output, scores and distributions side by side.
 */
import { type Decoding, decodeLevel, expectation, type Level } from "../decode.ts";
import { addCorners, bestWanted } from "./add-box.ts";
import { cellCount, fixedCellCount, layCells } from "./cells.ts";
import { floatsOf, type Head, type HeadReader, type Match, type Outputs, type Reading } from "./head.ts";
import { fits, type GraphPorts, type Port, pictureInput } from "./ports.ts";

const plusStrides = [8, 16, 32, 64] as const;
/** Of NanoDet-Plus: 4 sides x (7 + 1). */
const plusBins = 8;

const shared = {
  head: "nanodet",
  /** Means and deviations of ImageNet, as in NanoDet's own settings. */
  normalisation: { channels: "BGR", mean: [103.53, 116.28, 123.675], std: [57.375, 57.12, 58.395], padding: 114 },
  placement: "letterbox",
} as const;

const match = (ports: GraphPorts): Match | null => {
  const picture = pictureInput(ports);
  return picture === null ? null : (levels(ports, picture) ?? plus(ports, picture));
};

interface Pair {
  readonly scores: Port;
  readonly bins: Port;
}

/** The outputs by the words in their names; both kinds in order of level. */
function pairs({ outputs }: GraphPorts): readonly Pair[] {
  const scores = outputs.filter(({ name }) => /cls|score/i.test(name));
  const bins = outputs.filter(({ name }) => /dis|bin|reg/i.test(name));
  if (scores.length !== bins.length || scores.length + bins.length !== outputs.length) return [];
  return scores.flatMap((port, i) => (bins[i] === undefined ? [] : [{ scores: port, bins: bins[i] }]));
}

function levels(ports: GraphPorts, picture: Port): Match | null {
  const found = pairs(ports);
  const classes = found[0]?.scores.dims[2] ?? null;
  const width = found[0]?.bins.dims[2] ?? null;
  if (classes === null || width === null || width % 4 !== 0 || width < 8) return null;
  const fit = found.every((pair) => fits(pair.scores, 1, null, classes) && fits(pair.bins, 1, null, width));
  if (!fit) return null;
  return {
    ...shared,
    picture,
    classes,
    multiple_px: 32,
    reader(first, reading) {
      const strides = found.map(({ scores }) => strideOf(first[scores.name]?.dims[1] ?? 0, reading));
      for (const [i, { scores, bins }] of found.entries()) {
        const cells = cellCount(reading.box.width, reading.box.height, [strides[i] ?? 1]);
        const wrong = [floatsOf(first, scores.name, 1, cells, classes), floatsOf(first, bins.name, 1, cells, width)];
        const reason = wrong.find((each) => typeof each === "string");
        if (typeof reason === "string") return reason;
      }
      return levelReader(found, strides, classes, width / 4, reading);
    },
  };
}

/** The stride at which the input has this many cells: strides are powers of two. */
const strideOf = (cells: number, { box }: Reading): number =>
  2 ** Math.round(Math.log2((box.width * box.height) / Math.max(1, cells)) / 2);

function levelReader(
  found: readonly Pair[],
  strides: readonly number[],
  classes: number,
  bins: number,
  { wanted, scoreThreshold, box }: Reading,
): HeadReader {
  const { frameHeight, frameWidth, scaleX, scaleY } = box;
  const decoding: Decoding = {
    scoresPerCell: classes,
    bins,
    wanted: wanted.indices,
    vehicleClass: wanted.vehicleClass,
    scoreThreshold,
    scaleX,
    scaleY,
    frameWidth,
    frameHeight,
  };
  /** The arrays of a level are those of the tensors, which are the same in every run. */
  const levelsOf = (outputs: Outputs): readonly Level[] =>
    found.map((pair, i) => {
      const stride = strides[i] ?? 1;
      return {
        stride,
        columns: Math.ceil(box.width / stride),
        rows: Math.ceil(box.height / stride),
        scores: outputs[pair.scores.name]?.data as Float32Array,
        bins: outputs[pair.bins.name]?.data as Float32Array,
      };
    });
  let seen: Outputs | null = null;
  let now: readonly Level[] = [];
  return {
    room: cellCount(box.width, box.height, strides),
    read(outputs, out) {
      if (outputs !== seen) now = levelsOf(outputs);
      seen = outputs;
      for (const level of now) decodeLevel(level, decoding, out);
    },
  };
}

function plus(ports: GraphPorts, picture: Port): Match | null {
  const [output] = ports.outputs;
  if (output === undefined || ports.outputs.length !== 1) return null;
  const width = output.dims[2] ?? 0;
  const cells = fixedCellCount(picture.dims, plusStrides);
  if (!fits(output, 1, cells, null) || width <= 4 * plusBins) return null;
  return {
    ...shared,
    picture,
    classes: width - 4 * plusBins,
    multiple_px: 64,
    reader(first, reading) {
      const count = cellCount(reading.box.width, reading.box.height, plusStrides);
      const values = floatsOf(first, output.name, 1, count, width);
      return typeof values === "string" ? values : plusReader(output.name, width, reading);
    },
  };
}

function plusReader(name: string, width: number, { wanted, scoreThreshold, box }: Reading): HeadReader {
  const { scaleX, scaleY } = box;
  const cells = layCells(box.width, box.height, plusStrides);
  const sides = width - 4 * plusBins;
  return {
    room: cells.count,
    read(outputs, out) {
      const values = outputs[name]?.data as Float32Array;
      for (let cell = 0, at = 0; cell < cells.count; cell++, at += width) {
        const best = bestWanted(values, at, 1, wanted);
        const score = values[at + (wanted.indices[best] as number)] as number;
        if (score < scoreThreshold) continue;
        const stride = cells.stride[cell] as number;
        // NanoDet-Plus measures from a cell's corner, its predecessors from the middle.
        const x = (cells.column[cell] as number) * stride;
        const y = (cells.row[cell] as number) * stride;
        const from = at + sides;
        addCorners(
          out,
          box,
          (x - expectation(values, from, plusBins) * stride) * scaleX,
          (y - expectation(values, from + plusBins, plusBins) * stride) * scaleY,
          (x + expectation(values, from + 2 * plusBins, plusBins) * stride) * scaleX,
          (y + expectation(values, from + 3 * plusBins, plusBins) * stride) * scaleY,
          score,
          wanted.vehicleClass[best] as number,
        );
      }
    },
  };
}

export const nanodet: Head = {
  name: "nanodet",
  form: "nanodet: picture 1x3xHxW; a pair of outputs a level, cls… 1xNxclasses and dis… 1xNx(4xbins), or NanoDet-Plus' one output 1xNx(classes+32), N cells at strides 8, 16, 32 and 64",
  match,
};
