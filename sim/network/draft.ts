/** A road network while it is being read: plain objects, in the order of the file. */
import type { SignalProgram } from "./road-network.ts";

export interface LaneDraft {
  readonly id: string;
  readonly edge: number;
  readonly index: number;
  readonly length_m: number;
  readonly speed_m_s: number;
  readonly width_m: number;
  readonly allowed: number;
  readonly shape: Float64Array;
}

export interface EdgeDraft {
  readonly id: string;
  readonly inside: boolean;
  readonly lanes: number[];
}

export interface LinkDraft {
  readonly from: number;
  readonly to: number;
  readonly via: number;
  readonly state: string;
  readonly signal: string | null;
  readonly signalIndex: number;
  readonly turnsAround: boolean;
  /** Goes straight on. */
  readonly straight?: boolean;
  /** Turns, and not to the near side. */
  readonly bends?: boolean;
  /** From so far before it one sees who else comes, m; without it the usual. */
  readonly visibility_m?: number;
}

export interface RequestDraft {
  /** Whether bit j is set. */
  readonly response: string;
  readonly foes: string;
  readonly waitsInside: boolean;
}

export interface JunctionDraft {
  readonly id: string;
  readonly type: string;
  readonly incoming: readonly string[];
  /** Lanes inside, by name. */
  readonly inside: readonly string[];
  readonly requests: Map<number, RequestDraft>;
}

/** The lane of a crossing for people, or of the place at a corner from which they set out, by the name of its edge. */
export interface FootLaneDraft {
  readonly edge: string;
  readonly lane: string;
  readonly crossing: boolean;
  readonly length_m: number;
  readonly width_m: number;
  readonly shape: Float64Array;
}

/** A way of people from one edge into the next, one of which at least is a corner. */
export interface FootJoinDraft {
  readonly from: string;
  readonly to: string;
  readonly state: string;
  readonly signal: string | null;
  readonly signalIndex: number;
}

/** What only people need of a network. */
export interface FootDraft {
  readonly lanes: FootLaneDraft[];
  readonly joins: FootJoinDraft[];
  /** Junctions by name, and those between which edge e lies: ends[2e] and ends[2e + 1]. */
  readonly nodes: Map<string, number>;
  readonly ends: number[];
}

export interface NetworkDraft {
  readonly edges: EdgeDraft[];
  readonly lanes: LaneDraft[];
  readonly links: LinkDraft[];
  readonly junctions: JunctionDraft[];
  readonly programs: SignalProgram[];
  /** Names of the edges that go round. */
  readonly roundabouts: Set<string>;
  readonly foot: FootDraft;
}

export const emptyDraft = (): NetworkDraft => ({
  edges: [],
  lanes: [],
  links: [],
  junctions: [],
  programs: [],
  roundabouts: new Set(),
  foot: { lanes: [], joins: [], nodes: new Map(), ends: [] },
});
