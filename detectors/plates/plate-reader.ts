/** Reads the plates of a picture, choosing by itself what is a plate. */
import { confidenceOf, type ReadingEvidence, readableFrom } from "../../core/plates/confidence.ts";
import type { Region } from "../../core/plates/countries/regions.ts";
import { groundOf, stripOf } from "../../core/plates/ground.ts";
import type { Lattice } from "../../core/plates/lattice.ts";
import { characterChances } from "../../core/plates/likelihood.ts";
import { type Candidate, PlateRanking } from "../../core/plates/ranking.ts";
import type { Picture } from "../detect/picture.ts";
import { LineReader } from "./line-reader.ts";
import { type PlateCandidate, plateCandidates } from "./plate-candidates.ts";
import { lookScore, plateLook } from "./plate-look.ts";
import { boundsOf } from "./quad.ts";
import type { PlateReading } from "./reading.ts";
import { rowsAbove } from "./row-above.ts";
import { secondViews } from "./second-views.ts";
import { TextFinder, type Window } from "./text-finder.ts";
import { findLines, type Look, readLines } from "./text-lines.ts";
import { vehicleLook, vehicleLooks } from "./vehicle-looks.ts";

/** Milliseconds of each stage for one picture, on one thread. */
export interface StageTimes {
  find_ms: number;
  read_ms: number;
  choose_ms: number;
}

export interface PlatesSeen {
  readonly readings: readonly PlateReading[];
  readonly times: Readonly<StageTimes>;
}

/** Weight of a text below which nothing is looked at more closely; a look can add at most the difference. */
const LEAST_WEIGHT = -6;
/** Text and look together must say so much, in logarithms, for a patch to be taken as a plate. */
const LEAST_PLATE_SCORE = -3.5;
/** The longer side of the look at the whole: small pictures are doubled, up to where the text network sees best. */
const WHOLE_PX = { enlarged: 960, most: 1280 } as const;
/** A text this much likelier than any other needs no second view. */
const CLEAR_SHARE = 0.985;

export class PlateReader {
  readonly #finder: TextFinder;
  readonly #reader: LineReader;
  readonly #ranking: PlateRanking;

  private constructor(finder: TextFinder, reader: LineReader, ranking: PlateRanking) {
    this.#finder = finder;
    this.#reader = reader;
    this.#ranking = ranking;
  }

  /** `regions`: whose plates are expected. Rejects with a `ProblemError`: PLATE_MODEL_MISSING, PLATE_MODEL_ALTERED, MODEL_UNLOADABLE. */
  static async open(options: { readonly threads: number; readonly regions: readonly Region[] }): Promise<PlateReader> {
    const finder = await TextFinder.open(options.threads);
    return new PlateReader(finder, await LineReader.open(options.threads), new PlateRanking(options.regions));
  }

  /** The same networks for other plates; `close` either once. */
  expecting(regions: readonly Region[]): PlateReader {
    return new PlateReader(this.#finder, this.#reader, new PlateRanking(regions));
  }

  /** `vehicles`: boxes that are looked at more closely, x, y, w, h in pixels. Readings from left to right. */
  async read(picture: Picture, vehicles: readonly (readonly [number, number, number, number])[]): Promise<PlatesSeen> {
    return this.#readLooks(picture, looksAt(picture, vehicles));
  }

  /** `vehicle`: the one box that is looked at, x, y, w, h in pixels. Readings from left to right. */
  async readVehicle(picture: Picture, vehicle: readonly [number, number, number, number]): Promise<PlatesSeen> {
    return this.#readLooks(picture, [vehicleLook(picture, vehicle)]);
  }

  async close(): Promise<void> {
    await this.#finder.close();
    await this.#reader.close();
  }

  async #readLooks(picture: Picture, looks: readonly Look[]): Promise<PlatesSeen> {
    const start = performance.now();
    const lines = await findLines(this.#finder, picture, looks);
    const found = performance.now();
    const alone = await readLines(this.#reader, picture, lines);
    const seen = [...alone, ...(await rowsAbove(this.#reader, picture, alone))];
    const read = performance.now();
    const readings: PlateReading[] = [];
    for (const each of plateCandidates(seen, this.#ranking, LEAST_WEIGHT)) {
      const reading = await this.#judged(each, picture);
      if (reading !== null) readings.push(reading);
    }
    const times = { find_ms: found - start, read_ms: read - found, choose_ms: performance.now() - read };
    return { readings: readings.sort((a, b) => a.box[0] - b.box[0]), times };
  }

  async #viewedAgain(plate: PlateCandidate, picture: Picture): Promise<Lattice[][]> {
    const views: Lattice[][] = [];
    for (const rows of secondViews(picture, plate.rows)) {
      const lattices: Lattice[] = [];
      for (const row of rows) lattices.push((await this.#reader.read(row)).lattice);
      views.push(lattices);
    }
    return views;
  }

  /** Null when the patch is no plate. */
  async #judged(plate: PlateCandidate, picture: Picture): Promise<PlateReading | null> {
    const look = plateLook(picture, plate.rows);
    const colours = { ground: groundOf(look.ground, look.darkSigns), strip: stripOf(look.bands) };
    const views = [plate.lattices];
    let texts = this.#ranking.rank(views, colours);
    if ((texts[0]?.share ?? 0) < CLEAR_SHARE) {
      views.push(...(await this.#viewedAgain(plate, picture)));
      texts = this.#ranking.rank(views, colours);
    }
    const [best] = texts;
    if (best === undefined || best.logWeight + lookScore(look) < LEAST_PLATE_SCORE) return null;
    const evidence = evidenceOf(best, views, lookScore(look));
    const confidence = confidenceOf(evidence);
    return {
      text: best.text,
      readable: confidence >= readableFrom && !plate.cut,
      raw: plate.raw,
      confidence,
      evidence,
      country: best.country,
      layout: plate.layout,
      box: boundsOf(plate.rows),
    };
  }
}

function looksAt(picture: Picture, vehicles: readonly (readonly [number, number, number, number])[]): Look[] {
  const { width, height } = picture;
  const whole: Window = { x: 0, y: 0, width, height };
  const side = Math.max(width, height);
  const longSide_px = Math.min(WHOLE_PX.most, Math.max(side, Math.min(2 * side, WHOLE_PX.enlarged)));
  return [{ window: whole, longSide_px }, ...vehicleLooks(picture, vehicles, longSide_px)];
}

function evidenceOf(best: Candidate, views: readonly PlateCandidate["lattices"][], look: number): ReadingEvidence {
  const perView = views.map((lattices) =>
    lattices.flatMap((lattice, row) => characterChances(lattice, best.lines[row] ?? "")),
  );
  const chances = (perView[0] ?? []).map(
    (_, i) => perView.reduce((sum, view) => sum + (view[i] ?? 0), 0) / views.length,
  );
  return { share: best.share, characterChances: chances, plateScore: best.logWeight + look };
}
