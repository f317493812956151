/** The front door of `detectors`: what `api`, `bench` and `test` may use. */

export { type CountOptions, type CountReport, countVideo, type LineCount } from "./count/count-video.ts";
export { type CameraFeedOptions, createCameraFeed } from "./camera/camera-feed.ts";
export { type DetectOptions, type DetectReport, detectImages } from "./detect/detect-images.ts";
export type { Detection, PictureDetections } from "./detect/messages.ts";
export { examineModel } from "./models/examine-model.ts";
export { type Camera, type CameraLine, type CountingLine, cameraSchema, linesFileSchema } from "./schema.ts";
