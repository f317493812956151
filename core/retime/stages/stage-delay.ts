/** What a stage plan costs the lanes of one signal, as if nobody else were there. */
import { hcmIncremental_s } from "../../timing/delay.ts";
import { changes_s } from "./build-program.ts";
import { leaving, type Spells, waiting } from "./lane-queue.ts";
import type { SignalStages, StageTiming } from "./signal-stages.ts";

export interface LaneTurn {
  /** Place in the state string. */
  readonly link: number;
  readonly flow_h: number;
  /** Places to which it gives way where it has no priority. */
  readonly givesWayTo: readonly number[];
}

/** A lane before a stop line, with the turns that it serves. */
export interface LaneFlow {
  readonly saturation_h: number;
  readonly turns: readonly LaneTurn[];
}

/** Critical gap and follow-up time of a permissive turn, s (HCM 2000, exhibit 17-5 and chapter 16). */
const criticalGap_s = 4.5;
const followUp_s = 2.5;
/** Vehicles that leave at the end of a permissive green. */
const sneakers = 1.5;
/** Start-up and end loss cancel: a queue goes on into yellow about as long as it takes to start. */
const startLoss_s = 1;
/** So long a demand is looked at. */
const period_h = 1;

/** Veh/h through gaps of an opposing flow (Harders 1968, as HCM 2000 eq. 17-3 has it). */
export function permissiveSaturation_h(opposing_h: number): number {
  const perSecond = opposing_h / 3600;
  if (perSecond === 0) return 3600 / followUp_s;
  return (opposing_h * Math.exp(-perSecond * criticalGap_s)) / (1 - Math.exp(-perSecond * followUp_s));
}

/** By stage of `of.stages`: the rate at which each lane discharges, veh/h. */
export type Rates = readonly Float64Array[];

/** How many veh/h of a turn leave in a stage. */
function turnRate_h(lane: LaneFlow, turn: LaneTurn, state: string, flowOf: ReadonlyMap<number, number>): number {
  const letter = state[turn.link];
  if (letter === "G") return lane.saturation_h;
  if (letter !== "g") return 0;
  const foes = turn.givesWayTo.filter((foe) => state[foe] === "G");
  // Opposing vehicles come while their light is green: about twice as dense as over the hour.
  const opposing_h = 2 * foes.reduce((sum, foe) => sum + (flowOf.get(foe) ?? 0), 0);
  return Math.min(lane.saturation_h, permissiveSaturation_h(opposing_h));
}

/** A lane's queue is mixed: it leaves at the harmonic mean of its turns' rates. */
function laneRate_h(lane: LaneFlow, state: string, flowOf: ReadonlyMap<number, number>): number {
  const flow_h = lane.turns.reduce((sum, turn) => sum + turn.flow_h, 0);
  let perVehicle = 0;
  for (const turn of lane.turns) {
    if (turn.flow_h === 0) continue;
    const rate_h = turnRate_h(lane, turn, state, flowOf);
    if (rate_h === 0) return 0;
    perVehicle += turn.flow_h / flow_h / rate_h;
  }
  return perVehicle === 0 ? 0 : 1 / perVehicle;
}

export function ratesOf(of: SignalStages, lanes: readonly LaneFlow[]): Rates {
  const flowOf = new Map<number, number>();
  for (const { turns } of lanes)
    for (const { link, flow_h } of turns) flowOf.set(link, (flowOf.get(link) ?? 0) + flow_h);
  return of.stages.map((state) => Float64Array.from(lanes, (lane) => laneRate_h(lane, state, flowOf)));
}

export const laneFlow_h = ({ turns }: LaneFlow): number => turns.reduce((sum, { flow_h }) => sum + flow_h, 0);

const permissive = (lane: LaneFlow, state: string): boolean =>
  lane.turns.some(({ link, flow_h }) => flow_h > 0 && state[link] === "g");

export interface StageCost {
  /** Vehicle-hours of delay an hour. */
  readonly delay_veh: number;
  /** Of the fullest lane, and which lane that is. */
  readonly saturation: number;
  readonly fullest: number;
}

/** A start loss, a green and a change for each place of the order, and what is not given to any stage yet. */
function spellsFor(places: number): Spells {
  const count = 3 * places + 1;
  return { count, length_s: new Float64Array(count), rate: new Float64Array(count) };
}

/** One lane through the cycle. A change between two stages in both of which it goes lets it go on. */
function fillSpells(
  spells: Spells,
  of: SignalStages,
  lane: LaneFlow,
  rates_h: (place: number) => number,
  timing: StageTiming,
  changes: readonly number[],
): void {
  const { order, green_s } = timing;
  const { length_s, rate } = spells;
  for (let place = 0; place < order.length; place += 1) {
    const [rate_h, next_h] = [rates_h(place), rates_h((place + 1) % order.length)];
    const before_h = rates_h((place + order.length - 1) % order.length);
    const green = green_s[place] as number;
    const loss_s = before_h === 0 && rate_h > 0 ? Math.min(startLoss_s, green) : 0;
    const late = rate_h > 0 && permissive(lane, of.stages[order[place] as number] as string) ? sneakers : 0;
    length_s[3 * place] = loss_s;
    rate[3 * place] = 0;
    length_s[3 * place + 1] = green - loss_s;
    rate[3 * place + 1] = rate_h / 3600 + late / Math.max(1, green - loss_s);
    length_s[3 * place + 2] = changes[place] as number;
    rate[3 * place + 2] = Math.min(rate_h, next_h) / 3600;
  }
}

/** Delay of every lane: what even arrivals wait through the cycle, and the second term of HCM 2000 for chance. */
export function stageCost(
  of: SignalStages,
  lanes: readonly LaneFlow[],
  rates: Rates,
  timing: StageTiming,
  cycle_s: number,
  changes: readonly number[] = changes_s(of, timing),
): StageCost {
  let [delay_veh, saturation, fullest] = [0, 0, -1];
  const spells = spellsFor(timing.order.length);
  const given_s = [...timing.green_s, ...changes].reduce((sum, length_s) => sum + length_s, 0);
  spells.length_s[spells.count - 1] = Math.max(0, cycle_s - given_s);
  for (let at = 0; at < lanes.length; at += 1) {
    const lane = lanes[at] as LaneFlow;
    const flow_h = laneFlow_h(lane);
    const rateAt = (place: number): number => rates[timing.order[place] as number]?.[at] as number;
    fillSpells(spells, of, lane, rateAt, timing, changes);
    const room_h = Math.max(1, (3600 * leaving(spells)) / cycle_s);
    const arriving = Math.min(flow_h, room_h) / 3600;
    delay_veh += waiting(spells, arriving) + (flow_h * hcmIncremental_s(flow_h / room_h, room_h, period_h)) / 3600;
    if (flow_h / room_h > saturation) [saturation, fullest] = [flow_h / room_h, at];
  }
  return { delay_veh, saturation, fullest };
}
