/** Objects that are neither parameters nor commands nor status of the machine, kept by whoever knows what they mean. */
import type { ObjectName } from "../../ntcip/oids.ts";
import type { SetFault } from "./object-store.ts";
import type { Value } from "./parameters.ts";

export interface SideStore {
  readonly names: readonly ObjectName[];
  value(name: ObjectName, index: readonly number[]): Value;
  /** Why a SET is refused at this moment, its range being right. */
  fault(name: ObjectName, index: readonly number[], value: Value): SetFault | null;
  set(name: ObjectName, index: readonly number[], value: Value): void;
}
