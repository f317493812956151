/** What a crossing says of the ground when its camera knows none. */
export const offTheGround = { speed_kmh: null, speed_error_kmh: null, distance_m: null } as const;
