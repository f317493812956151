/** One device's objects as different callers see them: all of them, without secrets, read only, or with faults. */
import { objects } from "../../ntcip/oids.ts";
import type { ObjectStore, Reading } from "../database/object-store.ts";
import type { Role } from "./communities.ts";
import type { Faults } from "./faults.ts";

const secrets = Object.values(objects)
  .filter((spec) => spec.secret === true)
  .map((spec) => `${spec.oid}.`);

const isSecret = (oid: string): boolean => secrets.some((start) => oid.startsWith(start));

/** What a role may see and change. */
export function viewFor(store: ObjectStore, role: Exclude<Role, "administrator">): ObjectStore {
  return {
    get: (oid) => (isSecret(oid) ? "noSuchInstance" : store.get(oid)),
    after: (oid) => firstAfter(store, oid, isSecret),
    set: (writes, who) => {
      const at = writes.findIndex(({ oid }) => role === "reader" || isSecret(oid));
      return at >= 0 ? { fault: "noAccess", at } : store.set(writes, who);
    },
  };
}

function firstAfter(store: ObjectStore, oid: string, hidden: (oid: string) => boolean): Reading | null {
  let found = store.after(oid);
  while (found !== null && hidden(found.oid)) found = store.after(found.oid);
  return found;
}

/** The device as it misbehaves: objects it does not have, and values it does not tell truly. */
export function withFaults(store: ObjectStore, faults: () => Faults): ObjectStore {
  const absent = (oid: string): boolean =>
    faults().absent?.some((start) => oid === start || oid.startsWith(`${start}.`)) === true;
  const told = (reading: Reading): Reading => {
    const { lie, lies } = faults();
    const lied = lie?.oid === reading.oid ? lie : lies?.find((each) => each.oid === reading.oid);
    return lied === undefined ? reading : { ...reading, value: lied.value };
  };
  return {
    get: (oid) => {
      if (absent(oid)) return "noSuchObject";
      const reading = store.get(oid);
      return typeof reading === "string" ? reading : told(reading);
    },
    after: (oid) => {
      const found = firstAfter(store, oid, absent);
      return found === null ? null : told(found);
    },
    set: (writes, who) => {
      const at = writes.findIndex(({ oid }) => absent(oid));
      return at >= 0 ? { fault: "noCreation", at } : store.set(writes, who);
    },
  };
}

/** The device's objects with what its agent says about itself before and after them in the tree. */
export function joined(before: ObjectStore, device: ObjectStore, after: ObjectStore): ObjectStore {
  return {
    get: (oid) => {
      const reading = device.get(oid);
      if (reading !== "noSuchObject") return reading;
      const other = before.get(oid);
      return other === "noSuchObject" ? after.get(oid) : other;
    },
    after: (oid) => before.after(oid) ?? device.after(oid) ?? after.after(oid),
    set: (writes, who) => device.set(writes, who),
  };
}
