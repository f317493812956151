/**
 * Channel objects, A.8: what the driver sees, flash included. Phase status is not that.
 * Object names, OIDs and ranges: derived from NTCIP 1201/1202 (c) AASHTO / ITE / NEMA.
 */
import { ASC, BYTE, type ObjectSpec, scalar, table } from "./oids-object.ts";

const A = `${ASC}.8`;
const channel = table(`${A}.2.1`, ["channel"]);
const status = table(`${A}.4.1`, ["channel_group"]);

export const channelObjects = {
  maxChannels: scalar(`${A}.1`, "S", BYTE),
  channelNumber: channel.number(1),
  channelControlSource: channel(2, "P2", BYTE),
  channelControlType: channel(3, "P2", [1, 4]),
  channelFlash: channel(4, "P2", BYTE, "bits"),
  channelDim: channel(5, "P2", BYTE, "bits"),
  maxChannelStatusGroups: scalar(`${A}.3`, "S", BYTE),
  channelStatusGroupNumber: status.number(1),
  channelStatusGroupReds: status(2, "S", BYTE, "bits"),
  channelStatusGroupYellows: status(3, "S", BYTE, "bits"),
  channelStatusGroupGreens: status(4, "S", BYTE, "bits"),
} as const satisfies Readonly<Record<string, ObjectSpec>>;

/** Values of `channelControlType`. */
export const channelType = { other: 1, phaseVehicle: 2, phasePedestrian: 3, overlap: 4 } as const;

/** Bits of `channelFlash`. */
export const channelFlash = { yellow: 1 << 1, red: 1 << 2, alternate: 1 << 3 } as const;
