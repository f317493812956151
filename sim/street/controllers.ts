/** The controllers that `simulate` knows by name. */
import { IndexRule } from "../../core/adaptive/index-rule.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import { MaxPressure } from "../../core/adaptive/max-pressure.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import { RollingSearch } from "../../core/adaptive/rolling-search.ts";
import { AdaptiveControl, type PolicyFor } from "../adaptive/adaptive-control.ts";
import { MaxWave } from "./max-wave.ts";
import type { StreetController } from "./running-street.ts";

/** What is put around each policy, to time it or to note what it does; the policy itself unless said. */
export type AroundPolicy = (policy: Policy, ...of: Parameters<PolicyFor>) => Policy;

const deciding = (policyFor: (junction: Junction) => Policy) => (around: AroundPolicy) =>
  new AdaptiveControl((...of) => around(policyFor(of[0]), ...of));

/** Those that decide, second by second, over the port. `fixed` and `actuated` are the engines' own. */
const controllers = {
  adaptive: deciding((junction) => new RollingSearch(junction)),
  index: deciding((junction) => new IndexRule(junction)),
  "max-pressure": deciding((junction) => new MaxPressure(junction)),
  "max-wave": (): StreetController => new MaxWave(),
} as const;

export const controllerNames = [
  "fixed",
  "actuated",
  "adaptive",
  "index",
  "max-pressure",
  "max-wave",
] as const satisfies readonly ("fixed" | "actuated" | keyof typeof controllers)[];

export type ControllerName = (typeof controllerNames)[number];

/** What a controller sees: every vehicle on the lanes that it watches, or what cameras would tell it of them. */
export const detectionNames = ["full", "camera"] as const;

/** Null for those of the engines. */
export const decidingController = (name: ControllerName, around: AroundPolicy): StreetController | null =>
  name === "fixed" || name === "actuated" ? null : controllers[name](around);
