/** Vehicle types and their distributions, by name, as `vType` and `vTypeDistribution` define them. */
import type { VehicleType } from "../demand/demand.ts";
import { parseSpeedFactor } from "../demand/speed-factor.ts";
import { usualType } from "../demand/usual-types.ts";
import { type RoadClass, vehicleClassNames } from "../network/road-network.ts";
import { type Shares, SharesDraft } from "./shares.ts";
import type { XmlElement } from "./xml.ts";

export const usualTypeId = "DEFAULT_VEHTYPE";

/** Types that SUMO knows without being told. */
const unsaid: Readonly<Record<string, RoadClass>> = {
  [usualTypeId]: "passenger",
  DEFAULT_BIKETYPE: "bicycle",
  DEFAULT_TAXITYPE: "taxi",
  DEFAULT_PEDTYPE: "pedestrian",
};

const positive = ["length_m", "width_m", "accel_m_s2", "decel_m_s2", "maxSpeed_m_s"] as const;
const notNegative = ["minGap_m", "minGapLat_m", "sigma", "tau_s", "speedDev"] as const;
const most = 1000;

function vehicleType(element: XmlElement): VehicleType {
  const name = element.optional("vClass") ?? "passenger";
  if (!vehicleClassNames.includes(name as RoadClass)) {
    throw element.wrong("SCENARIO_CLASS", { found: name.slice(0, 60) }, "vClass");
  }
  const usual = usualType(name as RoadClass);
  const factor = parseSpeedFactor(element.optional("speedFactor") ?? String(usual.speedFactor));
  if (factor === null) {
    throw element.wrong("SCENARIO_SPEED_FACTOR", { found: element.text("speedFactor").slice(0, 60) }, "speedFactor");
  }
  return {
    id: element.text("id"),
    class: name as RoadClass,
    length_m: element.number("length", usual.length_m),
    width_m: element.number("width", usual.width_m),
    minGap_m: element.number("minGap", usual.minGap_m),
    minGapLat_m: element.number("minGapLat", usual.minGapLat_m),
    accel_m_s2: element.number("accel", usual.accel_m_s2),
    decel_m_s2: element.number("decel", usual.decel_m_s2),
    emergencyDecel_m_s2: element.number("emergencyDecel", usual.emergencyDecel_m_s2),
    maxSpeed_m_s: element.number("maxSpeed", usual.maxSpeed_m_s),
    sigma: element.number("sigma", usual.sigma),
    tau_s: element.number("tau", usual.tau_s),
    speedFactorLeast: usual.speedFactorLeast,
    speedFactorMost: usual.speedFactorMost,
    ...factor,
    speedDev: element.number("speedDev", factor.speedDev ?? usual.speedDev),
    ...desiredSpeed(element, usual.desiredSpeed_m_s),
    ...carFollowing(element),
  };
}

/** SUMO's usual values; chance has no place in this model. */
function carFollowing(element: XmlElement): Pick<VehicleType, "idm"> & Partial<Pick<VehicleType, "sigma">> {
  if (element.optional("carFollowModel") !== "IDM") return {};
  const [delta, stepping_s] = [element.number("delta", 4), element.number("stepping", 0.25)];
  for (const [key, value] of Object.entries({ delta, stepping: stepping_s })) {
    if (value > 0 && value < most) continue;
    throw element.wrong("SCENARIO_TYPE_VALUE", { type: element.text("id"), key, value });
  }
  return { idm: { delta, stepping_s }, sigma: 0 };
}

function desiredSpeed(element: XmlElement, usual: number | undefined): Pick<VehicleType, "desiredSpeed_m_s"> {
  const said = element.optional("desiredMaxSpeed") !== undefined;
  if (!said) return usual === undefined ? {} : { desiredSpeed_m_s: usual };
  const value = element.number("desiredMaxSpeed");
  if (value > 0) return { desiredSpeed_m_s: value };
  throw element.wrong("SCENARIO_TYPE_VALUE", { type: element.text("id"), key: "desiredMaxSpeed", value });
}

function checked(type: VehicleType, element: XmlElement): VehicleType {
  for (const key of positive) {
    if (!(type[key] > 0 && type[key] < most)) {
      throw element.wrong("SCENARIO_TYPE_VALUE", { type: type.id, key, value: type[key] });
    }
  }
  for (const key of notNegative) {
    if (!(type[key] >= 0 && type[key] < most)) {
      throw element.wrong("SCENARIO_TYPE_NEGATIVE", { type: type.id, key, value: type[key] });
    }
  }
  return { ...type, emergencyDecel_m_s2: Math.max(type.emergencyDecel_m_s2, type.decel_m_s2) };
}

export class TypeTable {
  readonly types: VehicleType[] = [];
  readonly #named = new Map<string, Shares<number>>();
  #open: { readonly id: string; readonly draft: SharesDraft<number> } | null = null;

  constructor() {
    this.#put({ id: usualTypeId, class: "passenger", ...usualType("passenger") });
  }

  /** False for an element that is none of types. */
  take(element: XmlElement): boolean {
    if (element.name === "vType") this.#type(element);
    else if (element.name === "vTypeDistribution") this.#distribution(element);
    else return false;
    return true;
  }

  closed(name: string): void {
    if (name !== "vTypeDistribution" || this.#open === null) return;
    this.#named.set(this.#open.id, this.#open.draft.settled());
    this.#open = null;
  }

  /** The types that a name stands for, which `element` gives by `attribute`. */
  named(name: string, element: XmlElement, attribute = "type"): Shares<number> {
    const known = this.#named.get(name);
    if (known !== undefined) return known;
    const of = unsaid[name];
    if (of === undefined) throw element.wrong("SCENARIO_TYPE_UNKNOWN", { type: name.slice(0, 60) }, attribute);
    this.#put({ id: name, class: of, ...usualType(of) });
    return this.#named.get(name) as Shares<number>;
  }

  #put(type: VehicleType): number {
    this.types.push(type);
    const at = this.types.length - 1;
    this.#named.set(type.id, [{ of: at, share: 1 }]);
    return at;
  }

  #type(element: XmlElement): void {
    const at = this.#put(checked(vehicleType(element), element));
    if (element.within.at(-1) === "vTypeDistribution") this.#open?.draft.add(at, element);
  }

  #distribution(element: XmlElement): void {
    const draft = new SharesDraft<number>(element);
    for (const [at, id] of element.list("vTypes").entries()) {
      for (const { of } of this.named(id, element, "vTypes")) draft.addListed(of, at);
    }
    this.#open = { id: element.text("id"), draft };
  }
}
