/**
 * Sealed packages in any S3. A store may take a checksum and never look at it, so what was put is read back and hashed
 * before anything here counts as stored.
 */
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import type { EvidenceStore, StoredFile } from "../../core/ports/evidence-store.ts";
import { failed, ok, type Problem, ProblemError, problem, type Result } from "../../core/problems/problem.ts";
import type { S3Settings } from "./s3-settings.ts";

type Sdk = typeof import("@aws-sdk/client-s3");

const CONNECT_MS = 5_000;
/** Nothing at all is heard for so long. */
const SILENT_MS = 30_000;

/** The library takes a second to load, and most sites keep their evidence on the disk: only who has an S3 loads it. */
export async function openS3(settings: S3Settings): Promise<EvidenceStore> {
  const sdk = await import("@aws-sdk/client-s3");
  const { endpoint, region, keyId, secret } = settings;
  const client = new sdk.S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    maxAttempts: 2,
    credentials: { accessKeyId: keyId, secretAccessKey: secret },
    // Many stores do not know the library's own checksums. Ours is sent with each file, and what counts is reading back.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    // What fails is told by ours; the library would write to the console.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENT_MS },
  });
  return new S3Store(sdk, client, settings);
}

const silent = (): void => undefined;

const reasonOf = (cause: unknown): string =>
  cause instanceof Error
    ? [cause.name, cause.message].filter((part) => part !== "" && part !== "Error").join(": ")
    : String(cause);

/** Hashes what passes, and keeps it in `path` where one is given. */
async function received(body: Readable, path: string | null, stop: AbortSignal | undefined): Promise<string> {
  const hash = createHash("sha256");
  const options = stop === undefined ? {} : { signal: stop };
  if (path === null) {
    await pipeline(body, hash, options);
    return hash.digest("hex");
  }
  body.on("data", (chunk: Buffer) => hash.update(chunk));
  await pipeline(body, createWriteStream(path, { flush: true }), options);
  return hash.digest("hex");
}

class S3Store implements EvidenceStore {
  readonly place: string;
  readonly #sdk: Sdk;
  readonly #client: S3Client;
  readonly #settings: S3Settings;

  constructor(sdk: Sdk, client: S3Client, settings: S3Settings) {
    const { endpoint, bucket, prefix } = settings;
    this.place = `${endpoint}/${bucket}/${prefix}`;
    this.#sdk = sdk;
    this.#client = client;
    this.#settings = settings;
  }

  check(stop?: AbortSignal): Promise<Result<void>> {
    return this.#tried(async () => {
      const { bucket: Bucket, prefix: Prefix } = this.#settings;
      const command = new this.#sdk.ListObjectsV2Command({ Bucket, Prefix, MaxKeys: 1 });
      await this.#client.send(command, { ...(stop === undefined ? {} : { abortSignal: stop }) });
    });
  }

  put(key: string, folder: string, files: readonly StoredFile[], stop?: AbortSignal): Promise<Result<void>> {
    return this.#tried(async () => {
      for (const file of files) {
        await this.#upload(key, folder, file, stop);
        await this.#receive(key, file, null, stop);
      }
    });
  }

  fetch(key: string, folder: string, files: readonly StoredFile[], stop?: AbortSignal): Promise<Result<void>> {
    return this.#tried(async () => {
      for (const file of files) await this.#receive(key, file, join(folder, file.name), stop);
    });
  }

  remove(key: string): Promise<Result<void>> {
    return this.#tried(async () => {
      const Bucket = this.#settings.bucket;
      for (let names = await this.#list(key); names.length > 0; names = await this.#list(key)) {
        for (const Key of names) await this.#client.send(new this.#sdk.DeleteObjectCommand({ Bucket, Key }));
      }
    });
  }

  close(): void {
    this.#client.destroy();
  }

  #name(key: string, name: string): { readonly Bucket: string; readonly Key: string } {
    const { bucket, prefix } = this.#settings;
    return { Bucket: bucket, Key: `${prefix}${key}/${name}` };
  }

  async #upload(key: string, folder: string, file: StoredFile, stop: AbortSignal | undefined): Promise<void> {
    const command = new this.#sdk.PutObjectCommand({
      ...this.#name(key, file.name),
      Body: createReadStream(join(folder, file.name)),
      ContentLength: file.bytes,
      ChecksumSHA256: Buffer.from(file.sha256, "hex").toString("base64"),
    });
    await this.#client.send(command, { ...(stop === undefined ? {} : { abortSignal: stop }) });
  }

  async #receive(key: string, file: StoredFile, path: string | null, stop: AbortSignal | undefined): Promise<void> {
    const command = new this.#sdk.GetObjectCommand(this.#name(key, file.name));
    const { Body } = await this.#client.send(command, { ...(stop === undefined ? {} : { abortSignal: stop }) });
    if (Body === undefined) throw new Error(`${file.name} has no body`);
    if ((await received(Body as Readable, path, stop)) === file.sha256) return;
    throw new ProblemError([problem("EVIDENCE_COPY_WRONG", { place: this.place, name: `${key}/${file.name}` })]);
  }

  async #list(key: string): Promise<readonly string[]> {
    const { Bucket, Key: Prefix } = this.#name(key, "");
    const { Contents = [] } = await this.#client.send(new this.#sdk.ListObjectsV2Command({ Bucket, Prefix }));
    return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
  }

  async #tried(work: () => Promise<void>): Promise<Result<void>> {
    try {
      await work();
      return ok(undefined);
    } catch (error) {
      const known: readonly Problem[] = error instanceof ProblemError ? error.problems : [];
      const words = { place: this.place, reason: reasonOf(error) };
      return failed(...(known.length > 0 ? known : [problem("EVIDENCE_STORE_FAILED", words)]));
    }
  }
}
