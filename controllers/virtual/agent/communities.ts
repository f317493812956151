/**
 * Who may speak SNMPv1 and v2c to the device: the administrator's name and the rows of `communityNameTable` (1201). They
 * are the keys of the intersection, so only the administrator reads them.
 */
import type { ObjectName } from "../../ntcip/oids.ts";
import type { SetFault } from "../database/object-store.ts";
import type { Value } from "../database/parameters.ts";
import type { SideStore } from "../database/side-store.ts";

/** The administrator does everything, a writer everything but names, a reader reads. */
export type Role = "administrator" | "writer" | "reader";

interface Row {
  name: string;
  mask: number;
}

const ALL_ACCESS = 4_294_967_295;

export interface CommunityNames {
  readonly administrator?: string | undefined;
  readonly reader?: string | undefined;
}

export class Communities implements SideStore {
  readonly names: readonly ObjectName[] = ["communityNameAdmin", "communityNameUser", "communityNameAccessMask"];
  readonly #rows: readonly Row[];
  #administrator: string;
  /** A name replaced a moment ago; valid until its successor was used, as the answer to the change may get lost. */
  #former: string | null = null;

  constructor({ administrator = "", reader = "" }: CommunityNames) {
    this.#administrator = administrator;
    this.#rows = [
      { name: "", mask: ALL_ACCESS },
      { name: reader, mask: 0 },
    ];
  }

  /** Null for a stranger. An empty name is nobody's. */
  roleOf(name: string): Role | null {
    if (name === "") return null;
    if (name === this.#administrator) {
      this.#former = null;
      return "administrator";
    }
    if (name === this.#former) return "administrator";
    const row = this.#rows.find((each) => each.name === name);
    if (row === undefined) return null;
    return row.mask === 0 ? "reader" : "writer";
  }

  value(name: ObjectName, [row = 1]: readonly number[]): Value {
    if (name === "communityNameAdmin") return this.#administrator;
    const found = this.#row(row);
    return name === "communityNameUser" ? found.name : found.mask;
  }

  fault(): SetFault | null {
    return null;
  }

  set(name: ObjectName, [row = 1]: readonly number[], value: Value): void {
    if (name === "communityNameAdmin") {
      this.#former = this.#administrator;
      this.#administrator = String(value);
    } else if (name === "communityNameUser") this.#row(row).name = String(value);
    else this.#row(row).mask = Number(value);
  }

  #row(number: number): Row {
    const row = this.#rows[number - 1];
    if (row === undefined) throw new Error(`there is no community ${number}`);
    return row;
  }
}
