/** The definitions of STMP's dynamic objects (1103): changed only while one is under creation. */
import { dynamicState, noAction, type ObjectName } from "../../ntcip/oids.ts";
import { DYNAMIC_OBJECTS } from "./layout.ts";
import type { SetFault } from "./object-store.ts";
import type { Value } from "./parameters.ts";
import type { SideStore } from "./side-store.ts";

interface Definition {
  owner: string;
  state: number;
  readonly members: Map<number, string>;
}

/** From which states a state is reached; invalid from all. */
const BEFORE: Readonly<Record<number, readonly number[]>> = {
  [dynamicState.invalid]: [dynamicState.valid, dynamicState.underCreation, dynamicState.invalid],
  [dynamicState.underCreation]: [dynamicState.invalid, dynamicState.underCreation],
  [dynamicState.valid]: [dynamicState.underCreation, dynamicState.valid],
};

export class DynamicObjects implements SideStore {
  readonly names: readonly ObjectName[] = ["dynObjVariable", "dynObjConfigOwner", "dynObjConfigStatus"];
  readonly #definitions: readonly Definition[] = Array.from({ length: DYNAMIC_OBJECTS }, () => ({
    owner: "",
    state: dynamicState.invalid,
    members: new Map<number, string>(),
  }));

  value(name: ObjectName, [number = 1, member = 1]: readonly number[]): Value {
    const definition = this.#definition(number);
    if (name === "dynObjConfigOwner") return definition.owner;
    return name === "dynObjConfigStatus" ? definition.state : (definition.members.get(member) ?? noAction);
  }

  fault(name: ObjectName, [number = 1]: readonly number[], value: Value): SetFault | null {
    const { state } = this.#definition(number);
    if (name === "dynObjConfigStatus") {
      return BEFORE[Number(value)]?.includes(state) === true ? null : "inconsistentValue";
    }
    return state === dynamicState.underCreation ? null : "genErr";
  }

  set(name: ObjectName, [number = 1, member = 1]: readonly number[], value: Value): void {
    const definition = this.#definition(number);
    if (name === "dynObjConfigOwner") definition.owner = String(value);
    else if (name === "dynObjVariable") definition.members.set(member, String(value));
    else {
      definition.state = Number(value);
      if (definition.state === dynamicState.invalid) definition.members.clear();
    }
  }

  #definition(number: number): Definition {
    const definition = this.#definitions[number - 1];
    if (definition === undefined) throw new Error(`there is no dynamic object ${number}`);
    return definition;
  }
}
