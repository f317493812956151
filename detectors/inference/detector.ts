/** What a detector promises, whatever network is behind it. */

/** Boxes of one frame. The arrays are reused by the next call: copy what must outlive it. */
export interface Detections {
  count: number;
  /** [capacity x 4]: x, y, w, h in frame pixels, top left corner, by falling score. */
  readonly boxes: Float32Array;
  readonly scores: Float32Array;
  /** Index into `vehicleClasses` of core/traffic/vehicle-class.ts. */
  readonly classes: Uint8Array;
}

export interface Detector {
  /**
   * `rgb`: height x width x 3 bytes, row major. `time_s` is the picture's own time, for detectors that learn from picture
   * to picture. One call at a time.
   */
  detect(rgb: Uint8Array, width: number, height: number, time_s?: number): Promise<Detections>;
  close(): Promise<void>;
}
