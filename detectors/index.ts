/** The front door of `detectors`: what `api`, `bench` and `test` may use. */
export { type Camera, type CameraLine, type CountingLine, cameraSchema, linesFileSchema } from "./schema.ts";
