/**
 * CityFlow's roads as ours. Its lanes count from the middle of the road outwards, ours from the kerb; whoever goes straight
 * comes before who turns left, and that one before who turns right, as in its `RoadLinkType`.
 */
import { failed, ok, problem, type Result } from "../../core/problems/problem.ts";
import { emptyDraft, type NetworkDraft, type RequestDraft } from "../network/draft.ts";
import { pathLength_m } from "../network/polyline.ts";
import { type RankedWay, requestsByRank } from "../network/rank-requests.ts";
import { everyClass, type SignalProgram } from "../network/road-network.ts";
import { besideLine, middleLine } from "./lane-shapes.ts";
import type { Intersection, Road, RoadLink, Roadnet } from "./schema.ts";

const priority = { go_straight: 3, turn_left: 2, turn_right: 1 } as const;
const shortest_m = 0.1;

/** A way from a lane through a junction, while its junction is made. */
interface Way extends RankedWay {
  readonly roadLink: number;
}

class NetworkMaker {
  readonly draft: NetworkDraft = emptyDraft();
  readonly #roads = new Map<string, { readonly road: Road; readonly edge: number }>();
  readonly #intersections: ReadonlyMap<string, Intersection>;

  constructor({ intersections, roads }: Roadnet) {
    this.#intersections = new Map(intersections.map((each) => [each.id, each]));
    for (const road of roads) this.#addRoad(road);
  }

  #addRoad(road: Road): void {
    const line = middleLine(road, this.#intersections);
    const edge = this.draft.edges.length;
    const lanes: number[] = [];
    this.#roads.set(road.id, { road, edge });
    this.draft.edges.push({ id: road.id, inside: false, lanes });
    const total_m = road.lanes.reduce((sum, { width }) => sum + width, 0);
    let outer_m = total_m;
    for (const [index, { width, maxSpeed }] of road.lanes.toReversed().entries()) {
      const shape = besideLine(line, outer_m - width / 2);
      outer_m -= width;
      this.#addLane(edge, `${road.id}_${index}`, shape, maxSpeed, width);
    }
  }

  #addLane(edge: number, id: string, shape: Float64Array, speed_m_s: number, width_m: number): number {
    const { lanes } = this.draft;
    const into = this.draft.edges[edge]?.lanes ?? [];
    const length_m = Math.max(shortest_m, pathLength_m(shape));
    lanes.push({ id, edge, index: into.length, length_m, speed_m_s, width_m, allowed: everyClass, shape });
    into.push(lanes.length - 1);
    return lanes.length - 1;
  }

  /** Null for a road or a lane that is not there. */
  #laneOf(id: string, fromMiddle: number): number | null {
    const found = this.#roads.get(id);
    if (found === undefined) return null;
    return this.draft.edges[found.edge]?.lanes[found.road.lanes.length - 1 - fromMiddle] ?? null;
  }

  addIntersection(intersection: Intersection): Result<void> {
    const ways: Way[] = [];
    for (const [at, roadLink] of intersection.roadLinks.entries()) {
      const found = this.#waysOf(intersection, roadLink, at);
      if (!found.ok) return found;
      ways.push(...found.value);
    }
    ways.sort((a, b) => a.from - b.from);
    const controlled = !intersection.virtual && (intersection.trafficLight?.lightphases.length ?? 0) > 0;
    for (const [at, way] of ways.entries()) this.#addWay(intersection.id, at, way, controlled);
    const incoming = [...new Set(ways.map(({ from }) => from))].map((lane) => this.draft.lanes[lane]?.id ?? "");
    const requests = requestsByRank(ways);
    const { id } = intersection;
    this.draft.junctions.push({ id, type: controlled ? "traffic_light" : "priority", incoming, inside: [], requests });
    if (controlled) this.draft.programs.push(programOf(intersection, ways, requests));
    return ok(undefined);
  }

  #waysOf(intersection: Intersection, roadLink: RoadLink, at: number): Result<Way[]> {
    const ways: Way[] = [];
    for (const { startLaneIndex, endLaneIndex, points } of roadLink.laneLinks) {
      const from = this.#laneOf(roadLink.startRoad, startLaneIndex);
      const to = this.#laneOf(roadLink.endRoad, endLaneIndex);
      if (from === null || to === null) {
        const [road, lane] = from === null ? [roadLink.startRoad, startLaneIndex] : [roadLink.endRoad, endLaneIndex];
        return failed(problem("CITYFLOW_LANE_UNKNOWN", { intersection: intersection.id, road, lane }));
      }
      const drawn = Float64Array.from(points.flatMap(({ x, y }) => [x, y]));
      const shape = drawn.length >= 4 ? drawn : this.#straight(from, to);
      ways.push({ from, to, roadLink: at, rank: priority[roadLink.type], shape });
    }
    return ok(ways);
  }

  #straight(from: number, to: number): Float64Array {
    const { lanes } = this.draft;
    return Float64Array.from([...(lanes[from]?.shape.slice(-2) ?? []), ...(lanes[to]?.shape.slice(0, 2) ?? [])]);
  }

  #addWay(junction: string, at: number, { from, to, roadLink, rank, shape }: Way, controlled: boolean): void {
    const { edges, lanes, links } = this.draft;
    const [before, after] = [lanes[from], lanes[to]];
    const speed_m_s = Math.min(before?.speed_m_s ?? 1, after?.speed_m_s ?? 1);
    edges.push({ id: `:${junction}_${at}`, inside: true, lanes: [] });
    const via = this.#addLane(edges.length - 1, `:${junction}_${at}_0`, shape, speed_m_s, before?.width_m ?? 1);
    const signal = controlled ? junction : null;
    const signalIndex = controlled ? roadLink : -1;
    const straight = rank === priority.go_straight;
    links.push({ from, to, via, state: controlled ? "o" : "M", signal, signalIndex, turnsAround: false, straight });
    links.push({ from: via, to, via: -1, state: "M", signal: null, signalIndex: -1, turnsAround: false });
  }
}

/** A road link is `g` in a phase where one of its ways gives way to one that the phase lets go too. */
function programOf(
  { id, trafficLight, roadLinks }: Intersection,
  ways: readonly Way[],
  requests: ReadonlyMap<number, RequestDraft>,
): SignalProgram {
  const giving = (open: ReadonlySet<number>, roadLink: number): boolean =>
    ways.some(
      (way, own) =>
        way.roadLink === roadLink &&
        ways.some(({ roadLink: other }, foe) => open.has(other) && requests.get(own)?.response.at(-1 - foe) === "1"),
    );
  const phases = (trafficLight?.lightphases ?? []).map(({ time, availableRoadLinks }) => {
    const open = new Set(availableRoadLinks);
    const letter = (at: number): string => (open.has(at) ? (giving(open, at) ? "g" : "G") : "r");
    const state = roadLinks.map((_, at) => letter(at)).join("");
    return { duration_s: time, state, min_s: time, max_s: time };
  });
  return { signal: id, program: "cityflow", type: "static", offset_s: 0, phases, parameters: {} };
}

function twice(ids: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return null;
}

export function networkOf(roadnet: Roadnet): Result<NetworkDraft> {
  const { intersections, roads } = roadnet;
  for (const [element, list] of [["road", roads] as const, ["intersection", intersections] as const]) {
    const id = twice(list.map((each) => each.id));
    if (id !== null) return failed(problem("SCENARIO_TWICE", { element, id }));
  }
  const maker = new NetworkMaker(roadnet);
  for (const intersection of intersections) {
    const added = maker.addIntersection(intersection);
    if (!added.ok) return added;
  }
  return ok(maker.draft);
}
