/**
 * What is assumed of drivers on a lane with several turns, as a site file does not say: most go on. Measured shares come in
 * with counts of turns (`simulate --counts`).
 */
import type { Turn } from "./legs.ts";

/** Against the other turns of the same lane. */
export const usualTurnShare: Readonly<Record<Turn, number>> = { through: 1, right: 0.15, left: 0.12, u_turn: 0.01 };
