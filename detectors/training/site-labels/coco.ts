/** Labels in COCO's JSON, as CVAT, Label Studio and Roboflow export them: boxes as x, y, w, h in pixels. */
import { basename, join } from "node:path";
import { z } from "zod";
import { boxesOf, type NamedLabels } from "./named-box.ts";

const cocoSchema = z.object({
  images: z.array(z.object({ id: z.union([z.number(), z.string()]), file_name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      category_id: z.number(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
    }),
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
});

/** Throws with the reason when `text` is no such document. */
export function readCoco(text: string, images: string): NamedLabels {
  const parsed = cocoSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(parsed.error.issues.map((i) => `${i.path.join(".")}: ${i.message}`).join("; "));
  const { images: pictures, annotations, categories } = parsed.data;
  // Exports keep the folders of the machine that they come from.
  const files = new Map(pictures.map(({ id, file_name }) => [id, join(images, basename(file_name))]));
  const names = new Map(categories.map(({ id, name }) => [id, name]));
  const labels: NamedLabels = new Map([...files.values()].map((file) => [file, []]));
  for (const { image_id, category_id, bbox } of annotations) {
    const file = files.get(image_id);
    if (file === undefined)
      throw new Error(`an annotation is of the picture ${image_id}, which is not among the images`);
    boxesOf(labels, file).push({ name: names.get(category_id) ?? `${category_id}`, box: bbox });
  }
  return labels;
}
