import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TextFile } from "../../../sim/outputs/text-file.ts";

describe("a text file that is written in order", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "greenwave-text-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const written = (write: (file: TextFile) => void): string => {
    const path = join(folder, "text");
    const file = new TextFile(path);
    write(file);
    file.close();
    return readFileSync(path, "utf8");
  };

  it("holds every number with its decimals, to half of the last", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        (value, decimals) => {
          const text = written((file) => file.number(value, decimals));
          expect(text).toMatch(decimals === 0 ? /^-?\d+$/ : new RegExp(`^-?\\d+\\.\\d{${decimals}}$`));
          expect(Math.abs(Number(text) - value)).toBeLessThanOrEqual(0.5000001 * 10 ** -decimals);
          expect(text).not.toMatch(/^-[0.]*$/);
        },
      ),
    );
  });

  it("writes -1 for what is no number, as SUMO does", () => {
    expect(written((file) => file.number(Number.NaN, 2))).toBe("-1.00");
  });

  it("keeps the order over many times its buffer, with words of any script and length", () => {
    const long = "đường ".repeat(9000);
    const text = written((file) => {
      for (let at = 0; at < 20_000; at += 1) {
        file.number(at, 0);
        file.text(" Nguyễn Văn Linh\n");
      }
      file.text(long);
      file.text("end");
    });
    const rows = text.split("\n");
    expect(rows.slice(0, -1)).toEqual(Array.from({ length: 20_000 }, (_, at) => `${at} Nguyễn Văn Linh`));
    expect(rows.at(-1)).toBe(`${long}end`);
  });
});
