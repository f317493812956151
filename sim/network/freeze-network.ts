/** A network that was read, as numbers: links by their lanes, rights of way by their links, conflicts by geometry. */
import { conflictsOf } from "./conflicts.ts";
import { type CrossedJunction, linksBy } from "./crossing-rules.ts";
import { radiiOf } from "./curves.ts";
import type { FootDraft, JunctionDraft, LinkDraft, NetworkDraft } from "./draft.ts";
import { FootwaysOnDemand } from "./footway-source.ts";
import { packed, startsOf } from "./packed.ts";
import type { Crossing, Edges, Lanes, Links, RoadNetwork } from "./road-network.ts";

/** SUMO's default. */
const usualVisibility_m = 4.5;

const code = (text: string): number => text.charCodeAt(0);

function frozenEdges({ edges, lanes }: NetworkDraft): Edges {
  const firstLane = new Int32Array(edges.length + 1);
  let next = 0;
  for (const [at, edge] of edges.entries()) {
    firstLane[at] = next;
    next += edge.lanes.length;
  }
  firstLane[edges.length] = lanes.length;
  return {
    ids: edges.map(({ id }) => id),
    byId: new Map(edges.map(({ id }, at) => [id, at])),
    firstLane,
    inside: Uint8Array.from(edges, ({ inside }) => (inside ? 1 : 0)),
  };
}

/** Lanes inside a junction from a link on, in the order in which they are driven. */
function innerLanes(draft: NetworkDraft, linksFrom: readonly (readonly LinkDraft[])[], link: LinkDraft): number[] {
  const inner: number[] = [];
  let via = link.via;
  while (via !== -1 && !inner.includes(via)) {
    inner.push(via);
    via = linksFrom[via]?.[0]?.via ?? -1;
  }
  return inner.filter((lane) => draft.edges[draft.lanes[lane]?.edge ?? -1]?.inside === true);
}

interface Rights {
  /** For each link those to which it gives way. */
  readonly yields: number[][];
  /** For each link those whose paths touch its own. */
  readonly foes: number[][];
  readonly waitsInside: Uint8Array;
}

function junctionLinks(junction: JunctionDraft, laneByName: ReadonlyMap<string, number>, first: Int32Array): number[] {
  return junction.incoming.flatMap((id) => {
    const lane = laneByName.get(id);
    if (lane === undefined) return [];
    const [from, to] = [first[lane] as number, first[lane + 1] as number];
    return Array.from({ length: to - from }, (_, at) => from + at);
  });
}

/** Rights of way at the stop lines; whoever may wait inside settles it there (`insideRights`). */
function rightsOf(
  draft: NetworkDraft,
  laneByName: ReadonlyMap<string, number>,
  first: Int32Array,
  count: number,
): Rights {
  const yields: number[][] = Array.from({ length: count }, () => []);
  const foes: number[][] = Array.from({ length: count }, () => []);
  const waitsInside = new Uint8Array(count);
  for (const junction of draft.junctions) {
    if (junction.type === "internal") continue;
    const links = junctionLinks(junction, laneByName, first);
    for (const [index, link] of links.entries()) {
      const request = junction.requests.get(index);
      if (request === undefined) continue;
      yields[link] = linksBy(request.response, links);
      foes[link] = linksBy(request.foes, links);
      waitsInside[link] = request.waitsInside ? 1 : 0;
    }
  }
  return { yields, foes, waitsInside };
}

/** The waiting place inside a junction: way is given to all that come by the lanes that SUMO lists there. */
function insideRights(
  draft: NetworkDraft,
  laneByName: ReadonlyMap<string, number>,
  first: Int32Array,
  links: readonly LinkDraft[],
  rights: Rights,
): void {
  for (const junction of draft.junctions) {
    const [waiting, ...others] = junction.type === "internal" ? junction.incoming : [];
    const lane = waiting === undefined ? undefined : laneByName.get(waiting);
    if (lane === undefined) continue;
    const crossed = new Set(junction.inside.map((id) => laneByName.get(id)));
    const foes = junctionLinks({ ...junction, incoming: others }, laneByName, first);
    const exit = first[lane] as number;
    if (exit === first[lane + 1]) continue;
    rights.yields[exit] = foes.filter((link) => crossed.has(links[link]?.via));
    rights.foes[exit] = foes;
  }
}

/** Who gives way to a link also gives way to those who wait, or come by, at the waiting place behind it. */
function waitingFoes(links: readonly LinkDraft[], first: Int32Array, rights: Rights): void {
  for (const [link, foes] of rights.yields.entries()) {
    const waiting = foes.flatMap((foe) => {
      const via = rights.waitsInside[foe] === 1 ? (links[foe]?.via ?? -1) : -1;
      return via === -1 || first[via] === first[via + 1] ? [] : [first[via] as number];
    });
    if (waiting.length > 0) rights.yields[link] = [...foes, ...waiting];
  }
}

/** By lane: the junction inside which it is, or -1. */
function junctionOfLanes(
  draft: NetworkDraft,
  laneByName: ReadonlyMap<string, number>,
  first: Int32Array,
  inner: readonly (readonly number[])[],
): Int32Array {
  const junctions = new Int32Array(draft.lanes.length).fill(-1);
  for (const [at, each] of draft.junctions.entries()) {
    if (each.type === "internal") continue;
    for (const link of junctionLinks(each, laneByName, first)) {
      for (const lane of inner[link] ?? []) junctions[lane] = at;
    }
  }
  return junctions;
}

export function freezeNetwork(draft: NetworkDraft): RoadNetwork {
  const edges = frozenEdges(draft);
  const order = draft.links.map((_, at) => at).sort((a, b) => linkAt(draft, a).from - linkAt(draft, b).from || a - b);
  const links = order.map((at) => linkAt(draft, at));
  const linksFrom: LinkDraft[][] = draft.lanes.map(() => []);
  for (const link of links) linksFrom[link.from]?.push(link);
  const firstLink = startsOf(linksFrom);
  const laneByName = new Map(draft.lanes.map(({ id }, at) => [id, at]));
  const inner = links.map((link) => innerLanes(draft, linksFrom, link));

  const entry = new Int32Array(draft.lanes.length).fill(-1);
  for (const [at, { from }] of links.entries()) {
    if (draft.edges[draft.lanes[from]?.edge ?? -1]?.inside !== false) continue;
    for (const lane of inner[at] ?? []) entry[lane] = at;
  }
  const rights = rightsOf(draft, laneByName, firstLink, links.length);
  const junction = junctionOfLanes(draft, laneByName, firstLink, inner);
  const { first: firstConflict, conflicts } = conflictsOf(draft, links, inner, rights);
  waitingFoes(links, firstLink, rights);
  insideRights(draft, laneByName, firstLink, links, rights);
  const { first: firstYield, all: yieldTo } = packed(rights.yields);
  const signals = [...new Set(links.flatMap(({ signal }) => signal ?? []))];
  const lanes: Lanes = {
    ids: draft.lanes.map(({ id }) => id),
    edge: Int32Array.from(draft.lanes, ({ edge }) => edge),
    length_m: Float64Array.from(draft.lanes, ({ length_m }) => length_m),
    width_m: Float64Array.from(draft.lanes, ({ width_m }) => width_m),
    shape: draft.lanes.map(({ shape }) => shape),
    speed_m_s: Float64Array.from(draft.lanes, ({ speed_m_s }) => speed_m_s),
    allowed: Int32Array.from(draft.lanes, ({ allowed }) => allowed),
    firstLink,
    entry,
    junction,
    radius_m: radiiOf(draft, links, inner),
    firstConflict,
  };
  const frozen: Links = {
    from: Int32Array.from(links, ({ from }) => from),
    to: Int32Array.from(links, ({ to }) => to),
    next: Int32Array.from(links, ({ via, to }) => (via === -1 ? to : via)),
    inner_m: Float64Array.from(inner, (list) =>
      list.reduce((sum, lane) => sum + (draft.lanes[lane]?.length_m ?? 0), 0),
    ),
    ownState: Uint8Array.from(links, ({ state }) => code(state)),
    signal: Int32Array.from(links, ({ signal }) => (signal === null ? -1 : signals.indexOf(signal))),
    signalIndex: Int32Array.from(links, ({ signalIndex }) => signalIndex),
    turnsAround: Uint8Array.from(links, ({ turnsAround }) => (turnsAround ? 1 : 0)),
    straight: Uint8Array.from(links, ({ straight }) => (straight === true ? 1 : 0)),
    intoRoundabout: Uint8Array.from(links, ({ to }) =>
      draft.roundabouts.has(draft.edges[draft.lanes[to]?.edge ?? -1]?.id ?? "") ? 1 : 0,
    ),
    visibility_m: Float64Array.from(links, ({ visibility_m }) => visibility_m ?? usualVisibility_m),
    waitsInside: rights.waitsInside,
    firstYield,
    yieldTo,
    hasFoes: Uint8Array.from(rights.foes, (foes) => (foes.length > 0 ? 1 : 0)),
  };
  const crossings = signalledCrossings(draft.foot, signals);
  const roads = { edges, lanes, links: frozen, conflicts, signals, crossings, programs: draft.programs };
  const junctions = crossedOf(draft, laneByName, firstLink);
  return { ...roads, footways: new FootwaysOnDemand(roads, { draft: draft.foot, junctions, inner }) };
}

/** What signals have to let people walk over. */
function signalledCrossings({ lanes, joins }: FootDraft, signals: readonly string[]): readonly Crossing[] {
  const byEdge = new Map(lanes.filter(({ crossing }) => crossing).map(({ edge, length_m }) => [edge, length_m]));
  return joins.flatMap(({ to, signal: name, signalIndex: index }) => {
    const [length_m, signal] = [byEdge.get(to), name === null ? -1 : signals.indexOf(name)];
    return length_m === undefined || signal === -1 ? [] : [{ signal, index, length_m }];
  });
}

/** Junctions that people cross. */
function crossedOf(
  { foot, junctions }: NetworkDraft,
  laneByName: ReadonlyMap<string, number>,
  first: Int32Array,
): readonly CrossedJunction[] {
  const crossings = new Set(foot.lanes.flatMap(({ crossing, lane }) => (crossing ? lane : [])));
  if (crossings.size === 0) return [];
  return junctions
    .filter(({ type, inside }) => type !== "internal" && inside.some((lane) => crossings.has(lane)))
    .map((junction) => ({
      requests: junction.requests,
      links: junctionLinks(junction, laneByName, first),
      inside: junction.inside,
    }));
}

function linkAt(draft: NetworkDraft, at: number): LinkDraft {
  return draft.links[at] as LinkDraft;
}
