/** CityFlow's `roadnet.json` and `flow.json`, as far as roads and demand need them. Further keys are left alone. */
import { z } from "zod";

const coordinate = z.number().min(-1e7).max(1e7);
const point = z.object({ x: coordinate, y: coordinate });
const name = z.string().min(1).max(200);
const index = z.number().int().min(0).max(9999);

const laneLinkSchema = z.object({
  /** Lanes are counted from the middle of the road outwards. */
  startLaneIndex: index,
  endLaneIndex: index,
  /** The way through the junction; a straight line without. */
  points: z.array(point).max(1000).default([]),
});

const roadLinkSchema = z.object({
  type: z.enum(["go_straight", "turn_left", "turn_right"]),
  startRoad: name,
  endRoad: name,
  laneLinks: z.array(laneLinkSchema).max(400),
});

const phaseSchema = z.object({
  /** Seconds. */
  time: z.number().positive().max(1e6),
  availableRoadLinks: z.array(index),
});

const intersectionSchema = z.object({
  id: name,
  point,
  /** From the middle of the junction to where its lanes end. */
  width: z.number().min(0).max(1000).default(0),
  roadLinks: z.array(roadLinkSchema).max(200).default([]),
  trafficLight: z.object({ lightphases: z.array(phaseSchema).max(1000).default([]) }).optional(),
  /** Where vehicles enter and leave the network. */
  virtual: z.boolean().default(false),
});

const roadSchema = z.object({
  id: name,
  points: z.array(point).min(2).max(10_000),
  lanes: z
    .array(z.object({ width: z.number().positive().max(100), maxSpeed: z.number().positive().max(200) }))
    .min(1)
    .max(50),
  startIntersection: name,
  endIntersection: name,
});

export const roadnetSchema = z.object({
  intersections: z.array(intersectionSchema).min(1),
  roads: z.array(roadSchema).min(1),
});

const positive = z.number().positive().max(1000);

const vehicleSchema = z.object({
  length: positive,
  width: positive,
  /** Hardest, and usual: m/s². */
  maxPosAcc: positive,
  maxNegAcc: positive,
  usualPosAcc: positive,
  usualNegAcc: positive,
  minGap: z.number().min(0).max(1000),
  maxSpeed: positive,
  headwayTime: positive,
});

export const flowSchema = z.array(
  z.object({
    vehicle: vehicleSchema,
    /** Roads to come by, in order; those that are not neighbours are joined by the quickest way. */
    route: z.array(name).min(1).max(10_000),
    /** One vehicle each so many seconds, from the first time to the second, both included; -1: without end. */
    interval: z.number().positive().max(1e9),
    startTime: z.number().min(0).max(1e9),
    endTime: z.number().min(-1).max(1e9),
  }),
);

export type Roadnet = z.infer<typeof roadnetSchema>;
export type Road = z.infer<typeof roadSchema>;
export type Intersection = z.infer<typeof intersectionSchema>;
export type RoadLink = z.infer<typeof roadLinkSchema>;
export type Flow = z.infer<typeof flowSchema>[number];
