/**
 * The block objects of 1202: many values in one OER string. No block type is known here: what is asked for comes back as
 * its own header without contents, and the error says so, as from a device without blocks.
 */
import type { ObjectName } from "../../ntcip/oids.ts";
import type { SetFault } from "./object-store.ts";
import type { Value } from "./parameters.ts";
import type { SideStore } from "./side-store.ts";

/** Octets of a block header: its data type and its number. */
const NO_BLOCK: readonly number[] = [0, 0];
/** `ascBlockErrorStatus`: the block type is not supported. */
const UNSUPPORTED = 1;

export class BlockObjects implements SideStore {
  readonly names: readonly ObjectName[] = ["ascBlockGetControl", "ascBlockData", "ascBlockErrorStatus"];
  #asked: readonly number[] = NO_BLOCK;
  #error = 0;

  value(name: ObjectName): Value {
    return name === "ascBlockErrorStatus" ? this.#error : this.#asked;
  }

  fault(): SetFault | null {
    return null;
  }

  set(name: ObjectName, _index: readonly number[], value: Value): void {
    if (name === "ascBlockGetControl" && typeof value === "object") this.#asked = value;
    this.#error = UNSUPPORTED;
  }
}
