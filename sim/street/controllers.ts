/** The controllers that `simulate` knows by name. */
import { IndexRule } from "../../core/adaptive/index-rule.ts";
import type { Junction } from "../../core/adaptive/junction.ts";
import { MaxPressure } from "../../core/adaptive/max-pressure.ts";
import type { Policy } from "../../core/adaptive/policy.ts";
import { WalkService } from "../../core/adaptive/priority/walk-service.ts";
import { RollingSearch } from "../../core/adaptive/rolling-search.ts";
import { AdaptiveControl, type Notices, type PolicyFor } from "../adaptive/adaptive-control.ts";
import { MaxWave } from "./max-wave.ts";
import type { StreetController } from "./running-street.ts";

/** What is put around each policy, to time it or to note what it does; the policy itself unless said. */
export type AroundPolicy = (policy: Policy, ...of: Parameters<PolicyFor>) => Policy;

/** Policies that see one intersection each, and can lead a device as well as a simulated signal. */
const policies = {
  adaptive: (junction: Junction): Policy => new RollingSearch(junction),
  index: (junction: Junction): Policy => new IndexRule(junction),
  "max-pressure": (junction: Junction): Policy => new MaxPressure(junction),
} as const;

/** Whose decisions can be explained, and altered by priority. */
export const policyNames: readonly string[] = Object.keys(policies);

const deciding = (policyFor: (junction: Junction) => Policy) => (around: AroundPolicy, notices: Notices | null) =>
  new AdaptiveControl((...of) => around(walking(policyFor(of[0]), of[0]), ...of), notices);

/** Crossings for people are served whatever the policy. */
const walking = (policy: Policy, junction: Junction): Policy =>
  (junction.walks ?? []).length === 0 ? policy : new WalkService(policy, junction);

/** Those that decide, second by second, over the port. `fixed` and `actuated` are the engines' own. */
const controllers = {
  adaptive: deciding(policies.adaptive),
  index: deciding(policies.index),
  "max-pressure": deciding(policies["max-pressure"]),
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

/** How a decision reaches a signal of a site: over the protocol of the street's devices. */
export const throughNames = ["ntcip"] as const;

/** Null for those of the engines. */
export const decidingController = (
  name: ControllerName,
  around: AroundPolicy,
  notices: Notices | null,
): StreetController | null => (name === "fixed" || name === "actuated" ? null : controllers[name](around, notices));

/** Null for a controller that is no policy of one intersection. */
export const policyOf = (name: ControllerName): ((junction: Junction) => Policy) | null =>
  name in policies ? policies[name as keyof typeof policies] : null;
