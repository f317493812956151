/** A place in the picture: shares of its width and height, origin top left. */
import { z } from "zod";

const coordinate = z.number().min(0, "OUTSIDE_PICTURE").max(1, "OUTSIDE_PICTURE");

export const picturePoint = z.tuple([coordinate, coordinate]);
