/** Kinds of vehicles as the player tells them apart. */
export const kinds = ["car", "motorcycle", "bus", "truck", "emergency", "bicycle", "other"] as const;

export type Kind = (typeof kinds)[number];

const byClass: Readonly<Record<string, Kind>> = {
  private: "car",
  passenger: "car",
  hov: "car",
  taxi: "car",
  vip: "car",
  evehicle: "car",
  motorcycle: "motorcycle",
  moped: "motorcycle",
  bus: "bus",
  coach: "bus",
  truck: "truck",
  trailer: "truck",
  delivery: "truck",
  emergency: "emergency",
  authority: "emergency",
  army: "emergency",
  bicycle: "bicycle",
};

/** Place among `kinds`. */
export const kindOf = (vehicleClass: string): number => kinds.indexOf(byClass[vehicleClass] ?? "other");
