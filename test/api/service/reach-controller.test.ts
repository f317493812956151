import { afterEach, expect, it } from "vitest";
import { reachController } from "../../../api/service/reach-controller.ts";
import type { Site } from "../../../api/site/schema.ts";
import { controllerSchema } from "../../../controllers/schema.ts";
import { crossroads } from "../../support/crossroads.ts";

const VARIABLE = "REACH_TEST_COMMUNITY";
afterEach(() => {
  delete process.env[VARIABLE];
});

it("reaches a device at another port with what the site file says of it", () => {
  process.env[VARIABLE] = "reach-5c1f02aa";
  const controller = controllerSchema.parse({
    kind: "ntcip",
    id: "cabinet-1",
    intersection: crossroads.id,
    host: "10.1.2.3",
    version: "v2c",
    community_env: VARIABLE,
    quirks: { offset_reference: "begin_yellow_of_coord_phases" },
  });
  const site = { intersections: [crossroads], controllers: [controller] } as unknown as Site;
  const given = { address: "127.0.0.1:16161", variable: VARIABLE };
  for (const at of [null, given]) {
    const reach = reachController(site, crossroads.id, at, null);
    expect(reach.ok && reach.value.remembered?.quirks.offset_reference).toBe("begin_yellow_of_coord_phases");
  }
});
