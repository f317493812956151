/**
 * Files as one tar stream: the "ustar" format of POSIX.1-2017 (pax, "ustar Interchange Format"), which every tar reads. Names
 * are short and plain, sizes below 8 GB, so nothing of its extensions is needed.
 */
import { createReadStream } from "node:fs";

export interface TarFile {
  /** At most 100 characters of ASCII. */
  readonly name: string;
  readonly bytes: number;
  readonly content: { readonly path: string } | { readonly text: string };
}

const BLOCK = 512;

function header({ name, bytes }: TarFile, at_ms: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  block.write(name, 0, 100, "ascii");
  block.write(octal(0o440, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(bytes, 11), 124);
  block.write(octal(Math.floor(at_ms / 1000), 11), 136);
  // The sum is taken with spaces in its own place.
  block.write(" ".repeat(8), 148);
  block.write("0", 156);
  block.write("ustar\0", 257);
  block.write("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

const padding = (bytes: number): Buffer => Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);

/** Rejects, in the middle of the stream, when a file has become another length than was said. */
export async function* tarOf(files: readonly TarFile[], at_ms: number): AsyncGenerator<Buffer> {
  for (const file of files) {
    yield header(file, at_ms);
    let told = 0;
    const { content } = file;
    const parts = "text" in content ? [Buffer.from(content.text, "utf8")] : createReadStream(content.path);
    for await (const part of parts) {
      const bytes = part as Buffer;
      told += bytes.length;
      yield bytes;
    }
    if (told !== file.bytes) throw new Error(`${file.name} has ${told} bytes, and ${file.bytes} were announced`);
    yield padding(file.bytes);
  }
  yield Buffer.alloc(2 * BLOCK);
}
