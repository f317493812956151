/** Where in the picture a camera looks, and in how many parts. */
import { z } from "zod";
import { picturePoint } from "../../picture-point.ts";

/**
 * `watch`: road users standing outside of all such areas are dropped, and only the rectangle around the areas is looked
 * at. `ignore`: those inside are dropped. `carriageway`: whoever is there without a car rides.
 */
export const regionSchema = z.strictObject({
  kind: z.enum(["watch", "ignore", "carriageway"]),
  area: z.array(picturePoint).min(3).max(40),
});

/** Share of a part's side that it has in common with the next. */
const overlap = z.number().min(0.05).max(0.5).default(0.2);
const mostParts = 8;
const parts = z.number().int().min(1).max(mostParts);

/** The picture in parts, each at the full input of the network. */
export const tilesSchema = z
  .strictObject({
    columns: parts.optional(),
    rows: parts.optional(),
    /** Instead of both: height of a motorcycle with its rider at the line, as a share of the picture's height. */
    motorcycle_height: z.number().min(0.005).max(1).optional(),
    overlap,
  })
  .refine(
    ({ columns, rows, motorcycle_height }) =>
      (columns === undefined) === (rows === undefined) && (columns === undefined) !== (motorcycle_height === undefined),
    "TILES_UNCLEAR",
  );

export type Region = Readonly<z.infer<typeof regionSchema>>;
export type Tiles = Readonly<z.infer<typeof tilesSchema>>;
