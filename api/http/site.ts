/** GET /api/site: the site file as a reader may see it, without addresses of cameras and controllers or paths. */
import type { FastifyInstance } from "fastify";
import type { Site } from "../site/schema.ts";
import { access } from "./access.ts";

export type PublicSite = ReturnType<typeof publicSite>;

/** Stream addresses may hold passwords and controller addresses invite trouble: neither leaves the service. */
function publicSite({ site, intersections, corridors, volumes, pcu, cameras, controllers, schedules }: Site) {
  return {
    site,
    intersections,
    corridors,
    volumes,
    pcu,
    cameras: cameras.map(({ source, source_env, model, ...shown }) => ({
      ...shown,
      origin: source === undefined && source_env === undefined ? ("simulated" as const) : ("camera" as const),
    })),
    controllers: controllers.map(({ id, intersection, kind }) => ({ id, intersection, kind })),
    schedules,
  };
}

export function siteRoute(server: FastifyInstance, site: Site): void {
  const document = publicSite(site);
  server.get(
    "/api/site",
    access("open", { does: "The site file, without addresses and secrets." }),
    async () => document,
  );
}
