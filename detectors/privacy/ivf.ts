/**
 * Raw pictures with their own times for ffmpeg's standard input. IVF is a header of 32 bytes, then for each picture its size,
 * its time in ticks and its bytes (https://wiki.multimedia.cx/index.php/IVF); ffmpeg reads raw formats in it by their code.
 */
export const frameHeaderBytes = 12;

export interface IvfStream {
  readonly width: number;
  readonly height: number;
  readonly ticks_per_s: number;
}

/** Of pictures in planar 4:2:0, 8 bits. */
export function ivfHeader({ width, height, ticks_per_s }: IvfStream): Buffer {
  const header = Buffer.alloc(32);
  header.write("DKIF", 0, "latin1");
  header.writeUInt16LE(32, 6);
  header.write("I420", 8, "latin1");
  header.writeUInt16LE(width, 12);
  header.writeUInt16LE(height, 14);
  header.writeUInt32LE(ticks_per_s, 16);
  header.writeUInt32LE(1, 20);
  return header;
}

/** Into the first bytes of `frame`, whose rest is the picture. */
export function writeFrameHeader(frame: Buffer, ticks: number): void {
  frame.writeUInt32LE(frame.length - frameHeaderBytes, 0);
  frame.writeBigUInt64LE(BigInt(ticks), 4);
}
