/** Front door of the proofs: an intersection first, then any plan for it. */
export { validateIntersection } from "./validate/intersection.ts";
export { validatePlan } from "./validate/plan.ts";
