/** What a reader of given sureness would see of a text, without pictures. */
import { type Lattice, latticeWidth } from "../../../core/plates/lattice.ts";
import { symbolCount, symbolIndex } from "../../../core/plates/symbols.ts";

interface SeenSign {
  /** Chances of plate characters; what is left goes to all others alike. */
  readonly chances: Readonly<Record<string, number>>;
}

const FLOOR = 1e-6;

function row(chances: Readonly<Record<string, number>>, blank: number): number[] {
  const values = new Array<number>(latticeWidth).fill(FLOOR);
  values[0] = Math.max(blank, FLOOR);
  for (const [symbol, chance] of Object.entries(chances)) values[symbolIndex(symbol) + 1] = chance;
  const rest = Math.max(0, 1 - values.reduce((sum, value) => sum + value, 0)) / symbolCount;
  const filled = values.map((value) => value + rest);
  const all = filled.reduce((sum, value) => sum + value, 0);
  return filled.map((value) => value / all);
}

function latticeOf(signs: readonly SeenSign[]): Lattice {
  const rows = signs.flatMap(({ chances }) => [row({}, 0.999), row(chances, 0.001)]);
  const chances = Float64Array.from([...rows, row({}, 0.999)].flat());
  return { steps: chances.length / latticeWidth, chances };
}

/** Every character seen with the same chance; `[OD]` is a character that may be either, the first twice as likely. */
export function seen(text: string, chance = 0.97): Lattice {
  const signs = text.match(/\[[^\]]+\]|./gu) ?? [];
  return latticeOf(
    signs.map((sign) => {
      const [first = "", second] = [...sign.replaceAll(/[[\]]/g, "")];
      if (second === undefined) return { chances: { [first]: chance } };
      return { chances: { [first]: (chance * 2) / 3, [second]: chance / 3 } };
    }),
  );
}
