/** The controllers that `simulate` knows by name. */
import { IndexRule } from "../../core/adaptive/index-rule.ts";
import { MaxPressure } from "../../core/adaptive/max-pressure.ts";
import { RollingSearch } from "../../core/adaptive/rolling-search.ts";
import { AdaptiveControl } from "../adaptive/adaptive-control.ts";
import { MaxWave } from "./max-wave.ts";
import type { StreetController } from "./running-street.ts";

/** Those that decide, second by second, over the port. `fixed` and `actuated` are the engines' own. */
const deciding = {
  adaptive: (): StreetController => new AdaptiveControl((junction) => new RollingSearch(junction)),
  index: (): StreetController => new AdaptiveControl((junction) => new IndexRule(junction)),
  "max-pressure": (): StreetController => new AdaptiveControl((junction) => new MaxPressure(junction)),
  "max-wave": (): StreetController => new MaxWave(),
} as const;

export const controllerNames = [
  "fixed",
  "actuated",
  "adaptive",
  "index",
  "max-pressure",
  "max-wave",
] as const satisfies readonly ("fixed" | "actuated" | keyof typeof deciding)[];

export type ControllerName = (typeof controllerNames)[number];

/** What a controller sees: every vehicle on the lanes that it watches, or what cameras would tell it of them. */
export const detectionNames = ["full", "camera"] as const;

/** Null for those of the engines. */
export const decidingController = (name: ControllerName): StreetController | null =>
  name === "fixed" || name === "actuated" ? null : deciding[name]();
