/** Who looks at the coded packets of a source while its pictures are decoded. It never makes anybody wait. */
import type { NutVideo } from "./nut-headers.ts";

export interface PacketTap {
  /** Packets begin to come. `session_ms`: when this connection was opened, its name among the connections of a source. */
  stream(stream: NutVideo, session_ms: number): void;
  /** Where the next packet of so many bytes goes, exactly as long. */
  take(bytes: number, key: boolean): Uint8Array;
  /** The packet taken last is complete. `ticks`: its time in the stream's own time base; NaN when the source gave none. */
  packet(ticks: number): void;
  /** The receiver or the decoder complained about what the source sends. */
  damaged(): void;
  /** No more packets of this connection. */
  end(): void;
}
