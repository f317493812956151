/** Attributes and parameters that SUMO acts on and we do not: they are told, not passed over in silence. */
import type { Notes } from "./notes.ts";
import type { XmlElement } from "./xml.ts";

interface Attribute {
  readonly of: readonly string[];
  readonly name: string;
  /** Values that change nothing here. */
  readonly harmless: readonly string[];
  readonly instead: string;
}

const vehicles = ["vehicle", "trip", "flow"];

const attributes: readonly Attribute[] = [
  {
    of: ["vType"],
    name: "carFollowModel",
    harmless: ["Krauss", "krauss", "KraussOrig1", "carFollowing-Krauss", "IDM"],
    instead: "drivers follow by Krauss' rule",
  },
  {
    of: ["vType"],
    name: "laneChangeModel",
    harmless: ["LC2013", "SL2015", "default"],
    instead: "lanes are changed by LC2013",
  },
  { of: ["vType"], name: "actionStepLength", harmless: [], instead: "drivers act in every step" },
  { of: vehicles, name: "arrivalLane", harmless: ["current"], instead: "trips end on any lane" },
  { of: vehicles, name: "arrivalSpeed", harmless: ["current"], instead: "trips end at any speed" },
  { of: vehicles, name: "departPosLat", harmless: ["center"], instead: "the place across the lane is chosen here" },
];

/** Lane changing and junction parameters of a type that are not the usual ones. */
const prefixes = ["lc", "jm"];

/** Devices that change how somebody drives. */
const devices = new Map([
  ["has.bluelight.device", "emergency vehicles drive as others do, and others do not give way"],
]);

type Say = (attribute: string, found: string, instead: string) => void;

function tellAttributes(element: XmlElement, say: Say): void {
  for (const { of, name, harmless, instead } of attributes) {
    const found = of.includes(element.name) ? element.optional(name) : undefined;
    if (found !== undefined && !harmless.includes(found)) say(name, found, instead);
  }
}

function tellParameter(element: XmlElement, say: Say): void {
  const [key, value] = [element.optional("key") ?? "", element.optional("value") ?? ""];
  const instead = devices.get(key);
  if (instead !== undefined && value !== "false") say(key, value, instead);
}

/** Tells of what this element says in vain. */
export function tellLeftOut(element: XmlElement, notes: Notes): void {
  const say: Say = (attribute, found, instead) =>
    notes.add(
      "SCENARIO_MODEL_LEFT_OUT",
      { attribute, found: found.slice(0, 60), element: element.name, instead },
      element,
    );
  tellAttributes(element, say);
  if (element.name === "param") tellParameter(element, say);
  if (element.name !== "vType") return;
  for (const name of element.names) {
    if (prefixes.some((prefix) => name.startsWith(prefix))) say(name, element.text(name), "the usual value holds");
  }
}
