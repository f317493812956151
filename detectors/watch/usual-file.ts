/** What a camera usually shows, in a small file of its own. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

export interface UsualStore {
  /** Null when nothing was kept yet. */
  load(): Promise<Float32Array<ArrayBuffer> | null>;
  save(view: Float32Array): Promise<void>;
}

/** Little-endian 32-bit floats. Both calls reject when the disk does; a file cut short is taken for another version. */
export function usualFile(file: string): UsualStore {
  return {
    load: async () => {
      try {
        const bytes = await readFile(file);
        return Float32Array.from({ length: Math.floor(bytes.length / 4) }, (_, n) => bytes.readFloatLE(n * 4));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
    save: async (view) => {
      const bytes = Buffer.alloc(view.length * 4);
      view.forEach((value, n) => {
        bytes.writeFloatLE(value, n * 4);
      });
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.new`, bytes);
      await rename(`${file}.new`, file);
    },
  };
}
