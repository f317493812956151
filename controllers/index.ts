/** The front door of `controllers`: what `api`, `bench` and `test` may use. */
export { type ControllerConfig, controllerSchema } from "./schema.ts";
