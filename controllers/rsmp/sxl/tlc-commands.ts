/** Every command of the signal exchange lists of traffic light controllers, 1.0.15 to 1.3.0. */
import type { SxlVersion } from "../protocol/versions.ts";
import { type Arguments, integer, oneOf, optional, since, text, yesNo } from "./argument.ts";

export type ComponentType = "main" | "signal_group" | "detector_logic";

export interface CommandSpec {
  readonly component: ComponentType;
  /** The operation (`cO`) that goes with the code. */
  readonly operation: string;
  readonly arguments: Arguments;
  readonly since?: SxlVersion;
  /** Which of the two security codes `securityCode` has to be. */
  readonly security?: 1 | 2;
}

const VEHICLES = [
  "pedestrian",
  "bicycle",
  "motorcycle",
  "car",
  "bus",
  "lightTruck",
  "heavyTruck",
  "tram",
  "emergency",
  "safetyCar",
  "specialTransport",
  "other",
];

/** A command of the main component that asks for security code 2, as nearly all do. */
const guarded = (operation: string, args: Arguments, component: ComponentType = "main"): CommandSpec => ({
  component,
  operation,
  arguments: { ...args, securityCode: text },
  security: 2,
});

const number = integer(1, 255);
const plan = integer(0, 255);
const priorityReference = optional(integer(0, 255));

export const tlcCommands = {
  M0001: guarded("setValue", {
    status: oneOf("NormalControl", "YellowFlash", "Dark"),
    timeout: optional(integer(0, 1440), "1.3.0"),
    intersection: optional(integer(0, 255), "1.3.0"),
  }),
  M0002: guarded("setPlan", { status: yesNo, timeplan: number }),
  M0003: guarded("setTrafficSituation", { status: yesNo, traficsituation: number }),
  M0004: guarded("setRestart", { status: yesNo }),
  M0005: guarded("setEmergency", { status: yesNo, emergencyroute: number }),
  M0006: guarded("setInput", { status: yesNo, input: number }),
  M0007: guarded("setFixedTime", { status: yesNo }),
  M0008: guarded(
    "setForceDetectorLogic",
    { status: yesNo, mode: yesNo, duration: since("1.3.0", optional(integer(0))) },
    "detector_logic",
  ),
  M0010: guarded("setStart", { status: yesNo }, "signal_group"),
  M0011: guarded("setStop", { status: yesNo }, "signal_group"),
  M0012: guarded("setStart", { status: text }),
  M0013: guarded("setInput", { status: text }),
  M0014: guarded("setCommands", { plan, status: text }),
  M0015: guarded("setOffset", { status: integer(0, 255), plan }),
  M0016: guarded("setWeekTable", { status: text }),
  M0017: guarded("setTimeTable", { status: text }),
  M0018: guarded("setCycleTime", { status: number, plan }),
  M0019: guarded("setInput", { status: yesNo, input: number, inputValue: yesNo }),
  M0020: guarded("setOutput", { status: yesNo, output: number, outputValue: yesNo }),
  M0021: guarded("setLevel", { status: text }),
  M0022: {
    component: "main",
    operation: "requestPriority",
    since: "1.1.0",
    arguments: {
      requestId: text,
      signalGroupId: optional(text),
      inputId: priorityReference,
      connectionId: priorityReference,
      approachId: optional(integer(0, 16)),
      laneInId: priorityReference,
      laneOutId: priorityReference,
      priorityId: priorityReference,
      type: oneOf("new", "update", "cancel"),
      level: optional(integer(0, 14)),
      eta: optional(integer(0, 255)),
      vehicleType: optional(oneOf(...VEHICLES)),
    },
  },
  M0023: { ...guarded("setTimeout", { status: integer(0, 65_535) }), since: "1.1.0" },
  M0024: {
    component: "main",
    operation: "clearAlarms",
    since: "1.3.0",
    arguments: { status: { kind: "native_boolean" } },
  },
  M0103: {
    component: "main",
    operation: "setSecurityCode",
    arguments: { status: oneOf("Level1", "Level2"), oldSecurityCode: text, newSecurityCode: text },
  },
  M0104: {
    component: "main",
    operation: "setDate",
    security: 1,
    arguments: {
      securityCode: text,
      year: integer(0, 9999),
      month: integer(1, 12),
      day: integer(1, 31),
      hour: integer(0, 23),
      minute: integer(0, 59),
      second: integer(0, 59),
    },
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;

export type CommandCode = keyof typeof tlcCommands;

/** Names of arguments that are secrets: they are compared, repeated to who sent them, and never told to anybody else. */
export const SECRET_ARGUMENTS: ReadonlySet<string> = new Set(["securityCode", "oldSecurityCode", "newSecurityCode"]);
