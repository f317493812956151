/** Passages in SQL. A plate is found by a keyed hash of the day and the text, and is revealed only when it was found. */
import type { PassageStore, PlatePassage, TimeSpan } from "../../core/ports/passages.ts";
import type { PlateVault } from "../../core/ports/plate-vault.ts";
import type { VehicleClass } from "../../core/traffic/vehicle-class.ts";
import type { Sql } from "../storage/sql.ts";

interface PassageRow {
  readonly id: string | number;
  readonly at_ms: string | number;
  readonly camera: string;
  readonly intersection: string;
  readonly class: string;
  readonly confidence: number;
  readonly plate: string;
}

const columns = "id, at_ms, camera, intersection, class, confidence, plate";

const insertPassage = `
insert into plate_passage (at_ms, camera, intersection, class, confidence, plate, mark, until_ms)
values ($1, $2, $3, $4, $5, $6, $7, $8)
on conflict (mark, camera, at_ms) do nothing`;

const selectMarked = `
select ${columns} from plate_passage
where mark = any($1::text[]) and at_ms between $2 and $3
order by at_ms, id limit $4`;

const countBetween = "select count(*) as passages from plate_passage where at_ms between $1 and $2";

const selectPage = `
select ${columns} from plate_passage
where at_ms between $1 and $2 and (at_ms, id) > ($3, $4)
order by at_ms, id limit $5`;

const deleteOver = "delete from plate_passage where until_ms <= $1 returning id";

const DAY_MS = 86_400_000;
/** Revealing so many plates keeps the process from its other work for about ten milliseconds. */
const PAGE_ROWS = 1000;

export class SqlPassageStore implements PassageStore {
  readonly #sql: Sql;
  readonly #vault: PlateVault;

  constructor(sql: Sql, vault: PlateVault) {
    this.#sql = sql;
    this.#vault = vault;
  }

  async add(passage: PlatePassage, until_ms: number): Promise<void> {
    const { at_ms, camera, intersection, class: kind, confidence, plate } = passage;
    const at = Math.round(at_ms);
    const hidden = [this.#vault.conceal(plate), this.#vault.mark(dated(plate, dayOf(at)))];
    const values = [at, camera, intersection, kind, confidence, ...hidden, Math.ceil(until_ms)];
    await this.#sql.transaction((tx) => tx.query(insertPassage, values));
  }

  async ofPlates(plates: ReadonlySet<string>, span: TimeSpan, limit: number): Promise<readonly PlatePassage[]> {
    const marks: string[] = [];
    for (let day = dayOf(span.from_ms); day <= dayOf(span.to_ms); day++) {
      for (const plate of plates) marks.push(...this.#vault.marks(dated(plate, day)));
    }
    const rows = await this.#sql.query<PassageRow>(selectMarked, [marks, ...ends(span), limit]);
    return rows.map((row) => this.#revealed(row));
  }

  async count(span: TimeSpan): Promise<number> {
    const [row] = await this.#sql.query<{ passages: string | number }>(countBetween, ends(span));
    return Number(row?.passages ?? 0);
  }

  async *between(span: TimeSpan): AsyncGenerator<readonly PlatePassage[]> {
    let [at_ms, id] = [-1, -1];
    while (true) {
      const rows = await this.#sql.query<PassageRow>(selectPage, [...ends(span), at_ms, id, PAGE_ROWS]);
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map((row) => this.#revealed(row));
      [at_ms, id] = [Number(last.at_ms), Number(last.id)];
    }
  }

  async forget(now_ms: number): Promise<number> {
    const rows = await this.#sql.transaction((tx) => tx.query(deleteOver, [Math.floor(now_ms)]));
    return rows.length;
  }

  #revealed({ at_ms, camera, intersection, class: kind, confidence, plate }: PassageRow): PlatePassage {
    return {
      at_ms: Number(at_ms),
      camera,
      intersection,
      class: kind as VehicleClass,
      plate: this.#vault.reveal(plate),
      confidence,
    };
  }
}

const dayOf = (at_ms: number): number => Math.floor(at_ms / DAY_MS);
const dated = (plate: string, day: number): string => `${day} ${plate}`;
const ends = ({ from_ms, to_ms }: TimeSpan): [number, number] => [Math.ceil(from_ms), Math.floor(to_ms)];
