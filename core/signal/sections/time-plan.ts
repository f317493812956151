/** The local time of day: stated patterns, day plans, and on which days each day plan holds. */
import { z } from "zod";
import { planSchema } from "../plan.ts";

/** A pattern for the day plans: a plan without the name of its intersection. */
export const patternSchema = planSchema.omit({ intersection: true });

const dayEventSchema = z.strictObject({
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "BAD_TIME"),
  /** Until the next event; 254 runs free, 255 flashes. */
  pattern: z.number().int().min(1).max(255),
});

export const dayPlanSchema = z.strictObject({
  number: z.number().int().min(1).max(255),
  name: z.string().min(1).optional(),
  events: z.array(dayEventSchema).min(1).max(48),
});

const month = z.enum(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]);
const weekday = z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]);

/** A day is meant when month, date and weekday all are; each absent one means all. */
export const planDaySchema = z.strictObject({
  months: z.array(month).min(1).max(12).optional(),
  dates: z.array(z.number().int().min(1).max(31)).min(1).max(31).optional(),
  days: z.array(weekday).min(1).max(7).optional(),
  day_plan: z.number().int().min(1).max(255),
});

export type DayPlan = Readonly<z.infer<typeof dayPlanSchema>>;
export type PlanDay = Readonly<z.infer<typeof planDaySchema>>;
