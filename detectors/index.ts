/** The front door of `detectors`: what `api`, `bench` and `test` may use. */

export type { Calibration } from "./calibration/schema.ts";
export { createCameraFeed } from "./camera/camera-feed.ts";
export { burnIn } from "./clip/burn-in.ts";
export { type CodedPictures, readCodedPictures } from "./clip/coded-pictures.ts";
export { cropPicture } from "./clip/crop-picture.ts";
export { drawingToPng } from "./clip/drawing-to-png.ts";
export { examineClip } from "./clip/examine-clip.ts";
export { burnFilter, overlayDocument } from "./clip/overlay.ts";
export { type CountReport, countVideo } from "./count/count-video.ts";
export { detectImages } from "./detect/detect-images.ts";
export type { PictureDetections } from "./detect/messages.ts";
export type { CountingLine, MovementRule } from "./lane/schema.ts";
export { examineChoice } from "./models/examine-choice.ts";
export { examineModel } from "./models/examine-model.ts";
export { type ModelIdentity, modelIdentity } from "./models/model-identity.ts";
export { namedModel } from "./models/named-model.ts";
export { measureMachine } from "./pace/measure-machine.ts";
export { picturePoint } from "./picture-point.ts";
export type { PicturePlates } from "./plates/messages.ts";
export { platesInImages } from "./plates/plates-in-images.ts";
export {
  readVehiclePlate,
  readVehiclePlates,
  type VehicleOrder,
  type VehiclesReport,
} from "./plates/read-vehicle-plate.ts";
export { redactClip } from "./privacy/redact-clip.ts";
export { redactPictures } from "./privacy/redact-pictures.ts";
export { probeVideo } from "./probe/probe-video.ts";
export type { ProbeReport } from "./probe/report.ts";
export type { ClipPicture } from "./ring/cut-clip.ts";
export { type LeftBehind, tidyLeftBehind } from "./ring/left-behind.ts";
export { type CameraRecording, type Clip, openRing, pictureAt, type Ring } from "./ring/open-ring.ts";
export { ringOrder } from "./ring/ring-order.ts";
export { recordingSchema } from "./ring/schema.ts";
export { type Camera, cameraSchema, linesFileSchema, modelSchema, pointsFileSchema } from "./schema.ts";
export { usualFile } from "./watch/usual-file.ts";
