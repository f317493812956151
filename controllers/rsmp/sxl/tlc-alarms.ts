/** Every alarm of the signal exchange lists of traffic light controllers, 1.0.15 to 1.3.0. */
import type { SxlVersion } from "../protocol/versions.ts";
import { type Arguments, integer, oneOf, since, text, yesNo } from "./argument.ts";
import type { ComponentType } from "./tlc-commands.ts";

export interface AlarmSpec {
  readonly component: ComponentType;
  /** 2: a major fault of EN 12675, after which the controller is in a failure mode. 3: a minor one. */
  readonly priority: 2 | 3;
  readonly arguments: Arguments;
  readonly since?: SxlVersion;
}

const alarm = (component: ComponentType, priority: 2 | 3, args: Arguments = {}): AlarmSpec => ({
  component,
  priority,
  arguments: args,
});

const color = oneOf("red", "yellow", "green");
const detector: Arguments = {
  detector: text,
  type: oneOf("loop", "input"),
  errormode: oneOf("on", "off"),
  manual: yesNo,
};
const logic: Arguments = { ...detector, logicerror: oneOf("always_off", "always_on", "intermittent") };

export const tlcAlarms = {
  A0001: alarm("main", 2),
  A0002: alarm("main", 3),
  A0003: alarm("main", 2),
  A0004: alarm("main", 3),
  A0005: alarm("main", 3),
  A0006: alarm("main", 2),
  A0007: alarm("main", 3, { protocol: since("1.1.0", oneOf("rsmp", "ntp")) }),
  A0009: alarm("main", 3),
  A0010: alarm("main", 3),
  A0008: alarm("signal_group", 2, { timeplan: integer(1, 255) }),
  A0101: alarm("signal_group", 3),
  A0201: alarm("signal_group", 2, { color }),
  A0202: alarm("signal_group", 3, { color }),
  A0301: alarm("detector_logic", 3, detector),
  A0302: alarm("detector_logic", 3, logic),
  A0303: { ...alarm("detector_logic", 2, detector), since: "1.1.0" },
  A0304: { ...alarm("detector_logic", 2, logic), since: "1.1.0" },
} as const satisfies Readonly<Record<string, AlarmSpec>>;

export type AlarmCode = keyof typeof tlcAlarms;
