/**
 * Travel times between cameras from plates that nobody keeps: each becomes a hash under a key of the day, which is never
 * written anywhere and is thrown away at midnight, or when the service ends.
 */
import { createHmac, randomBytes } from "node:crypto";
import type { Distance } from "../../core/plates/journeys.ts";
import { fewestTold, type Leg, LegFinder, type TravelTime, TravelTimes } from "../../core/plates/travel-times.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { PlatePassage } from "../../core/ports/passages.ts";
import { type Section, sectionSpeed } from "../../core/violations/section-speed.ts";

export interface SectionWatch extends Section {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** What a section's vehicles drove. A statistic: no vehicle of it is known. */
export interface SectionTally {
  readonly section: string;
  readonly vehicles: number;
  /** Too fast even at two standard deviations below what was measured. */
  readonly too_fast: number;
}

export interface TravelStatisticsOptions {
  readonly distance: Distance;
  readonly sections: readonly SectionWatch[];
  readonly clock: Pick<Clock, "nowMs">;
}

const DAY_MS = 86_400_000;
/** Of a passage's time: views are a tenth of a second apart, and two cameras' delays differ. */
const PASSAGE_UNCERTAINTY_MS = 300;

export class TravelStatistics {
  readonly #options: TravelStatisticsOptions;
  readonly #legs: LegFinder;
  readonly #times = new TravelTimes();
  readonly #sections = new Map<string, { vehicles: number; too_fast: number }>();
  #day = Number.NaN;
  #key = randomBytes(32);

  constructor(options: TravelStatisticsOptions) {
    this.#options = options;
    this.#legs = new LegFinder(options.distance);
  }

  passed({ plate, at_ms, camera, intersection, class: kind }: PlatePassage): void {
    this.#today();
    const who = createHmac("sha256", this.#key).update(plate, "utf8").digest("base64url");
    const leg = this.#legs.passed({ who, at_ms, camera, intersection, class: kind });
    if (leg === null) return;
    this.#times.add(leg);
    this.#measure(leg);
  }

  travelTimes(): { readonly intervals: readonly TravelTime[]; readonly withheld: number } {
    return this.#times.told(this.#options.clock.nowMs());
  }

  /** Since the day began. */
  sections(): readonly SectionTally[] {
    this.#today();
    return [...this.#sections].flatMap(([section, tally]) =>
      tally.vehicles < fewestTold ? [] : [{ section, ...tally }],
    );
  }

  #today(): void {
    const day = Math.floor(this.#options.clock.nowMs() / DAY_MS);
    if (day === this.#day) return;
    this.#day = day;
    this.#key = randomBytes(32);
    this.#legs.forget();
    this.#sections.clear();
  }

  #measure({ from, to, left_ms, travel_s }: Leg): void {
    for (const section of this.#options.sections) {
      if (section.from !== from || section.to !== to) continue;
      const first = { at_ms: left_ms, uncertainty_ms: PASSAGE_UNCERTAINTY_MS };
      const second = { at_ms: left_ms + travel_s * 1000, uncertainty_ms: PASSAGE_UNCERTAINTY_MS };
      const tally = this.#sections.get(section.name) ?? { vehicles: 0, too_fast: 0 };
      tally.vehicles++;
      if (sectionSpeed(first, second, section)?.too_fast === true) tally.too_fast++;
      this.#sections.set(section.name, tally);
    }
  }
}
