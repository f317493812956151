/** Where sealed packages are kept besides the disk of this machine. */
import type { Result } from "../problems/problem.ts";

export interface StoredFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256, hex. */
  readonly sha256: string;
}

export interface EvidenceStore {
  /** Where, for people: without anything secret. */
  readonly place: string;
  /** Whether it can be used now: it answers, knows the credentials, and has the place. */
  check(stop?: AbortSignal): Promise<Result<void>>;
  /**
   * Copies `files` of `folder`, and reads each back: resolves once the store gave back the very bytes. `key` names the
   * package: lower-case letters, digits, hyphens and slashes. Doing it again changes nothing.
   */
  put(key: string, folder: string, files: readonly StoredFile[], stop?: AbortSignal): Promise<Result<void>>;
  /** Brings `files` into `folder`, which is there. Fails when one is gone or is not what it was. */
  fetch(key: string, folder: string, files: readonly StoredFile[], stop?: AbortSignal): Promise<Result<void>>;
  /** Nothing of the package is left afterwards, as far as the store tells. */
  remove(key: string): Promise<Result<void>>;
  close(): void;
}
