/** One virtual controller, the manager that speaks to it over real SNMP, and a clock the test turns. */
import type { V3User } from "../../../controllers/ntcip/credentials.ts";
import {
  createNtcipController,
  type NtcipController,
  type NtcipOptions,
} from "../../../controllers/ntcip/ntcip-controller.ts";
import { type ObjectName, oid } from "../../../controllers/ntcip/oids.ts";
import type { VirtualControllerConfig, VirtualControllerHandle } from "../../../controllers/virtual/cabinet.ts";
import { startVirtualControllers } from "../../../controllers/virtual/virtual-controllers.ts";
import type { Intersection } from "../../../core/network/schema.ts";
import type { Result } from "../../../core/problems/problem.ts";
import { crossroads } from "../../support/crossroads.ts";
import { type StreetClock, streetClock } from "../../support/street-clock.ts";

export const COMMUNITY = "stand-7f3a91c2";

/** Who may do everything over SNMPv3. */
export const CENTRE: V3User = {
  user: "centre",
  auth: "sha256",
  priv: "aes128",
  authKey: "stand-auth-5b21",
  privKey: "stand-priv-90fe",
};

/** The same with the longest digest and key there are. */
export const STRONG: V3User = { ...CENTRE, user: "strong", auth: "sha512", priv: "aes256" };

/** What went wrong, by code; nothing where it went well. */
export const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.problems.map(({ code }) => code);

export interface Stand {
  readonly device: VirtualControllerHandle;
  readonly manager: NtcipController;
  readonly clock: StreetClock;
  /** Another manager of the same device. */
  another(options?: Partial<NtcipOptions>): NtcipController;
  /** What the device holds, past SNMP and its faults. */
  holds(name: ObjectName, ...index: readonly number[]): number;
  /** A direct SET into the device, as a technician at the cabinet does. Throws when the device refuses. */
  edit(value: number, name: ObjectName, ...index: readonly number[]): void;
  close(): Promise<void>;
}

/** What a cabinet has that no table tells. */
export type BuiltIn = Pick<VirtualControllerConfig, "offsetReference">;

/** An attempt waits this long for an answer that comes within a millisecond or never. */
const TIMEOUT_S = 0.3;

export async function setUpStand(
  version: "v1" | "v2c" | "v3" = "v1",
  intersection: Intersection = crossroads,
  built: BuiltIn = {},
): Promise<Stand> {
  const id = "cabinet";
  const cabinet = { id, intersection, port: 0, community: COMMUNITY, users: [CENTRE, STRONG], ...built };
  const street = await startVirtualControllers({ controllers: [cabinet] });
  const device = street.controllers.get(id);
  if (device === undefined) throw new Error("the virtual controller did not start");
  const clock = streetClock(1_800_000_000_000, (clock_ds) => street.stepTo(clock_ds));
  const managers: NtcipController[] = [];
  const another: Stand["another"] = (options = {}) => {
    const { host, port } = device;
    const credentials = version === "v3" ? { version: CENTRE } : { version, community: COMMUNITY };
    const settings = { id, intersection, host, port, ...credentials, timeout_s: TIMEOUT_S, clock };
    const manager = createNtcipController({ ...settings, ...options });
    managers.push(manager);
    return manager;
  };
  return {
    device,
    clock,
    another,
    manager: another(),
    holds: (name, ...index) => {
      const reading = device.controller.objects.get(oid(name, ...index));
      if (typeof reading === "string" || typeof reading.value !== "number") throw new Error(`no number in ${name}`);
      return reading.value;
    },
    edit: (value, name, ...index) => {
      const write = { oid: oid(name, ...index), syntax: "integer" as const, value };
      const refused = device.controller.objects.set([write], "cabinet panel");
      if (refused !== null) throw new Error(`${name}: ${refused.fault}`);
    },
    close: async () => {
      await Promise.all(managers.map((manager) => manager.close()));
      await street.close();
    },
  };
}
