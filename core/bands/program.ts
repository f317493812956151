/**
 * MAXBAND (Little, Kelson and Gartner, Transportation Research Record 795, 1981) and MULTIBAND (Gartner, Assmann,
 * Lasaga and Hou, Transportation Research B 25, 1991) as a mixed-integer program, in shares of the cycle.
 *
 * A line runs along the street each way. u_i and v_i say how long after begin of green it passes light i, t_i and t'_i
 * how long it takes along link i. A band b around the line needs b/2 <= u_i <= g_i - b/2. That both lines meet one
 * offset at each light gives for each pair of neighbours, c_i being the phasing's lag of inbound green,
 *   t_i + t'_i = (u_i+1 - v_i+1 - c_i+1) - (u_i - v_i - c_i) + m_i,  m_i whole.
 * Bounds of m_i follow from those of everything else: two or three values with fixed speeds. Where greens, weights and
 * wishes are the same both ways, any solution can be averaged with its mirror image without loss (Morgan and Little
 * 1964, the half-integer synchronisation): u_i + v_i = g_i is added, which leaves each m_i two values.
 */
import type { Program, ProgramRow, ProgramVariable } from "../ports/program-solver.ts";
import type { BandDesign, DesignGoal, DesignLink, DesignSignal, Range } from "./design.ts";

/** Where to find what in the values of a solution. */
export interface BandProgram {
  readonly program: Program;
  /** Cycles per second. */
  readonly frequency: number;
  /** Position of the line in each green, out and in. */
  readonly out: readonly number[];
  readonly in: readonly number[];
  /** One variable for each phasing of each light, doubled where its green comes twice. */
  readonly phasings: readonly (readonly number[])[];
  readonly out_time: readonly number[];
  readonly in_time: readonly number[];
  /** One for each link with the goal `links`, else one. */
  readonly out_bands: readonly number[];
  readonly in_bands: readonly number[];
}

type Places = Omit<BandProgram, "program" | "out_bands" | "in_bands">;

type Term = readonly [number, number];

/** Collects variables and rows; everything is told by index. */
class Draft {
  readonly variables: ProgramVariable[] = [];
  readonly rows: ProgramRow[] = [];

  add(lower: number, upper: number, gain = 0, whole = false): number {
    this.variables.push({ lower, upper, gain, whole });
    return this.variables.length - 1;
  }

  row(terms: readonly Term[], lower: number, upper: number): void {
    this.rows.push({ terms, lower, upper });
  }

  atMost(terms: readonly Term[], upper: number): void {
    this.row(terms, Number.NEGATIVE_INFINITY, upper);
  }
}

export function bandProgram(design: BandDesign, goal: DesignGoal): BandProgram {
  const draft = new Draft();
  const { cycle_s, signals, links } = design;
  const frequency = draft.add(1 / cycle_s.most, 1 / cycle_s.least);
  const out = signals.map(({ green_out }) => draft.add(0, green_out));
  const inbound = signals.map(({ green_in }) => draft.add(0, green_in));
  const phasings = signals.map((signal) => phasingVariables(draft, signal));
  const out_time = links.map(({ out_s, clear_out_s }) => timeVariable(draft, frequency, out_s, clear_out_s, cycle_s));
  const in_time = links.map(({ in_s, clear_in_s }) => timeVariable(draft, frequency, in_s, clear_in_s, cycle_s));
  const places: Places = { frequency, out, in: inbound, phasings, out_time, in_time };
  for (const i of links.keys()) loopRow(draft, design, places, i);
  steadySpeeds(draft, design, places);
  if (mirrored(design, goal)) {
    for (const [i, { green_out }] of signals.entries()) {
      draft.row(
        [
          [out[i] ?? 0, 1],
          [inbound[i] ?? 0, 1],
        ],
        green_out,
        green_out,
      );
    }
  }
  const bands = bandVariables(draft, design, places, goal);
  return { ...places, ...bands, program: { variables: draft.variables, rows: draft.rows } };
}

/** Lags that a light can have, each with its phasing; a light that is green twice has each half a cycle later too. */
export function lagsOf({ phasings, greens_per_cycle }: DesignSignal): readonly { lag: number; phasing: number }[] {
  const later = greens_per_cycle === 2 ? [0, 0.5] : [0];
  return phasings.flatMap(({ inbound_after }, phasing) =>
    later.map((half) => ({ lag: inbound_after + half, phasing })),
  );
}

function phasingVariables(draft: Draft, signal: DesignSignal): readonly number[] {
  const lags = lagsOf(signal);
  if (lags.length === 1) return [draft.add(1, 1)];
  const chosen = lags.map(() => draft.add(0, 1, 0, true));
  draft.row(
    chosen.map((one) => [one, 1] as const),
    1,
    1,
  );
  return chosen;
}

/** Time along a link as a share of the cycle: between the limits, less the queue, all in step with the frequency. */
function timeVariable(draft: Draft, frequency: number, drive_s: Range, clear_s: number, cycle_s: Range): number {
  const { least, most } = shareRange(drive_s, clear_s, cycle_s);
  const time = draft.add(least, most);
  draft.row(
    [
      [time, 1],
      [frequency, clear_s - drive_s.least],
    ],
    0,
    Number.POSITIVE_INFINITY,
  );
  draft.atMost(
    [
      [time, 1],
      [frequency, clear_s - drive_s.most],
    ],
    0,
  );
  return time;
}

function shareRange(drive_s: Range, clear_s: number, cycle_s: Range): Range {
  const ends = [drive_s.least, drive_s.most].flatMap((s) => [
    (s - clear_s) / cycle_s.least,
    (s - clear_s) / cycle_s.most,
  ]);
  return { least: Math.min(...ends), most: Math.max(...ends) };
}

function lagRange(signal: DesignSignal): Range {
  const lags = lagsOf(signal).map(({ lag }) => lag);
  return { least: Math.min(...lags), most: Math.max(...lags) };
}

/** One loop of neighbouring lights; see the head of the file. */
function loopRow(draft: Draft, { signals, links, cycle_s }: BandDesign, places: Places, i: number): void {
  const [here, next, link] = [signals[i], signals[i + 1], links[i]];
  if (here === undefined || next === undefined || link === undefined) throw new Error("a link joins two lights");
  const whole = wholeRange(here, next, link, cycle_s);
  const loop = draft.add(whole.least, whole.most, 0, true);
  const side = (light: DesignSignal, at: number, sign: 1 | -1): readonly Term[] => [
    [places.out[at] ?? 0, -sign],
    [places.in[at] ?? 0, sign],
    ...lagsOf(light).map(({ lag }, p): Term => [places.phasings[at]?.[p] ?? 0, sign * lag]),
  ];
  draft.row(
    [
      [places.out_time[i] ?? 0, 1],
      [places.in_time[i] ?? 0, 1],
      ...side(next, i + 1, 1),
      ...side(here, i, -1),
      [loop, -1],
    ],
    0,
    0,
  );
}

/** What the whole number of a loop can be. */
function wholeRange(here: DesignSignal, next: DesignSignal, link: DesignLink, cycle_s: Range): Range {
  const out = shareRange(link.out_s, link.clear_out_s, cycle_s);
  const back = shareRange(link.in_s, link.clear_in_s, cycle_s);
  const [lagHere, lagNext] = [lagRange(here), lagRange(next)];
  const least = out.least + back.least - here.green_in - lagHere.most - next.green_out + lagNext.least;
  const most = out.most + back.most + here.green_out - lagHere.least + next.green_in + lagNext.most;
  return { least: Math.ceil(least - 1e-9), most: Math.floor(most + 1e-9) };
}

/** Pace (time per metre) of a link is at most 1 + change times that of its neighbour, either way. */
function steadySpeeds(draft: Draft, { links, speed_change }: BandDesign, places: Places): void {
  if (speed_change === undefined) return;
  const moving = links.flatMap((link, i) => (link.length_m > 0 ? [{ link, i }] : []));
  for (const [k, next] of moving.entries()) {
    const here = moving[k - 1];
    if (here === undefined) continue;
    for (const way of ["out", "in"] as const) {
      const pace = ({ link, i }: typeof here, factor: number): readonly Term[] => [
        [places[`${way}_time`][i] ?? 0, factor / link.length_m],
        [places.frequency, (factor * link[`clear_${way}_s`]) / link.length_m],
      ];
      draft.atMost([...pace(next, 1), ...pace(here, -(1 + speed_change))], 0);
      draft.atMost([...pace(here, 1), ...pace(next, -(1 + speed_change))], 0);
    }
  }
}

function mirrored({ signals }: BandDesign, goal: DesignGoal): boolean {
  const sameGreens = signals.every(({ green_out, green_in }) => green_out === green_in);
  if (goal.kind === "links") return sameGreens && goal.out.every((weight, i) => weight === goal.in[i]);
  return sameGreens && (goal.kind === "equal" || goal.out === goal.in);
}

type Bands = Pick<BandProgram, "out_bands" | "in_bands">;

function bandVariables(draft: Draft, { signals, links }: BandDesign, places: Places, goal: DesignGoal): Bands {
  const around = (band: number, at: number, way: "out" | "in"): void => {
    const line = places[way][at] ?? 0;
    draft.row(
      [
        [line, 1],
        [band, -0.5],
      ],
      0,
      Number.POSITIVE_INFINITY,
    );
    draft.atMost(
      [
        [line, 1],
        [band, 0.5],
      ],
      signals[at]?.[`green_${way}`] ?? 0,
    );
  };
  if (goal.kind === "links") {
    const own = (way: "out" | "in"): readonly number[] =>
      [...links.keys()].map((i) => {
        const band = draft.add(0, 1, goal[way][i] ?? 0);
        around(band, i, way);
        around(band, i + 1, way);
        return band;
      });
    return { out_bands: own("out"), in_bands: own("in") };
  }
  const out = draft.add(0, 1, goal.kind === "sum" ? goal.out : 1);
  const back = goal.kind === "sum" ? draft.add(0, 1, goal.in) : out;
  for (const at of signals.keys()) {
    around(out, at, "out");
    around(back, at, "in");
  }
  return { out_bands: [out], in_bands: [back] };
}
