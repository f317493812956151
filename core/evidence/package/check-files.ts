/** The files of a package against the manifest's list of them. */
import { type Problem, problem } from "../../problems/problem.ts";
import type { Manifest, SealedFile } from "./manifest.ts";

export interface FoundFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
}

function difference(sealed: SealedFile, found: FoundFile | undefined, manifest: Manifest): readonly Problem[] {
  const { name } = sealed;
  if (found === undefined) return [problem("FILE_GONE", { name })];
  if (found.sha256 === sealed.sha256) return [];
  const other = manifest.files.find((each) => each.sha256 === found.sha256);
  return other === undefined
    ? [problem("FILE_ALTERED", { name, found_bytes: found.bytes, sealed_bytes: sealed.bytes })]
    : [problem("FILES_SWAPPED", { name, other: other.name })];
}

/** `found`: every file of the package but those that seal it. */
export function checkFiles(manifest: Manifest, found: readonly FoundFile[]): readonly Problem[] {
  const byName = new Map(found.map((file) => [file.name, file]));
  const listed = new Set(manifest.files.map(({ name }) => name));
  return [
    ...manifest.files.flatMap((sealed) => difference(sealed, byName.get(sealed.name), manifest)),
    ...found.filter(({ name }) => !listed.has(name)).map(({ name }) => problem("FILE_ADDED", { name })),
  ];
}
