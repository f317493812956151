/**
 * What a model is judged on: labelled pictures as they are, or several on one canvas. The second is the same street from
 * farther away, which is as near as pictures taken on the road come to a camera on a pole: in size, not in view.
 */
import sharp from "sharp";
import { ProblemError } from "../../core/problems/problem.ts";
import { type Picture, readPicture } from "../detect/picture.ts";
import type { LabelledBox } from "./labels.ts";

export interface LabelledFile {
  readonly file: string;
  readonly labels: readonly LabelledBox[];
  readonly unlabelled: readonly LabelledBox[];
}

export interface Scene extends Omit<LabelledFile, "file"> {
  readonly picture: Picture;
}

const canvas = { width: 1280, height: 720 } as const;

/** Scenes of `cells` x `cells` pictures each, in the order given. Rejects with a `ProblemError` for a picture that cannot be read. */
export async function* scenesOf(files: readonly LabelledFile[], cells: number): AsyncGenerator<Scene> {
  for (let i = 0; i < files.length; i += cells * cells) {
    const group = files.slice(i, i + cells * cells);
    const [first] = group;
    if (first === undefined) return;
    yield cells === 1 ? { ...first, picture: await read(first.file) } : await mosaicOf(group, cells);
  }
}

async function read(file: string): Promise<Picture> {
  const picture = await readPicture(file);
  if (!picture.ok) throw new ProblemError(picture.problems);
  return picture.value;
}

async function mosaicOf(group: readonly LabelledFile[], cells: number): Promise<Scene> {
  const cut = (length: number, i: number): number => Math.round((length * i) / cells);
  const parts = await Promise.all(
    group.map(async ({ file, labels, unlabelled }, i) => {
      const [column, row] = [i % cells, Math.floor(i / cells)];
      const [left, top] = [cut(canvas.width, column), cut(canvas.height, row)];
      const [width, height] = [cut(canvas.width, column + 1) - left, cut(canvas.height, row + 1) - top];
      const picture = await read(file);
      const raw = { width: picture.width, height: picture.height, channels: 3 } as const;
      const input = await sharp(picture.rgb, { raw }).resize(width, height, { fit: "fill" }).png().toBuffer();
      const moved = ({ class: name, box: [x, y, w, h] }: LabelledBox): LabelledBox => {
        const [sx, sy] = [width / picture.width, height / picture.height];
        return { class: name, box: [left + x * sx, top + y * sy, w * sx, h * sy] };
      };
      return { input, left, top, labels: labels.map(moved), unlabelled: unlabelled.map(moved) };
    }),
  );
  const grey = { create: { ...canvas, channels: 3, background: "#727272" } } as const;
  const rgb = await sharp(grey).composite(parts).removeAlpha().raw().toBuffer();
  return {
    picture: { ...canvas, rgb },
    labels: parts.flatMap(({ labels }) => labels),
    unlabelled: parts.flatMap(({ unlabelled }) => unlabelled),
  };
}
