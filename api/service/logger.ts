/** The service's own words, on stderr: stdout belongs to the one document of a command. */
import { destination, type Logger, pino } from "pino";

export function serviceLogger(): Logger {
  const level = process.env["GREENWAVE_LOG"] ?? "info";
  return pino({ level, base: {}, timestamp: () => `,"at":"${new Date().toISOString()}"` }, destination(2));
}
