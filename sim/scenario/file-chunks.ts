/** A file's text in parts, unpacked where it is packed (`.gz`); stops before memory runs out. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { createGunzip } from "node:zlib";
import { ProblemError, problem, reasonOf } from "../../core/problems/problem.ts";
import { spareMemory } from "./spare-memory.ts";

const part_bytes = 1 << 20;
/** Networks pack to a tenth or a thirtieth; nothing but a bomb grows two hundredfold. */
const mostGrowth = 200;
const growthCounts_bytes = 64 * part_bytes;

async function isPacked(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await file.close();
  }
}

async function* unpacked(path: string): AsyncGenerator<Buffer> {
  const packed = await isPacked(path);
  const file = createReadStream(path, { highWaterMark: part_bytes });
  if (!packed) {
    yield* file as AsyncIterable<Buffer>;
    return;
  }
  const unzip = createGunzip({ chunkSize: part_bytes });
  file.on("error", (error) => unzip.destroy(error));
  let grown = 0;
  for await (const chunk of file.pipe(unzip)) {
    grown += (chunk as Buffer).length;
    if (grown > growthCounts_bytes && grown > mostGrowth * file.bytesRead) {
      throw new ProblemError([problem("SCENARIO_FILE_BOMB", { times: mostGrowth }, { file: path })]);
    }
    yield chunk as Buffer;
  }
}

/** Throws a `ProblemError` where the file cannot be read, or what was read of it leaves too little memory. */
export async function* fileChunks(path: string): AsyncGenerator<string> {
  const decoder = new StringDecoder("utf8");
  const memory = spareMemory();
  try {
    for await (const chunk of unpacked(path)) {
      yield decoder.write(chunk);
      if (!memory.enough()) {
        throw new ProblemError([problem("SCENARIO_TOO_LARGE", { reason: memory.told() }, { file: path })]);
      }
    }
    yield decoder.end();
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    const found = problem("SCENARIO_FILE_UNREADABLE", { reason: reasonOf(error) }, { file: path });
    throw new ProblemError([found], { cause: error });
  }
}
