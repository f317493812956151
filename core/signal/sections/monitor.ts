/** What the conflict monitor (MMU, CMU) in the cabinet is programmed to, as its record states it. */
import { z } from "zod";

const channelNumber = z.number().int().min(1).max(32);

const channelSchema = z.strictObject({
  channel: channelNumber,
  /** What its lamps belong to. */
  shows: z.enum(["phase", "walk", "overlap"]),
  number: z.number().int().min(1).max(16),
});

export const monitorSchema = z.strictObject({
  channels: z.array(channelSchema).min(2).max(32),
  /** Pairs of channels that may be green, yellow or walk together: the jumpers of the programming card. */
  permitted: z.array(z.tuple([channelNumber, channelNumber])),
  /** Channels without the check of yellow and red: of walk lamps only. */
  min_yellow_disabled: z.array(channelNumber).default([]),
  /** TS 2: 2.7 s, with 0.1 s of tolerance. */
  min_yellow_s: z.number().min(0).max(6).default(2.7),
});

export type Monitor = Readonly<z.infer<typeof monitorSchema>>;
