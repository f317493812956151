/** The database a cabinet is delivered with: the intersection of the site file, no patterns, local plan free. */
import type { Intersection } from "../../../core/network/schema.ts";
import { deciseconds } from "../../../core/signal/machine/convert.ts";
import {
  channelFlash,
  channelType,
  correctionMode,
  daylightSaving,
  detectorOption,
  eventAction,
  eventMode,
  forceMode,
  maximumMode,
  overlapType,
  splitMode,
} from "../../ntcip/oids.ts";
import { emptyValue } from "./empty-value.ts";
import { putPhase } from "./initial-phase.ts";
import { putSiteRows } from "./initial-site-rows.ts";
import type { Layout, Sizes } from "./layout.ts";
import { parameterNames } from "./parameter-places.ts";
import { Parameters, type Put, type Value } from "./parameters.ts";

/** Pedestrian heads and overlaps get a channel each above those of the vehicle phases: 32 in all. */
const PEDESTRIAN_CHANNELS = 8;
const OVERLAP_CHANNELS = 8;

/** Sizes of the device: 16 phases and 48 patterns as common firmware has, and more where the site file needs it. */
export function sizesFor({ approaches, signal }: Intersection): Sizes {
  const detectors = approaches.flatMap((approach) => approach.lanes.map((lane) => lane.detector_channel));
  const patterns = (signal.patterns ?? []).map((pattern) => pattern.pattern);
  const dayPlans = (signal.day_plans ?? []).map((plan) => plan.number);
  const dayPlanEvents = (signal.day_plans ?? []).map((plan) => plan.events.length);
  return {
    phases: 16,
    patterns: Math.max(48, ...patterns),
    sequences: 20,
    rings: 4,
    detectors: Math.min(255, Math.ceil(Math.max(64, ...detectors) / 8) * 8),
    pedestrianDetectors: PEDESTRIAN_CHANNELS,
    channels: 16 + PEDESTRIAN_CHANNELS + OVERLAP_CHANNELS,
    overlaps: 16,
    preempts: 16,
    specialFunctions: 8,
    ports: 8,
    actions: 64,
    schedules: Math.max(40, signal.plan_days?.length ?? 0),
    dayPlans: Math.max(16, ...dayPlans),
    dayPlanEvents: Math.max(16, ...dayPlanEvents),
    eventConfigs: 16,
    eventClasses: 4,
    events: 32,
    communities: 2,
    dynamicMembers: 16,
  };
}

export function initialParameters(site: Intersection, { sizes, places }: Layout): Parameters {
  const values: Value[] = [];
  for (const name of parameterNames) {
    const empty = emptyValue(name);
    for (const place of places.all(name)) values[place] = empty;
  }
  const put: Put = (name, value, ...index) => {
    values[places.of(name, index)] = value;
  };
  for (let phase = 1; phase <= sizes.phases; phase += 1) putPhase(put, site, phase);
  putPedestrians(put, site, sizes);
  for (let detector = 1; detector <= sizes.detectors; detector += 1) putDetector(put, site, detector);
  for (let overlap = 1; overlap <= sizes.overlaps; overlap += 1) put("overlapType", overlapType.normal, overlap);
  for (let preempt = 1; preempt <= sizes.preempts; preempt += 1) putPreempt(put, site, preempt);
  putUnit(put);
  putCoordination(put, site, sizes);
  putLog(put, sizes);
  putSiteRows(put, site);
  return new Parameters(places, values);
}

/** Pedestrian heads and push buttons of the phases that have a walk, in the order of their numbers. */
function putPedestrians(put: Put, site: Intersection, sizes: Sizes): void {
  const phases = site.signal.phases.filter((phase) => phase.walk_s > 0).map((phase) => phase.number);
  for (const [at, phase] of [...phases]
    .sort((a, b) => a - b)
    .slice(0, PEDESTRIAN_CHANNELS)
    .entries()) {
    put("channelControlSource", phase, sizes.phases + at + 1);
    put("channelControlType", channelType.phasePedestrian, sizes.phases + at + 1);
    put("pedestrianDetectorCallPhase", phase, at + 1);
  }
  for (let overlap = 1; overlap <= OVERLAP_CHANNELS; overlap += 1) {
    const channel = sizes.phases + PEDESTRIAN_CHANNELS + overlap;
    put("channelControlSource", overlap, channel);
    put("channelControlType", channelType.overlap, channel);
    put("channelFlash", channelFlash.red, channel);
  }
}

const MEASURES_AND_CALLS =
  detectorOption.volume | detectorOption.occupancy | detectorOption.passage | detectorOption.call;

function putDetector(put: Put, site: Intersection, number: number): void {
  const lane = site.approaches.flatMap((approach) => approach.lanes).find((each) => each.detector_channel === number);
  put("vehicleDetectorOptions", lane === undefined ? 0 : MEASURES_AND_CALLS, number);
  put("vehicleDetectorCallPhase", lane?.phase ?? 0, number);
}

/** Without dwell phases a preempt is not used. Its clearances are the longest of the intersection: 0 would cut them. */
function putPreempt(put: Put, site: Intersection, number: number): void {
  const yellow = Math.max(...site.signal.clearances.map((clearance) => clearance.yellow_s));
  const red = Math.max(...site.signal.clearances.map((clearance) => clearance.red_clear_s));
  for (const interval of ["Enter", "Track"] as const) {
    put(`preempt${interval}YellowChange`, deciseconds(yellow), number);
    put(`preempt${interval}RedClear`, deciseconds(red), number);
  }
  const longestClear = Math.max(...site.signal.phases.map((phase) => phase.ped_clear_s));
  put("preemptEnterPedClear", longestClear, number);
  put("preemptMinimumGreen", Math.max(...site.signal.phases.map((phase) => phase.min_green_s)), number);
  put("preemptMinimumWalk", Math.max(...site.signal.phases.map((phase) => phase.walk_s)), number);
  put("preemptDwellGreen", 10, number);
  put("preemptExitPhase", [...site.signal.coord_phases], number);
}

function putUnit(put: Put): void {
  put("unitAutoPedestrianClear", 2);
  put("unitBackupTime", 300);
  put("unitRedRevert", 20);
  put("volumeOccupancyPeriod", 60);
  put("globalDaylightSaving", daylightSaving.disabled);
}

function putCoordination(put: Put, site: Intersection, sizes: Sizes): void {
  put("coordCorrectionMode", correctionMode.dwell);
  put("coordMaximumMode", maximumMode.maxInhibit);
  put("coordForceMode", forceMode.floating);
  for (let pattern = 1; pattern <= sizes.patterns; pattern += 1) {
    put("patternSequenceNumber", 1, pattern);
    for (let phase = 1; phase <= sizes.phases; phase += 1) {
      put("splitMode", splitMode.none, pattern, phase);
      put("splitCoordPhase", site.signal.coord_phases.includes(phase) ? 1 : 0, pattern, phase);
    }
  }
}

function putLog(put: Put, sizes: Sizes): void {
  for (let config = 1; config <= sizes.eventConfigs; config += 1) {
    put("eventConfigMode", eventMode.onChange, config);
    put("eventConfigAction", eventAction.disabled, config);
  }
  for (let each = 1; each <= sizes.eventClasses; each += 1) put("eventClassLimit", sizes.events, each);
}
