/**
 * A frame of bytes to planes of floats of another size: rows are weighed together, then columns, then normalised. In
 * WebAssembly (`resampled-planes.wat`), four numbers at a time.
 */
import { type CompiledMemory, compiledModule, laidOut } from "./compiled-module.ts";
import type { Letterbox } from "./letterbox.ts";
import { resampleTaps } from "./resample.ts";

interface Compiled {
  readonly memory: CompiledMemory;
  blend(from: number, bytes: number, taps: number, weights: number, line: number): void;
  write(
    firsts: number,
    taps: number,
    weights: number,
    pixels: number,
    scaling: number,
    first: number,
    second: number,
    third: number,
  ): void;
}

/** `resampled-planes.wat`, compiled by the npm package wabt. */
export const compiledResampledPlanes =
  "AGFzbQEAAAABFAJgBX9/f39/AGAIf39/f39/f38AAwMCAAEFAwEAAQcaAwZtZW1vcnkCAAVibGVuZAAABXdyaXRlAAEK9QMCrgICBH8HeyAAIA" +
  "FqIQUgAyACQQJ0aiEIA0AgACEGIAMhB/0MAAAAAAAAAAAAAAAAAAAAACEM/QwAAAAAAAAAAAAAAAAAAAAAIQ39DAAAAAAAAAAAAAAAAAAAAAAh" +
  "Dv0MAAAAAAAAAAAAAAAAAAAAACEPA0AgBv0ABAAhCSAH/QkCACELIAn9iQEhCiAMIAsgCv2pAf36Af3mAf3kASEMIA0gCyAK/aoB/foB/eYB/e" +
  "QBIQ0gCf2KASEKIA4gCyAK/akB/foB/eYB/eQBIQ4gDyALIAr9qgH9+gH95gH95AEhDyAGIAFqIQYgB0EEaiEHIAcgCEkNAAsgBCAM/QsEACAE" +
  "IA39CwQQIAQgDv0LBCAgBCAP/QsEMCAEQcAAaiEEIABBEGohACAAIAVJDQALC8IBAgN/A3sgBP0ABAAhDCAE/QAEECENIAAgA0ECdGohCANAIA" +
  "AoAgAhCSACIAFBAnRqIQr9DAAAAAAAAAAAAAAAAAAAAAAhCwNAIAsgCf0ABAAgAv0JAgD95gH95AEhCyAJQQxqIQkgAkEEaiECIAIgCkkNAAsg" +
  "CyAM/eUBIA395gEhCyAFIAv9WgIAACAGIAv9WgIAASAHIAv9WgIAAiAFQQRqIQUgBkEEaiEGIAdBBGohByAAQQRqIQAgACAISQ0ACws=";

const instance = compiledModule<Compiled>(compiledResampledPlanes);
const float_bytes = 4;
/** Bytes, and the floats made of them, are handled by so many at a time: a row may be read and written so far behind its end. */
const together = 16;
/** Of the frame's rows at a time, about: they stay in the processor's cache until they are weighed. */
const strip_bytes = 1 << 17;

export interface ResampledPlanes {
  /** [3 x height x width], the same memory for ever. */
  readonly planes: Float32Array;
  /** `rgb`: frameHeight x frameWidth x 3. What lies beside the picture stays as it is. */
  fill(rgb: Uint8Array): void;
}

/** By interleaved colour: which plane it goes to, what is taken off its value, and by what the rest is multiplied. */
export interface ColourScaling {
  readonly plane: readonly [number, number, number];
  readonly mean: readonly [number, number, number];
  readonly factor: readonly [number, number, number];
}

export function createResampledPlanes(box: Letterbox, { plane, mean, factor }: ColourScaling): ResampledPlanes {
  const { frameWidth, frameHeight, pictureWidth, pictureHeight, width, height } = box;
  const { memory, blend, write } = instance();
  const columns = resampleTaps(frameWidth, pictureWidth);
  const rows = resampleTaps(frameHeight, pictureHeight);
  const [area, rowBytes] = [width * height, frameWidth * 3];
  const stripRows = Math.max(1, Math.floor((strip_bytes / rowBytes - rows.count) * (pictureHeight / frameHeight)));
  /** What so many rows of the picture are made of; the first of them may begin anywhere in a row of the frame. */
  const stripFrameRows = Math.min(frameHeight, Math.ceil((stripRows * frameHeight) / pictureHeight) + rows.count + 1);
  const at = laidOut(memory, {
    rowWeights: rows.weights.byteLength,
    weights: columns.weights.byteLength,
    firsts: columns.first.byteLength,
    scaling: 8 * float_bytes,
    strip: stripFrameRows * rowBytes + together,
    line: (rowBytes + together) * float_bytes,
    planes: 3 * area * float_bytes,
  });
  const { buffer } = memory;
  new Float32Array(buffer, at.rowWeights).set(rows.weights);
  new Float32Array(buffer, at.weights).set(columns.weights);
  new Int32Array(buffer, at.firsts).set(columns.first.map((pixel) => at.line + pixel * 3 * float_bytes));
  new Float32Array(buffer, at.scaling).set([...mean, 0, ...factor, 0]);
  const bytes = new Uint8Array(buffer, at.strip, stripFrameRows * rowBytes);
  const [first, second, third] = plane.map((own) => at.planes + own * area * float_bytes) as [number, number, number];

  const writeStrip = (rgb: Uint8Array, from: number, to: number): void => {
    const start = rows.first[from] as number;
    const end = (rows.first[to - 1] as number) + rows.count;
    bytes.set(rgb.subarray(start * rowBytes, end * rowBytes));
    for (let y = from; y < to; y++) {
      const own = at.strip + ((rows.first[y] as number) - start) * rowBytes;
      blend(own, rowBytes, rows.count, at.rowWeights + y * rows.count * float_bytes, at.line);
      const out = y * width * float_bytes;
      write(at.firsts, columns.count, at.weights, pictureWidth, at.scaling, first + out, second + out, third + out);
    }
  };

  return {
    planes: new Float32Array(buffer, at.planes, 3 * area),
    fill(rgb) {
      for (let y = 0; y < pictureHeight; y += stripRows) writeStrip(rgb, y, Math.min(pictureHeight, y + stripRows));
    },
  };
}
