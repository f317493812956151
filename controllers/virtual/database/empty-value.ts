/** What an object holds that nobody filled, or says that has nothing to tell: nothing, or the least that is allowed. */
import { noAction, type ObjectName, objects } from "../../ntcip/oids.ts";
import type { Value } from "./parameters.ts";

export function emptyValue(name: ObjectName): Value {
  const { syntax, min } = objects[name];
  switch (syntax) {
    case "octets":
      return [];
    case "text":
    case "opaque":
      return "";
    case "oid":
      return noAction;
    case "integer":
    case "counter":
    case "gauge":
      return Math.max(0, min);
  }
}
