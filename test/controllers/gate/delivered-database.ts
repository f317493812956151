/** The database document of a cabinet as it is delivered for a site, without the way over the wire. */

import { type CellValue, cellKey, cellOid } from "../../../controllers/ntcip/cells.ts";
import { parameterCells, parametersFrom } from "../../../controllers/ntcip/database/cells-of.ts";
import { type DatabaseDocument, databaseSchema } from "../../../controllers/ntcip/database/document.ts";
import type { Sizes } from "../../../controllers/ntcip/sizes.ts";
import { initialParameters, sizesFor } from "../../../controllers/virtual/database/initial-parameters.ts";
import { layoutMaker } from "../../../controllers/virtual/database/layout.ts";
import type { Intersection } from "../../../core/network/schema.ts";

export function deliveredDatabase(site: Intersection): DatabaseDocument {
  const made = sizesFor(site);
  const parameters = initialParameters(site, layoutMaker()(made));
  const sizes: Sizes = {
    phase: made.phases,
    detector: made.detectors,
    pedestrian_detector: made.pedestrianDetectors,
    pattern: made.patterns,
    split: made.patterns,
    sequence: made.sequences,
    ring: made.rings,
    channel: made.channels,
    overlap: made.overlaps,
    preempt: made.preempts,
    action: made.actions,
    schedule: made.schedules,
    day_plan: made.dayPlans,
    day_plan_event: made.dayPlanEvents,
    special_function: made.specialFunctions,
    port: made.ports,
    alarm_group: 0,
    module: 1,
  };
  const readings = new Map(
    parameterCells(sizes).flatMap((at): readonly (readonly [string, CellValue])[] => {
      const value = parameters.value(cellOid(at));
      return value === undefined ? [] : [[cellKey(at), value]];
    }),
  );
  return databaseSchema.parse({
    kind: "ntcip-1202-database",
    version: 1,
    controller: "cabinet",
    device: { make: "greenwave", model: "virtual", version: "1", sizes },
    checksum: parameters.checksum(),
    ...parametersFrom(readings, sizes),
  }) as unknown as DatabaseDocument;
}
