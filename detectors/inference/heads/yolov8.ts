/**
 * YOLOv8 and YOLO11 as Ultralytics exports them: one output of boxes (centre and size in input pixels) and class
 * probabilities, cells last (1 x (4 + classes) x N), or transposed as other tools write it.
 */
import { addCentred, bestWanted } from "./add-box.ts";
import { cellCount, fixedCellCount } from "./cells.ts";
import { floatsOf, type Head, type HeadReader, type Match, type Reading, unitPixels } from "./head.ts";
import { fits, type GraphPorts, type Port, pictureInput } from "./ports.ts";

const strides = [8, 16, 32] as const;
const BEFORE_CLASSES = 4;

/** Is the axis of cells the last one? Null: the output is not of this kind. */
function cellsLast(output: Port, cells: number | null): boolean | null {
  const [, second = null, third = null] = output.dims;
  const last = fits(output, 1, null, cells) && second !== null && second > BEFORE_CLASSES;
  const middle = fits(output, 1, cells, null) && third !== null && third > BEFORE_CLASSES;
  // With every size fixed both hold only by a freak of sizes; there are far more cells than classes.
  if (last && middle) return second !== null && third !== null ? third > second : third === null;
  return last ? true : middle ? false : null;
}

function match(ports: GraphPorts): Match | null {
  const picture = pictureInput(ports);
  const [output] = ports.outputs;
  if (picture === null || output === undefined || ports.outputs.length !== 1) return null;
  const last = cellsLast(output, fixedCellCount(picture.dims, strides));
  if (last === null) return null;
  const fields = output.dims[last ? 1 : 2] ?? 0;
  return {
    head: "yolov8",
    picture,
    classes: fields - BEFORE_CLASSES,
    normalisation: { channels: "RGB", ...unitPixels },
    placement: "letterbox",
    multiple_px: 32,
    reader(first, reading) {
      const cells = cellCount(reading.box.width, reading.box.height, strides);
      const dims = last ? [fields, cells] : [cells, fields];
      const values = floatsOf(first, output.name, 1, ...dims);
      if (typeof values === "string") return values;
      return readerOf(output.name, cells, last ? 1 : fields, last ? cells : 1, reading);
    },
  };
}

/** Field f of cell n stands at `n * cellStep + f * fieldStep`. */
function readerOf(name: string, room: number, cellStep: number, fieldStep: number, reading: Reading): HeadReader {
  const { wanted, scoreThreshold, box } = reading;
  return {
    room,
    read(outputs, out) {
      const values = outputs[name]?.data as Float32Array;
      for (let cell = 0, at = 0; cell < room; cell++, at += cellStep) {
        const classes = at + BEFORE_CLASSES * fieldStep;
        const best = bestWanted(values, classes, fieldStep, wanted);
        const score = values[classes + (wanted.indices[best] as number) * fieldStep] as number;
        if (score < scoreThreshold) continue;
        const x = values[at] as number;
        const y = values[at + fieldStep] as number;
        const w = values[at + 2 * fieldStep] as number;
        const h = values[at + 3 * fieldStep] as number;
        addCentred(out, box, x, y, w, h, score, wanted.vehicleClass[best] as number);
      }
    },
  };
}

export const yolov8: Head = {
  name: "yolov8",
  form: "yolov8 (also YOLO11): picture 1x3xHxW; one output 1x(4+classes)xN or 1xNx(4+classes), N cells at strides 8, 16 and 32",
  match,
};
