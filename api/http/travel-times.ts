/** GET /api/travel-times: how long vehicles take from camera to camera, of five vehicles at least. */
import type { FastifyInstance } from "fastify";
import type { TravelStatistics } from "../plates/travel-statistics.ts";
import { access } from "./access.ts";

export function travelTimesRoute(server: FastifyInstance, { travel }: { readonly travel: TravelStatistics }): void {
  server.get("/api/travel-times", access("see_traffic", { does: "Travel times from camera to camera." }), () => ({
    ...travel.travelTimes(),
    sections: travel.sections(),
  }));
}
