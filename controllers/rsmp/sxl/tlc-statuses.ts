/** Every status of the signal exchange lists of traffic light controllers, 1.0.15 to 1.3.0. */
import type { SxlVersion } from "../protocol/versions.ts";
import {
  type Arguments,
  instant,
  integer,
  integers,
  oneOf,
  shaped,
  since,
  someOf,
  text,
  until,
  yesNo,
  yesNoList,
} from "./argument.ts";
import type { ComponentType } from "./tlc-commands.ts";

export interface StatusSpec {
  readonly component: ComponentType;
  readonly arguments: Arguments;
  readonly since?: SxlVersion;
  readonly until?: SxlVersion;
}

const SOURCES = ["operator_panel", "calendar_clock", "control_block", "forced", "startup", "other"];

const main = (args: Arguments): StatusSpec => ({ component: "main", arguments: args });
const detector = (args: Arguments): StatusSpec => ({ component: "detector_logic", arguments: args });

const intersection = integers(0, 255);
const source = since("1.1.0", oneOf(...SOURCES));
const sourceList = since("1.1.0", someOf(...SOURCES));
const mode = main({ intersection, status: yesNoList, source: sourceList });
const amount = main({ number: integer(1, 65_025) });
const count = integer(0, 65_535);
/** -1 stands for a detector that was not working. Before 1.1 the list says no more than that it is a text. */
const counts = (max: number) => [until("1.1.0", text), since("1.1.0", integers(-1, max))] as const;
const operator = main({
  user: [until("1.1.0", text), since("1.1.0", { kind: "integer", values: ["0", "1", "2"] })],
  status: until("1.1.0", oneOf("login", "logout")),
});

const CLASSES = ["P", "PS", "L", "LS", "B", "SP", "MC", "C", "F"];
const perClass = (argument: Arguments[string]): Arguments =>
  Object.fromEntries(CLASSES.map((name) => [name, argument]));

export const tlcStatuses = {
  S0001: main({
    signalgroupstatus: shaped(/^[a-hA-G0-9N-P]*$/),
    cyclecounter: integer(0, 999),
    basecyclecounter: integer(0, 999),
    millisecond: since("1.3.0", integer(0, 999_999)),
    stage: integer(0, 999),
  }),
  S0002: main({ detectorlogicstatus: text }),
  S0003: main({ inputstatus: text, extendedinputstatus: until("1.2.1", text) }),
  S0004: main({ outputstatus: text, extendedoutputstatus: until("1.2.1", text) }),
  S0005: main({ status: yesNo, statusByIntersection: since("1.2.1", { kind: "array" }) }),
  S0006: main({
    status: yesNo,
    emergencystage: integer(0, 255),
  }),
  S0007: mode,
  S0008: mode,
  S0009: mode,
  S0010: mode,
  S0011: mode,
  S0012: mode,
  S0013: main({
    intersection,
    status: [
      until("1.1.0", { kind: "integer_list", values: ["0", "1", "2"] }),
      since("1.1.0", { kind: "integer_list", values: ["0", "1", "2", "3"] }),
    ],
  }),
  S0014: main({ status: integer(1, 255), source }),
  S0015: main({ status: integer(1, 255), source }),
  S0016: amount,
  S0017: amount,
  S0018: { ...amount, until: "1.2.1" },
  S0019: amount,
  S0020: main({ intersection, controlmode: someOf("startup", "control", "standby", "failure", "test") }),
  S0021: main({ detectorlogics: shaped(/^[01]*$/) }),
  S0022: main({ status: text }),
  S0023: main({ status: shaped(/^$|^\d{1,2}-\d{1,2}-\d{1,2}(,\d{1,2}-\d{1,2}-\d{1,2})*$/) }),
  S0024: main({
    status: [
      until("1.1.0", shaped(/^(\d{1,2}-\d{1,2})(?:,(\d{1,2}-\d{1,2}))*$/)),
      since("1.1.0", shaped(/^(\d{1,3}-\d{1,3})(?:,(\d{1,3}-\d{1,3}))*$/)),
    ],
  }),
  S0026: main({ status: text }),
  S0027: main({ status: text }),
  S0028: main({ status: text }),
  S0029: main({ status: text }),
  S0030: main({ status: text }),
  S0031: main({ status: text }),
  S0032: {
    ...main({ intersection, status: someOf("local", "centralized", "off"), source: sourceList }),
    since: "1.1.0",
  },
  S0033: { ...main({ status: { kind: "array" } }), since: "1.1.0" },
  S0034: { ...main({ status: count }), since: "1.1.0" },
  S0035: { ...main({ emergencyroutes: { kind: "array" } }), since: "1.2.1" },
  S0091: operator,
  S0092: operator,
  S0095: main({ status: text }),
  S0096: main({
    year: integer(0, 9999),
    month: integer(1, 12),
    day: integer(1, 31),
    hour: integer(0, 23),
    minute: integer(0, 59),
    second: integer(0, 59),
  }),
  S0097: main({ checksum: text, timestamp: instant }),
  S0098: main({ config: { kind: "base64" }, timestamp: instant, version: text }),
  S0205: main({ start: instant, vehicles: counts(65_535) }),
  S0206: main({ start: instant, speed: counts(65_535) }),
  S0207: main({ start: instant, occupancy: counts(100) }),
  S0208: main({ start: instant, ...perClass(counts(65_535)) }),
  S0025: {
    component: "signal_group",
    arguments: {
      minToGEstimate: instant,
      maxToGEstimate: instant,
      likelyToGEstimate: instant,
      ToGConfidence: integer(0, 100),
      minToREstimate: instant,
      maxToREstimate: instant,
      likelyToREstimate: instant,
      ToRConfidence: integer(0, 100),
    },
  },
  S0201: detector({ starttime: instant, vehicles: count }),
  S0202: detector({ starttime: instant, speed: count }),
  S0203: detector({ starttime: instant, occupancy: integer(0, 100) }),
  S0204: detector({ starttime: instant, ...perClass(count) }),
} as const satisfies Readonly<Record<string, StatusSpec>>;

export type StatusCode = keyof typeof tlcStatuses;
