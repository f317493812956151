/** The units (NAL units) of H.264 and H.265 packets, behind start codes or behind their lengths. */

const startCode = Buffer.from([0, 0, 1]);

/** Calls `visit` with where each unit begins and ends; stops when it returns false. Zeros before a start code are padding. */
export function eachUnit(bytes: Uint8Array, visit: (from: number, to: number) => boolean): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let code = buffer.indexOf(startCode);
  while (code >= 0) {
    const from = code + startCode.length;
    code = buffer.indexOf(startCode, from);
    let to = code < 0 ? buffer.length : code;
    while (to > from && buffer[to - 1] === 0) to -= 1;
    if (to > from && !visit(from, to)) return;
  }
}

/** How many bytes the units take when each is written behind a length of four bytes. */
export function lengthFramedSize(bytes: Uint8Array): number {
  let size = 0;
  eachUnit(bytes, (from, to) => {
    size += 4 + to - from;
    return true;
  });
  return size;
}

/** Writes the units behind lengths of four bytes, as MP4 wants them. Returns how many bytes that took. */
export function frameByLengths(bytes: Uint8Array, target: Uint8Array): number {
  const view = new DataView(target.buffer, target.byteOffset, target.byteLength);
  let at = 0;
  eachUnit(bytes, (from, to) => {
    view.setUint32(at, to - from);
    target.set(bytes.subarray(from, to), at + 4);
    at += 4 + to - from;
    return true;
  });
  return at;
}
