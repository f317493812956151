/** Corners while they are made, and which ways hang there. */
import type { FootJoinDraft, FootLaneDraft } from "./draft.ts";
import { beginningOf, type Corners, endOf } from "./footways.ts";
import { packed } from "./packed.ts";
import type { WayList } from "./way-list.ts";

const NONE = -1;

const junctionOfCorner = (edge: string): string => edge.replace(/^:/, "").replace(/_w\d+$/, "");

/** Corners by name, and at which of them each way begins and ends. */
export class CornerList {
  readonly ids: string[] = [];
  readonly length_m: number[] = [];
  readonly width_m: number[] = [];
  readonly junction: number[] = [];
  readonly corner: Int32Array;
  readonly #byName = new Map<string, number>();
  readonly #nodes: ReadonlyMap<string, number>;

  constructor(ways: number, nodes: ReadonlyMap<string, number>) {
    this.corner = new Int32Array(2 * ways).fill(NONE);
    this.#nodes = nodes;
  }

  add({ edge, lane, length_m, width_m }: FootLaneDraft): void {
    const junction = this.#nodes.get(junctionOfCorner(edge)) ?? NONE;
    this.#byName.set(edge, this.#push(lane, length_m, width_m, junction));
  }

  /** Where one of both is a corner, the other hangs there. */
  join({ from, to }: FootJoinDraft, { byEdge }: WayList): void {
    const [before, behind] = [this.#byName.get(from), this.#byName.get(to)];
    const [own, next] = [byEdge.get(from), byEdge.get(to)];
    if (behind !== undefined && own !== undefined) this.corner[endOf(own)] = behind;
    if (before !== undefined && next !== undefined) this.corner[beginningOf(next)] = before;
  }

  /** At junctions without corners of their own all sidewalks meet. */
  fill({ edge }: WayList, ends: readonly number[]): void {
    const cornered = new Set(this.junction);
    const whole = new Map<number, number>();
    for (const [way, at] of edge.entries()) {
      for (const side of [0, 1]) {
        const node = ends[2 * at + side] ?? NONE;
        if (this.corner[2 * way + side] !== NONE || node === NONE || cornered.has(node)) continue;
        if (!whole.has(node)) whole.set(node, this.#push("", 0, 0, node));
        this.corner[2 * way + side] = whole.get(node) as number;
      }
    }
  }

  #push(id: string, length_m: number, width_m: number, junction: number): number {
    this.ids.push(id);
    this.length_m.push(length_m);
    this.width_m.push(width_m);
    this.junction.push(junction);
    return this.ids.length - 1;
  }

  get frozen(): Corners {
    const ends: number[][] = this.ids.map(() => []);
    for (const [end, corner] of this.corner.entries()) ends[corner]?.push(end);
    const { first, all } = packed(ends);
    return {
      ids: this.ids,
      length_m: Float64Array.from(this.length_m),
      width_m: Float64Array.from(this.width_m),
      junction: Int32Array.from(this.junction),
      firstEnd: first,
      ends: all,
    };
  }
}
