/** How large a camera's pictures need to be for its detector. */
import type { Eye } from "../schema.ts";
import { modelSchema } from "../schema.ts";
import { inputSide_px } from "./open-detector.ts";

/**
 * Longer side, in pixels, of the largest picture that shows the detector more than a smaller one would; undefined where that
 * is not known before the picture: regions and tiles are cut out of it, a background is compared on its own scale, and the
 * input of a site's own network may be fixed in its file. SSDLite stretches the picture, so that its shorter side counts too.
 */
export function pictureSide_px({ model = modelSchema.parse({}), regions = [] }: Eye): number | undefined {
  const parts = regions.length > 0 || model.tiles !== undefined;
  const named = model.use === "background" || model.use === "ssdlite-mobilenet-v2";
  const unknown = named || (model.file !== undefined && model.input_px === undefined);
  return parts || unknown ? undefined : inputSide_px(model);
}
