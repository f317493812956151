/**
 * A pure bandwidth problem as a file states it: a street of lights, one speed a link each way, one green a light. The
 * first six keys are the plain form; all others widen it and may be left out. Keys of answers are read over.
 */
import { z } from "zod";
import { failed, ok, type Problem, problem, type Result } from "../problems/problem.ts";
import type { BandCorridor, Phasing } from "./corridor.ts";
import type { BandDesign } from "./design.ts";

const MOST_SIGNALS = 500;
const perSignal = <T extends z.ZodType>(one: T) => z.array(one).min(1).max(MOST_SIGNALS);
const perLink = <T extends z.ZodType>(one: T) => z.array(one).max(MOST_SIGNALS - 1);

const cycle = z.number().positive().max(3600);
const green = z.number().positive().max(3600);
const speed = z.number().positive().max(200);
const seconds = z.number().min(-3600).max(3600);
const length = z.number().min(0).max(3600);
const weight = z.number().min(0).max(1000);

/** Who of the two left turns leads: the outbound one is named first. */
const leftOrders = ["lead-lead", "lead-lag", "lag-lead", "lag-lag"] as const;

export const bandInstanceSchema = z.strictObject({
  id: z.string().max(200).optional(),
  cycle_s: cycle,
  /** Of the stop lines along the street, in outbound order; the same place twice is allowed. */
  positions_m: perSignal(z.number().min(-1e6).max(1e6)),
  /** Green of the street at each light, both ways unless `green_in_s` says otherwise; it begins at the offset. */
  coord_green_s: perSignal(green),
  speed_out_mps: perLink(speed),
  speed_in_mps: perLink(speed),
  note: z.string().optional(),
  source: z.string().optional(),
  /** Inbound greens, where they differ. */
  green_in_s: perSignal(green).optional(),
  /** From begin of outbound green to begin of inbound green: left turns whose order is given. */
  start_in_s: perSignal(seconds).optional(),
  /** Green and clearance of the left turns off the street; the order that is best for the bands is chosen. */
  left_out_s: perSignal(length).optional(),
  left_in_s: perSignal(length).optional(),
  /** Orders that each light allows; all four where this is left out. */
  left_orders: perSignal(z.array(z.enum(leftOrders)).min(1)).optional(),
  /** What a queue at the light needs to leave before the band comes (L/S - Q h - l). */
  queue_out_s: perSignal(length).optional(),
  queue_in_s: perSignal(length).optional(),
  /** 2: the light runs twice in the street's cycle, with this green each time. */
  greens_per_cycle: perSignal(z.union([z.literal(1), z.literal(2)])).optional(),
  /** For `max_sum`: what a second of each band is worth. */
  weight_out: weight.optional(),
  weight_in: weight.optional(),
  /** The cycle may be chosen between these; greens and left turns keep their shares of it. */
  cycle_range_s: z.tuple([cycle, cycle]).optional(),
  /** Speeds may be chosen this share above or below. */
  speed_slack: z.number().min(0).max(0.5).optional(),
  /** Speeds of neighbouring links then differ by this share at most. */
  speed_change: z.number().min(0).max(1).optional(),
  /** Worth of a second of each link's own band (MULTIBAND); both or neither. */
  link_weight_out: perLink(weight).optional(),
  link_weight_in: perLink(weight).optional(),
  max_sum: z.unknown().optional(),
  max_equal: z.unknown().optional(),
  multiband: z.unknown().optional(),
  seconds: z.unknown().optional(),
});

export type BandInstance = Readonly<z.infer<typeof bandInstanceSchema>>;

const signalLists = [
  "coord_green_s",
  "green_in_s",
  "start_in_s",
  "left_out_s",
  "left_in_s",
  "left_orders",
  "queue_out_s",
  "queue_in_s",
  "greens_per_cycle",
] as const;
const linkLists = ["speed_out_mps", "speed_in_mps", "link_weight_out", "link_weight_in"] as const;

/** What the parts say of each other. One sentence for each thing that is wrong. */
function instanceProblems(instance: BandInstance): readonly Problem[] {
  const signals = instance.positions_m.length;
  const lengths = [
    ...signalLists.map((key) => ({ key, need: signals, of: "BANDS_SIGNAL_COUNT" as const })),
    ...linkLists.map((key) => ({ key, need: signals - 1, of: "BANDS_LINK_COUNT" as const })),
  ].flatMap(({ key, need, of }) => {
    const got = instance[key]?.length ?? need;
    return got === need ? [] : [problem(of, { list: key, got, need, signals }, { key })];
  });
  return [...lengths, ...orderProblems(instance), ...greenProblems(instance), ...choiceProblems(instance)];
}

function orderProblems({ positions_m }: BandInstance): readonly Problem[] {
  const back = positions_m.findIndex((position, i) => i > 0 && position < (positions_m[i - 1] ?? 0));
  if (back < 0) return [];
  const words = { number: back + 1, position_m: positions_m[back] ?? 0, before_m: positions_m[back - 1] ?? 0 };
  return [problem("BANDS_POSITIONS_BACK", words, { key: "positions_m" })];
}

function greenProblems(instance: BandInstance): readonly Problem[] {
  const { cycle_s, greens_per_cycle } = instance;
  const room = (i: number): number => cycle_s / (greens_per_cycle?.[i] ?? 1);
  const tooLong = (key: "coord_green_s" | "green_in_s" | "left_out_s" | "left_in_s") => {
    const lengths = instance[key] ?? [];
    const at = lengths.findIndex((one, i) => one > room(i));
    return at < 0 ? [] : [{ key, number: at + 1, length_s: lengths[at] ?? 0, room_s: room(at) }];
  };
  const greens = (["coord_green_s", "green_in_s"] as const).flatMap(tooLong);
  const lefts = (["left_out_s", "left_in_s"] as const).flatMap(tooLong);
  return [
    ...greens.map(({ key, length_s, ...words }) =>
      problem("BANDS_GREEN_LONG", { ...words, green_s: length_s }, { key }),
    ),
    ...lefts.map(({ key, length_s, ...words }) => problem("BANDS_LEFT_LONG", { ...words, left_s: length_s }, { key })),
  ];
}

function choiceProblems(instance: BandInstance): readonly Problem[] {
  const { start_in_s, left_out_s, left_in_s, left_orders, cycle_range_s, link_weight_out, link_weight_in } = instance;
  const found: Problem[] = [];
  const lefts = left_out_s ?? left_in_s ?? left_orders;
  if (start_in_s !== undefined && lefts !== undefined) found.push(problem("BANDS_LEFT_TWICE"));
  if (lefts !== undefined && (left_out_s === undefined || left_in_s === undefined))
    found.push(problem("BANDS_LEFT_HALF"));
  if (cycle_range_s !== undefined && cycle_range_s[0] > cycle_range_s[1]) {
    found.push(problem("BANDS_CYCLE_RANGE", { from_s: cycle_range_s[0], to_s: cycle_range_s[1] }));
  }
  found.push(...rangeProblems(instance));
  if ((link_weight_out === undefined) !== (link_weight_in === undefined))
    found.push(problem("BANDS_LINK_WEIGHTS_HALF"));
  if (instance.weight_out === 0 && instance.weight_in === 0) found.push(problem("BANDS_NO_WEIGHT"));
  return found;
}

/** Work that looking at every case of every cycle may be: lights squared, times cycles. Some ten seconds. */
const MOST_WORK = 5e6;

function rangeProblems({ cycle_range_s, positions_m }: BandInstance): readonly Problem[] {
  if (cycle_range_s === undefined) return [];
  const count = Math.floor(cycle_range_s[1] - cycle_range_s[0]) + 1;
  const signals = positions_m.length;
  const most = Math.floor(MOST_WORK / signals ** 2);
  if (count <= most) return [];
  return [problem("BANDS_CYCLES_MANY", { count, signals, most }, { key: "cycle_range_s" })];
}

export type BandQuestion = Omit<BandInstance, "max_sum" | "max_equal" | "multiband" | "seconds">;

/** Without answers that came with it. */
export function questionOf(instance: BandInstance): BandQuestion {
  const { max_sum: _sum, max_equal: _equal, multiband: _links, seconds: _seconds, ...question } = instance;
  return question;
}

/** A checked instance, or every sentence about it. */
export function checkedInstance(instance: BandInstance): Result<BandInstance> {
  const problems = instanceProblems(instance);
  return problems.length > 0 ? failed(...problems) : ok(instance);
}

function phasingsOf(instance: BandInstance, i: number): readonly Phasing[] {
  const { start_in_s, left_out_s, left_in_s, left_orders } = instance;
  if (left_out_s === undefined || left_in_s === undefined) {
    return [{ name: null, inbound_after_s: start_in_s?.[i] ?? 0 }];
  }
  // Outbound through traffic waits for an inbound left turn that leads, and inbound for an outbound one.
  return (left_orders?.[i] ?? leftOrders).map((name) => {
    const [out, back] = name.split("-");
    const outboundWaits_s = back === "lead" ? (left_in_s[i] ?? 0) : 0;
    const inboundWaits_s = out === "lead" ? (left_out_s[i] ?? 0) : 0;
    return { name, inbound_after_s: inboundWaits_s - outboundWaits_s };
  });
}

const lengthsOf = ({ positions_m }: BandInstance): readonly number[] =>
  positions_m.slice(1).map((position, i) => position - (positions_m[i] ?? 0));

/** A red shorter than this is rounding. */
const RED_DUST_S = 1e-6;

/** The street at one cycle, with greens and left turns as long as their shares make them. */
export function corridorOf(instance: BandInstance, cycle_s = instance.cycle_s): BandCorridor {
  const { coord_green_s, green_in_s, greens_per_cycle, queue_out_s, queue_in_s } = instance;
  const grown = cycle_s / instance.cycle_s;
  const greenOf = (green_s: number, i: number): number => {
    const period_s = cycle_s / (greens_per_cycle?.[i] ?? 1);
    return green_s * grown > period_s - RED_DUST_S ? period_s : green_s * grown;
  };
  const lengths = lengthsOf(instance);
  return {
    cycle_s,
    signals: coord_green_s.map((green_s, i) => ({
      green_out_s: greenOf(green_s, i),
      green_in_s: greenOf(green_in_s?.[i] ?? green_s, i),
      phasings: phasingsOf(instance, i).map(({ name, inbound_after_s }) => ({
        name,
        inbound_after_s: inbound_after_s * grown,
      })),
      greens_per_cycle: greens_per_cycle?.[i] ?? 1,
    })),
    out_s: lengths.map((m, i) => m / (instance.speed_out_mps[i] ?? 1) - (queue_out_s?.[i + 1] ?? 0)),
    in_s: lengths.map((m, i) => m / (instance.speed_in_mps[i] ?? 1) - (queue_in_s?.[i] ?? 0)),
  };
}

/** The same with everything open that the instance leaves open. */
export function designOf(instance: BandInstance): BandDesign {
  const { cycle_s, speed_slack = 0, speed_change } = instance;
  const [least, most] = instance.cycle_range_s ?? [cycle_s, cycle_s];
  const lengths = lengthsOf(instance);
  const range = (length_m: number, mps: number) => ({
    least: length_m / (mps * (1 + speed_slack)),
    most: length_m / (mps * (1 - speed_slack)),
  });
  return {
    cycle_s: { least, most },
    signals: corridorOf(instance).signals.map((signal) => ({
      green_out: signal.green_out_s / cycle_s,
      green_in: signal.green_in_s / cycle_s,
      phasings: signal.phasings.map(({ name, inbound_after_s }) => ({
        name,
        inbound_after: inbound_after_s / cycle_s,
      })),
      greens_per_cycle: signal.greens_per_cycle ?? 1,
    })),
    links: lengths.map((length_m, i) => ({
      length_m,
      out_s: range(length_m, instance.speed_out_mps[i] ?? 1),
      in_s: range(length_m, instance.speed_in_mps[i] ?? 1),
      clear_out_s: instance.queue_out_s?.[i + 1] ?? 0,
      clear_in_s: instance.queue_in_s?.[i] ?? 0,
    })),
    ...(speed_change === undefined ? {} : { speed_change }),
  };
}
