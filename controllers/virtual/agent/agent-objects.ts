/** What an agent says about itself: the system group of MIB-II, its engine (RFC 3411) and its refusals (RFC 3414). */
import { ASC } from "../../ntcip/oids-object.ts";
import type { ObjectStore, Reading } from "../database/object-store.ts";
import { LARGEST_MESSAGE, type Security, USM_STATS, usmStat } from "./snmp/security.ts";

type Answers = readonly (readonly [oid: string, syntax: Reading["syntax"], value: () => Reading["value"]])[];

/** A few scalars in the order of their identifiers. */
function scalars(answers: Answers): ObjectStore {
  const readings = answers.map(([oid, syntax, value]) => ({ oid, parts: oid.split(".").map(Number), syntax, value }));
  const read = ({ oid, syntax, value }: (typeof readings)[number]): Reading => ({ oid, syntax, value: value() });
  return {
    get: (oid) => {
      const found = readings.find((each) => each.oid === oid);
      if (found !== undefined) return read(found);
      return readings.some((each) => oid.startsWith(each.oid.slice(0, -1))) ? "noSuchInstance" : "noSuchObject";
    },
    after: (oid) => {
      const parts = oid.split(".").map(Number);
      const found = readings.find((each) => isAfter(each.parts, parts));
      return found === undefined ? null : read(found);
    },
    set: () => ({ fault: "notWritable", at: 0 }),
  };
}

function isAfter(a: readonly number[], b: readonly number[]): boolean {
  for (const [at, part] of a.entries()) {
    const other = b[at];
    if (other === undefined || part > other) return true;
    if (part < other) return false;
  }
  return false;
}

const SYSTEM = "1.3.6.1.2.1.1";
const SNMP_ENGINE = "1.3.6.1.6.3.10.2.1";
/** End systems that serve applications (RFC 3418). */
const SERVICES = 72;

export function systemObjects(name: string, uptime_ds: () => number): ObjectStore {
  return scalars([
    [`${SYSTEM}.1.0`, "text", () => "greenwave virtual controller"],
    [`${SYSTEM}.2.0`, "oid", () => ASC],
    [`${SYSTEM}.3.0`, "ticks", () => (uptime_ds() * 10) % 4_294_967_296],
    [`${SYSTEM}.4.0`, "text", () => ""],
    [`${SYSTEM}.5.0`, "text", () => name],
    [`${SYSTEM}.6.0`, "text", () => ""],
    [`${SYSTEM}.7.0`, "integer", () => SERVICES],
  ]);
}

export function engineObjects({ engine, counts }: Security): ObjectStore {
  return scalars([
    [`${SNMP_ENGINE}.1.0`, "octets", () => [...engine.id]],
    [`${SNMP_ENGINE}.2.0`, "integer", () => engine.boots],
    [`${SNMP_ENGINE}.3.0`, "integer", () => engine.time_s],
    [`${SNMP_ENGINE}.4.0`, "integer", () => LARGEST_MESSAGE],
    ...(Object.keys(usmStat) as (keyof typeof usmStat)[]).map(
      (stat) => [`${USM_STATS}.${usmStat[stat]}.0`, "counter", () => counts[stat]] as const,
    ),
  ]);
}
