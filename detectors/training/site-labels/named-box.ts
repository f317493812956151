/** Labels as a data set has them: pictures by name, boxes by the data set's own class names. */

export interface NamedBox {
  readonly name: string;
  /** x, y, w, h in pixels of the upright picture, from its top left corner. */
  readonly box: readonly [number, number, number, number];
}

/** By file of the picture; a picture without boxes is one without road users. */
export type NamedLabels = Map<string, NamedBox[]>;

export function boxesOf(labels: NamedLabels, file: string): NamedBox[] {
  const boxes = labels.get(file) ?? [];
  labels.set(file, boxes);
  return boxes;
}
