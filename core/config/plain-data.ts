/** Parsed YAML nodes as plain data, within bounds that no honest file meets. */
import { type Alias, type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Problem, ProblemWords } from "../problems/problem.ts";

/** A thousand intersections come to about 300,000 values; aliases may unfold to this many and no more. */
const MOST_VALUES = 2_000_000;
/** What is written is bounded before it gets here; a chain of aliases can still be as long as the file. */
const DEEPEST = 400;

interface Slip {
  readonly code: Problem["code"];
  readonly offset: number;
  readonly key: string | null;
  /** Words of the problem; `first` is the offset of an earlier place, still to be told as a line. */
  readonly words: ProblemWords;
  readonly first?: number;
}

export interface PlainData {
  readonly data: unknown;
  /** What each alias stands for. */
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly slips: readonly Slip[];
}

export const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

export const keyText = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** Thrown inside this file only, to leave the recursion at once. */
class TooMuch extends Error {}

class Unfolding {
  readonly slips: Slip[] = [];
  readonly targets = new Map<Alias, Node>();
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  readonly #checked = new Set<Node>();
  #values = 0;
  #depth = 0;

  unfold(node: unknown): unknown {
    this.#values += 1;
    if (this.#values > MOST_VALUES) throw new TooMuch();
    if (isAlias(node)) return this.#unfoldAlias(node);
    if (isScalar(node)) {
      if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
      return node.value;
    }
    if (!isMap(node) && !isSeq(node)) return null;
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new TooMuch();
    this.#open.add(node);
    const value = isMap(node) ? this.#unfoldMap(node) : node.items.map((item) => this.unfold(item));
    this.#open.delete(node);
    this.#depth -= 1;
    return value;
  }

  #unfoldAlias(alias: Alias): unknown {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) {
      this.slips.push({ code: "YAML_ALIAS", offset: startOf(alias), key: alias.source, words: {} });
      return null;
    }
    if (this.#open.has(target)) throw new TooMuch();
    this.targets.set(alias, target);
    return this.unfold(target);
  }

  #unfoldMap(map: YAMLMap): object {
    const value = {};
    const firsts = new Map<string, number>();
    const seenBefore = this.#checked.has(map);
    this.#checked.add(map);
    for (const pair of map.items) {
      const key = keyText(pair);
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, startOf(pair.key));
      else if (!seenBefore) {
        this.slips.push({ code: "DUPLICATE_KEY", offset: startOf(pair.key), key, words: {}, first });
      }
      // Defined rather than assigned, so that a key named __proto__ is only a key.
      const property = { value: this.unfold(pair.value), enumerable: true, writable: true, configurable: true };
      if (first === undefined) Object.defineProperty(value, key, property);
    }
    return value;
  }
}

/** The whole document as data. Of a key that stands twice the first counts. */
export function plainData(document: Document.Parsed): PlainData {
  const unfolding = new Unfolding();
  try {
    const data = unfolding.unfold(document.contents);
    return { data, targets: unfolding.targets, slips: unfolding.slips };
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const slip: Slip = { code: "YAML_ALIAS_BOMB", offset: 0, key: null, words: {} };
    return { data: null, targets: unfolding.targets, slips: [slip] };
  }
}
