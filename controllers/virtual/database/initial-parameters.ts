/** The database a cabinet is delivered with: the intersection of the site file, no patterns, local plan free. */
import type { Intersection } from "../../../core/network/schema.ts";
import type { Phase } from "../../../core/signal/schema.ts";
import {
  channelFlash,
  channelType,
  type ObjectName,
  objects,
  oid,
  phaseOption,
  phaseStartup,
  specialPattern,
  splitMode,
} from "../../ntcip/oids.ts";
import type { Sizes } from "./layout.ts";
import { isParameter, Parameters, type Value } from "./parameters.ts";

type Put = (name: ObjectName, value: Value, ...index: readonly number[]) => void;

/** Sizes of the device: 16 phases and 48 patterns as common firmware has, and enough detectors for every lane. */
export function sizesFor(site: Intersection): Sizes {
  const channels = site.approaches.flatMap((approach) => approach.lanes.map((lane) => lane.detector_channel));
  const detectors = Math.min(255, Math.ceil(Math.max(64, ...channels) / 8) * 8);
  return { phases: 16, patterns: 48, sequences: 16, rings: 4, detectors };
}

export function initialParameters(site: Intersection, sizes: Sizes): Parameters {
  const values = new Map<string, Value>();
  const put: Put = (name, value, ...index) => {
    if (!isParameter(name)) throw new Error(`${name} is not a parameter`);
    values.set(oid(name, ...index), value);
  };
  for (let phase = 1; phase <= sizes.phases; phase += 1) putPhase(put, site, phase);
  for (let detector = 1; detector <= sizes.detectors; detector += 1) putDetector(put, site, detector);
  putUnit(put);
  putCoordination(put, site, sizes);
  for (let sequence = 1; sequence <= sizes.sequences; sequence += 1) {
    for (let ring = 1; ring <= sizes.rings; ring += 1) {
      const order = sequence === 1 ? (site.signal.rings[ring - 1] ?? []).flat() : [];
      put("sequenceData", order, sequence, ring);
    }
  }
  return new Parameters(values);
}

const tenths = (seconds: number): number => Math.round(seconds * 10);

function optionsOf(phase: Phase | undefined): number {
  if (phase === undefined) return 0;
  const recalls = {
    none: 0,
    min: phaseOption.minVehRecall,
    max: phaseOption.maxVehRecall,
    ped: phaseOption.pedRecall,
  };
  return phaseOption.enabled | phaseOption.dualEntry | recalls[phase.recall];
}

/** Phases of the other rings between the same two barriers. */
function concurrentWith(site: Intersection, phase: number): readonly number[] {
  const ring = site.signal.rings.findIndex((groups) => groups.flat().includes(phase));
  const group = site.signal.rings[ring]?.findIndex((members) => members.includes(phase));
  if (group === undefined) return [];
  return site.signal.rings
    .flatMap((groups, other) => (other === ring ? [] : (groups[group] ?? [])))
    .sort((a, b) => a - b);
}

function putPhase(put: Put, site: Intersection, number: number): void {
  const phase = site.signal.phases.find((candidate) => candidate.number === number);
  const clearance = site.signal.clearances.find((candidate) => candidate.phase === number);
  const ring = site.signal.rings.findIndex((groups) => groups.flat().includes(number)) + 1;
  put("phaseWalk", phase?.walk_s ?? 0, number);
  put("phasePedestrianClear", phase?.ped_clear_s ?? 0, number);
  put("phaseMinimumGreen", phase?.min_green_s ?? 0, number);
  put("phasePassage", tenths(phase?.passage_s ?? 0), number);
  put("phaseMaximum1", phase?.max_green_s ?? 0, number);
  put("phaseMaximum2", phase?.max_green_s ?? 0, number);
  put("phaseYellowChange", tenths(clearance?.yellow_s ?? 3), number);
  put("phaseRedClear", tenths(clearance?.red_clear_s ?? 0), number);
  put("phaseRedRevert", 20, number);
  put("phaseStartup", phaseStartup.phaseNotOn, number);
  put("phaseOptions", optionsOf(phase), number);
  put("phaseRing", ring, number);
  put("phaseConcurrency", concurrentWith(site, number), number);
  const coordinated = site.signal.coord_phases.includes(number);
  put("channelControlSource", number, number);
  put("channelControlType", channelType.phaseVehicle, number);
  put("channelFlash", coordinated ? channelFlash.yellow : channelFlash.red, number);
}

/** Detector option bits: 4 passage, 7 call. */
const CALL_AND_PASSAGE = (1 << 4) | (1 << 7);

function putDetector(put: Put, site: Intersection, number: number): void {
  const lane = site.approaches.flatMap((approach) => approach.lanes).find((each) => each.detector_channel === number);
  put("vehicleDetectorOptions", lane === undefined ? 0 : CALL_AND_PASSAGE, number);
  put("vehicleDetectorCallPhase", lane?.phase ?? 0, number);
  put("vehicleDetectorSwitchPhase", 0, number);
  put("vehicleDetectorDelay", 0, number);
  put("vehicleDetectorExtend", 0, number);
}

function putUnit(put: Put): void {
  put("unitStartUpFlash", 0);
  put("unitAutoPedestrianClear", 2);
  put("unitBackupTime", 300);
  put("unitRedRevert", 20);
}

function putCoordination(put: Put, site: Intersection, sizes: Sizes): void {
  put("coordOperationalMode", 0);
  put("coordCorrectionMode", 2);
  put("coordMaximumMode", 4);
  put("coordForceMode", 2);
  put("timebaseAscPattern", specialPattern.free, 1);
  for (let pattern = 1; pattern <= sizes.patterns; pattern += 1) {
    put("patternCycleTime", 0, pattern);
    put("patternOffsetTime", 0, pattern);
    put("patternSplitNumber", 0, pattern);
    put("patternSequenceNumber", 1, pattern);
    for (let phase = 1; phase <= sizes.phases; phase += 1) {
      put("splitTime", 0, pattern, phase);
      put("splitMode", splitMode.none, pattern, phase);
      put("splitCoordPhase", site.signal.coord_phases.includes(phase) ? 1 : 0, pattern, phase);
    }
  }
}

/** Every P and P2 object the table lists; a test compares it with what `initialParameters` fills. */
export const parameterNames = (Object.keys(objects) as ObjectName[]).filter(isParameter);
