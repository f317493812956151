/** Replays that may be looked at: the files of one folder, or one file alone. */
import { createReadStream, type ReadStream } from "node:fs";
import { access, constants, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";

const ending = ".gwr";

export interface ListedReplay {
  readonly name: string;
  readonly size_bytes: number;
  readonly written_ms: number;
}

export interface ReplayFiles {
  /** Newest first. */
  list(): Promise<readonly ListedReplay[]>;
  /** Null for a name that is not in the list. */
  open(name: string): Promise<ReadStream | null>;
}

async function listed(path: string): Promise<ListedReplay | null> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) return null;
  return { name: basename(path), size_bytes: found.size, written_ms: Math.round(found.mtimeMs) };
}

function filesOf(paths: () => Promise<readonly string[]>): ReplayFiles {
  const there = async (): Promise<readonly (ListedReplay & { readonly path: string })[]> => {
    const all = await Promise.all(
      (await paths()).map(async (path) => {
        const found = await listed(path);
        return found === null ? [] : [{ ...found, path }];
      }),
    );
    return all.flat().toSorted((a, b) => b.written_ms - a.written_ms);
  };
  return {
    list: async () => (await there()).map(({ path: _path, ...told }) => told),
    open: async (name) => {
      const found = (await there()).find((each) => each.name === name);
      return found === undefined ? null : createReadStream(found.path);
    },
  };
}

/** Those of a folder, which need not be there. */
export const replayFolder = (folder: string): ReplayFiles =>
  filesOf(async () => {
    const names = await readdir(folder).catch(() => []);
    return names.filter((name) => name.endsWith(ending)).map((name) => join(folder, name));
  });

/** One file, whatever it is called. Fails where it cannot be read. */
export async function oneReplay(path: string): Promise<Result<ReplayFiles>> {
  try {
    if (!(await stat(path)).isFile()) return failed(problem("REPLAY_UNREADABLE", { reason: `${path} is no file` }));
    await access(path, constants.R_OK);
    return ok(filesOf(() => Promise.resolve([path])));
  } catch (error) {
    return failed(problem("REPLAY_UNREADABLE", { reason: error instanceof Error ? error.message : String(error) }));
  }
}
