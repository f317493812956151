/**
 * Objects some of whose bits are cleared by reading them (1202: "latched until read"). One reader alone may ask for
 * them, or events are lost; in this folder that is `poll.ts`.
 */
import type { ObjectName } from "./oids.ts";

export const latchedObjects: ReadonlySet<ObjectName> = new Set<ObjectName>(["unitAlarmStatus2", "shortAlarmStatus"]);
