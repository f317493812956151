/** The device as an object store: what its SNMP agent reads and writes. */
import { type ObjectName, objects } from "../../ntcip/oids.ts";
import { type CheckedWrite, checkWrite } from "../database/check-write.ts";
import { emptyValue } from "../database/empty-value.ts";
import { fixedValue } from "../database/fixed-objects.ts";
import type { Instance } from "../database/layout.ts";
import type { ObjectStore, Reading, RefusedWrite, SetFault, Write } from "../database/object-store.ts";
import { isParameter } from "../database/parameter-places.ts";
import type { Value } from "../database/parameters.ts";
import type { SideStore } from "../database/side-store.ts";
import { isCommand } from "./backup-timer.ts";
import { statusObjects } from "./status-objects.ts";
import type { VirtualDevice } from "./virtual-device.ts";

/** Side stores by the names of their objects. */
type Sides = ReadonlyMap<ObjectName, SideStore>;

export function deviceObjects(device: VirtualDevice, stores: readonly SideStore[] = []): ObjectStore {
  const columns = Object.values(objects).map((spec) => `${spec.oid}.`);
  const sides: Sides = new Map(stores.flatMap((store) => store.names.map((name) => [name, store] as const)));
  const readingOf = (instance: Instance): Reading => {
    const { oid, name, index } = instance;
    const value = sides.get(name)?.value(name, index) ?? currentValue(device, instance);
    return { oid, syntax: objects[name].syntax, value };
  };
  return {
    get: (oid) => {
      const instance = device.layout.find(oid);
      if (instance !== undefined) return readingOf(instance);
      return columns.some((column) => oid.startsWith(column)) ? "noSuchInstance" : "noSuchObject";
    },
    after: (oid) => {
      const instance = device.layout.after(oid);
      return instance === undefined ? null : readingOf(instance);
    },
    set: (writes, who) => setAll(device, sides, writes, who),
  };
}

function currentValue(device: VirtualDevice, { oid, name, index }: Instance): Value {
  const fixed = fixedValue(name, index, device.layout);
  if (fixed !== undefined) return fixed;
  const status = statusObjects[name];
  if (status !== undefined) return status(device, index);
  if (name === "dbCreateTransaction") return device.transaction.state;
  if (name === "globalTime") return device.clock.seconds;
  const parameter = device.parameters.value(oid);
  if (parameter !== undefined) return parameter;
  return objects[name].kind === "C" ? device.commands.value(oid) : emptyValue(name);
}

/** All or nothing (RFC 3416 4.2.5): every write is checked before the first takes effect. */
function setAll(device: VirtualDevice, sides: Sides, writes: readonly Write[], who: string): RefusedWrite | null {
  const checked: CheckedWrite[] = [];
  for (const [at, write] of writes.entries()) {
    const result = checkWrite(device.layout, write);
    const fault = typeof result === "string" ? result : stateFault(device, sides, result, who);
    if (fault !== null) return { fault, at };
    if (typeof result !== "string") checked.push(result);
  }
  const mixed = mixedAt(checked);
  if (mixed >= 0) return { fault: "genErr", at: mixed };
  const direct = device.transaction.buffering ? null : setDirectly(device, checked);
  if (direct !== null) return direct;
  for (const write of checked) setOne(device, sides, write, who);
  return null;
}

/** A transition and parameters in one request have no order: refused, at the first parameter. */
function mixedAt(checked: readonly CheckedWrite[]): number {
  if (!checked.some(({ instance }) => instance.name === "dbCreateTransaction")) return -1;
  return checked.findIndex(({ instance }) => isParameter(instance.name));
}

/** What the transaction rules forbid at this moment. */
function stateFault(device: VirtualDevice, sides: Sides, write: CheckedWrite, who: string): SetFault | null {
  const { instance, spec, value } = write;
  const { transaction } = device;
  const side = sides.get(instance.name);
  if (side !== undefined) return side.fault(instance.name, instance.index, value);
  if (instance.name === "dbCreateTransaction") {
    if (!transaction.owns(who)) return "genErr";
    return transaction.mayMoveTo(Number(value)) ? null : "inconsistentValue";
  }
  if (!isParameter(instance.name)) return null;
  if (!transaction.maySetParameters(who)) return "genErr";
  return spec.kind === "P2" && !transaction.buffering ? "genErr" : null;
}

/** Parameters outside a transaction take effect together, if the database they make can run. */
function setDirectly(device: VirtualDevice, checked: readonly CheckedWrite[]): RefusedWrite | null {
  const changes = new Map<string, Value>();
  let first = -1;
  for (const [at, { instance, value }] of checked.entries()) {
    if (!isParameter(instance.name)) continue;
    if (first < 0) first = at;
    changes.set(instance.oid, value);
  }
  if (first < 0 || device.apply(changes) === null) return null;
  return { fault: "inconsistentValue", at: first };
}

function setOne(device: VirtualDevice, sides: Sides, { instance, value }: CheckedWrite, who: string): void {
  const { name, oid } = instance;
  const now = device.uptime_ds;
  sides.get(name)?.set(name, instance.index, value);
  if (name === "dbCreateTransaction") {
    const changes = device.transaction.moveTo(Number(value), who, now);
    const fault = changes === null ? null : device.apply(changes);
    if (fault !== null) throw new Error(`a verified database does not apply: ${fault}`);
  } else if (isParameter(name)) {
    if (device.transaction.buffering) device.transaction.buffer(oid, value, now);
  } else {
    setControl(device, instance, Number(value));
  }
}

/** Control objects take effect at once. */
function setControl(device: VirtualDevice, { name, oid, index }: Instance, value: number): void {
  if (name === "globalTime") device.clock.setSeconds(value);
  if (name === "vehicleDetectorReset" && value === 1) device.detectors.reset(index[0] ?? 1);
  if (!isCommand(name)) return;
  device.commands.set(oid, value, device.uptime_ds);
  if (name === "systemSyncControl") device.clock.command(value);
}
