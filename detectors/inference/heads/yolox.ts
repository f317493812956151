/**
 * YOLOX (Ge et al. 2021): one row a cell of the grids at strides 8, 16 and 32: box, objectness, class scores, the
 * scores already probabilities. Exported raw, a centre is an offset in cells and a size the logarithm of strides
 * (YOLOX, demo_postprocess); exported with `--decode_in_inference`, both are input pixels.
 */
import type { Candidates } from "../candidates.ts";
import { addCentred, bestWanted } from "./add-box.ts";
import { type Cells, fixedCellCount, layCells } from "./cells.ts";
import { floatsOf, type Head, type HeadReader, type Match, plainPixels, type Reading } from "./head.ts";
import { fits, type GraphPorts, pictureInput } from "./ports.ts";

const strides = [8, 16, 32] as const;
/** x, y, w, h, objectness. */
const BEFORE_CLASSES = 5;

function match(ports: GraphPorts): Match | null {
  const picture = pictureInput(ports);
  const [output] = ports.outputs;
  if (picture === null || output === undefined || ports.outputs.length !== 1) return null;
  const width = output.dims[2] ?? 0;
  if (!fits(output, 1, fixedCellCount(picture.dims, strides), null) || width <= BEFORE_CLASSES) return null;
  return {
    head: "yolox",
    picture,
    classes: width - BEFORE_CLASSES,
    normalisation: { channels: "BGR", ...plainPixels },
    placement: "letterbox",
    multiple_px: 32,
    reader(first, reading) {
      const cells = layCells(reading.box.width, reading.box.height, strides);
      const values = floatsOf(first, output.name, 1, cells.count, width);
      if (typeof values === "string") return values;
      return readerOf(output.name, width, isRaw(values, width) ? cells : null, reading, cells.count);
    },
  };
}

/**
 * Raw centres lie within a few cells of their own cell, so their mean is near 0.5; in pixels the mean is near the
 * middle of the input, which is 16 or more.
 */
function isRaw(values: Float32Array, width: number): boolean {
  let sum = 0;
  for (let at = 0; at < values.length; at += width) sum += Math.abs(values[at] as number);
  return sum / (values.length / width) < 8;
}

function readerOf(name: string, width: number, grid: Cells | null, reading: Reading, room: number): HeadReader {
  const { wanted, scoreThreshold, box } = reading;
  return {
    room,
    read(outputs, out) {
      const values = outputs[name]?.data as Float32Array;
      for (let cell = 0, at = 0; cell < room; cell++, at += width) {
        const objectness = values[at + 4] as number;
        // No class can lift the product above the objectness: nearly every cell ends here.
        if (objectness < scoreThreshold) continue;
        const best = bestWanted(values, at + BEFORE_CLASSES, 1, wanted);
        const score = objectness * (values[at + BEFORE_CLASSES + (wanted.indices[best] as number)] as number);
        if (score >= scoreThreshold) addRow(out, grid, cell, values, at, score, wanted.vehicleClass[best] as number);
      }
    },
  };

  function addRow(
    out: Candidates,
    cells: Cells | null,
    cell: number,
    values: Float32Array,
    at: number,
    score: number,
    kind: number,
  ): void {
    const [x, y] = [values[at] as number, values[at + 1] as number];
    const [w, h] = [values[at + 2] as number, values[at + 3] as number];
    if (cells === null) {
      addCentred(out, box, x, y, w, h, score, kind);
      return;
    }
    const stride = cells.stride[cell] as number;
    const centreX = (x + (cells.column[cell] as number)) * stride;
    const centreY = (y + (cells.row[cell] as number)) * stride;
    addCentred(out, box, centreX, centreY, Math.exp(w) * stride, Math.exp(h) * stride, score, kind);
  }
}

export const yolox: Head = {
  name: "yolox",
  form: "yolox: picture 1x3xHxW; one output 1xNx(5+classes), N cells at strides 8, 16 and 32",
  match,
};
