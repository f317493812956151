/** Vehicle classes and their passenger-car units. */
export const vehicleClasses = ["motorcycle", "bicycle", "car", "bus", "truck", "pedestrian"] as const;

export type VehicleClass = (typeof vehicleClasses)[number];

export type ClassCounts = Readonly<Partial<Record<VehicleClass, number>>>;

/** PCU in mixed traffic at signals; motorcycle 0.25 is the usual Vietnamese design value. Pedestrians take no lane. */
export const defaultPcu: Readonly<Record<VehicleClass, number>> = {
  motorcycle: 0.25,
  bicycle: 0.2,
  car: 1,
  bus: 2.5,
  truck: 2,
  pedestrian: 0,
};
