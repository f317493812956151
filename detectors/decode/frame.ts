/** One decoded picture. */
export interface Frame {
  /** height x width x 3 bytes, row major; valid until the frame is given back. */
  rgb: Uint8Array;
  width: number;
  height: number;
  /** The stream's own time of this picture. */
  pts_s: number;
  /** Whose clock that is: when the connection was opened. */
  session_ms: number;
  /** When its last byte reached us, milliseconds since the Unix epoch. */
  arrival_ms: number;
  /** Since the picture before, receiver or decoder complained about what the source sends. */
  damaged: boolean;
}
