/** A signal of a network as an adaptive policy has it. */
import { AFTER_STOP, type Junction, PRIORITY, RED, type Walk, YIELDING } from "../../core/adaptive/junction.ts";
import type { RoadNetwork } from "../network/road-network.ts";
import type { Approaches, Stretch } from "../street/approach.ts";
import { minGreen_s } from "../street/guarded-street.ts";
import { isGreen, type SignalRules } from "../street/signal-rules.ts";
import { wholeSeconds } from "../street/stage-signal.ts";

export interface SignalJunction {
  readonly signal: number;
  readonly rules: SignalRules;
  readonly junction: Junction;
  /** By approach lane of the junction: the lanes of the network on which one comes to its stop line; the first is its own. */
  readonly stretches: readonly (readonly Stretch[])[];
  /** By exit of the junction: lanes of the network, any of which will do. */
  readonly exits: readonly (readonly number[])[];
  /** By movement: lanes inside the intersection on which one takes it, from the stop line on. */
  readonly ways: readonly (readonly number[])[];
}

interface Draft {
  readonly lane: number;
  readonly links: number[];
  readonly indices: readonly number[];
}

const givenBy = (letter: string | undefined): number =>
  letter === "G" ? PRIORITY : letter === "g" ? YIELDING : letter === "s" ? AFTER_STOP : RED;

/** Links of one lane into one edge that always show the same are one movement: which lane is taken behind is the driver's choice. */
function draftMovements(network: RoadNetwork, signal: number, { stages }: SignalRules): readonly Draft[] {
  const { edges, lanes, links } = network;
  const drafts = new Map<string, Draft>();
  for (let link = 0; link < links.from.length; link += 1) {
    const lane = links.from[link] as number;
    if (links.signal[link] !== signal || edges.inside[lanes.edge[lane] as number] === 1) continue;
    const index = links.signalIndex[link] as number;
    const shown = stages.map((stage) => stage[index]).join("");
    const key = `${lane} ${lanes.edge[links.to[link] as number]} ${shown}`;
    const known = drafts.get(key);
    if (known === undefined) drafts.set(key, { lane, links: [link], indices: [index] });
    else known.links.push(link);
  }
  return [...drafts.values()];
}

/** By stage shown and stage to come: how long nobody new has green. */
function changes({ allRed_s, stages, walk_s, yellow_s }: SignalRules): readonly Float64Array[] {
  return stages.map((from) =>
    Float64Array.from(stages, (to) => {
      const ends = (link: number): boolean => isGreen(from[link]) && !isGreen(to[link]);
      const ending = yellow_s.filter((_, link) => ends(link) && walk_s[link] === 0);
      const walks = walk_s.filter((_, link) => ends(link));
      return Math.max(ending.length === 0 ? 0 : wholeSeconds(Math.max(...ending)) + wholeSeconds(allRed_s), ...walks);
    }),
  );
}

/** Crossings for people; the longest that they wait is ours to say, s. */
const longestWalkWait_s = 90;

function walksOf({ stages, walk_s }: SignalRules): readonly Walk[] {
  return walk_s.flatMap((length_s, link) => {
    const gives = Uint8Array.from(stages, (stage) => (isGreen(stage[link]) ? 1 : 0));
    return length_s > 0 && gives.includes(1) ? [{ stages: gives, longestWait_s: longestWalkWait_s }] : [];
  });
}

function yields({ links }: RoadNetwork, drafts: readonly Draft[], { links: own }: Draft): readonly number[] {
  const foes = new Set<number>();
  for (const link of own) {
    for (let i = links.firstYield[link] as number; i < (links.firstYield[link + 1] as number); i += 1) {
      const foe = drafts.findIndex((draft) => draft.links.includes(links.yieldTo[i] as number));
      if (foe !== -1) foes.add(foe);
    }
  }
  return [...foes];
}

/** Null where there is nothing to choose. `reach_m`: as far before the stop line as anything is seen. */
export function signalJunction(
  network: RoadNetwork,
  approaches: Approaches,
  signal: number,
  rules: SignalRules,
  reach_m: number,
): SignalJunction | null {
  const drafts = draftMovements(network, signal, rules);
  if (rules.stages.length < 2 || drafts.length === 0) return null;
  const own = [...new Set(drafts.map(({ lane }) => lane))];
  const exits = new Map<string, readonly number[]>();
  const exitOf = ({ links }: Draft): number => {
    const to = [...new Set(links.map((link) => network.links.to[link] as number))].toSorted((a, b) => a - b);
    const key = to.join(" ");
    if (!exits.has(key)) exits.set(key, to);
    return [...exits.keys()].indexOf(key);
  };
  const movements = drafts.map((draft) => ({
    lane: own.indexOf(draft.lane),
    exit: exitOf(draft),
    yieldsTo: yields(network, drafts, draft),
  }));
  // Who turns round behind the intersection comes back later; until then he is one who has left.
  const behind = new Set([...exits.values()].flat());
  const stretches = own.map((lane) => approaches.before(lane, reach_m, behind));
  const lanes = own.map((lane, at) => ({
    speed_m_s: network.lanes.speed_m_s[lane] as number,
    seen_m: Math.max(
      ...(stretches[at] as readonly Stretch[]).map(
        (each) => each.ahead_m + (network.lanes.length_m[each.lane] as number) - each.from_m,
      ),
    ),
    movements: movements.flatMap((movement, m) => (movement.lane === at ? [m] : [])),
  }));
  const junction: Junction = {
    lanes,
    movements,
    exits: exits.size,
    stages: rules.stages.map((stage) => Uint8Array.from(drafts, ({ indices }) => givenBy(stage[indices[0] as number]))),
    change_s: changes(rules),
    minGreen_s,
    walks: walksOf(rules),
  };
  const inside = (lane: number): boolean => network.edges.inside[network.lanes.edge[lane] as number] === 1;
  const ways = drafts.map((draft) => draft.links.map((link) => network.links.next[link] as number).filter(inside));
  return { signal, rules, junction, stretches, exits: [...exits.values()], ways };
}
