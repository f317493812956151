/**
 * A vehicle that was taken for road and drives off leaves a ghost: a place that differs from the background although
 * there is nothing. The ghost's outline is an edge in the background, and none in the picture; with a vehicle it is the
 * other way round. What keeps looking so is road from then on (compare Cucchiara et al., PAMI 2003, who ask for motion).
 */
import { type Blobs, mostBlobs } from "./blobs.ts";

/** The background's edges are so much stronger along the outline. */
const stronger = 1.5;
/** Pixels on each side of an outline: the blob ends a pixel or so inside of what it shows. */
const reach = 2;
/** For so long. */
const haunts_s = 0.5;

export interface Ghosts {
  /** [height x width]: 1 where a ghost was found, after `look`. */
  readonly found: Uint8Array;
  /** Is there a ghost among the blobs of the picture `rgb`? Both pictures are [height x width x 3]; `dt_s` since the last look. */
  look(blobs: Blobs, rgb: Float32Array, background: Float32Array, dt_s: number): boolean;
}

export function createGhosts(width: number, height: number): Ghosts {
  const pixels = width * height;
  const found = new Uint8Array(pixels);
  const haunted_s = new Float32Array(pixels);
  const inPicture = new Float32Array(mostBlobs);
  const inBackground = new Float32Array(mostBlobs);

  const addOutlines = ({ labels }: Blobs, rgb: Float32Array, background: Float32Array): void => {
    for (let y = reach; y < height - reach; y++) {
      for (let p = y * width + reach; p < y * width + width - reach; p++) {
        const blob = (labels[p] as number) - 1;
        if (blob < 0 || blob >= mostBlobs || !isOutline(labels, p, width)) continue;
        inPicture[blob] = (inPicture[blob] as number) + edge(rgb, p, width);
        inBackground[blob] = (inBackground[blob] as number) + edge(background, p, width);
      }
    }
  };

  return {
    found,
    look(blobs, rgb, background, dt_s) {
      inPicture.fill(0, 0, blobs.count);
      inBackground.fill(0, 0, blobs.count);
      addOutlines(blobs, rgb, background);
      let any = false;
      for (let p = 0; p < pixels; p++) {
        const blob = (blobs.labels[p] as number) - 1;
        const ghostly =
          blob >= 0 && blob < blobs.count && (inBackground[blob] as number) > stronger * (inPicture[blob] as number);
        const since_s = ghostly ? (haunted_s[p] as number) + dt_s : 0;
        found[p] = since_s >= haunts_s ? 1 : 0;
        haunted_s[p] = found[p] === 1 ? 0 : since_s;
        any ||= found[p] === 1;
      }
      return any;
    },
  };
}

const isOutline = (labels: Uint16Array, p: number, width: number): boolean =>
  labels[p - 1] !== labels[p] ||
  labels[p + 1] !== labels[p] ||
  labels[p - width] !== labels[p] ||
  labels[p + width] !== labels[p];

/** How much the green channel changes around `p`. */
function edge(rgb: Float32Array, p: number, width: number): number {
  const green = p * 3 + 1;
  const [across, along] = [reach * 3, reach * width * 3];
  return (
    Math.abs((rgb[green + across] as number) - (rgb[green - across] as number)) +
    Math.abs((rgb[green + along] as number) - (rgb[green - along] as number))
  );
}
