/** Child process: so many virtual controllers in real time, each behind a line that loses datagrams. */
import { eightPhases, startVirtualControllers, type VirtualControllerHandle } from "../../controllers/index.ts";
import { systemClock } from "../../detectors/system-clock.ts";
import { draw } from "../../sim/arrivals/random.ts";
import { type LossyLine, lossyLine } from "./lossy-line.ts";
import type { StreetOrder, StreetWord } from "./street-words.ts";

const say = (word: StreetWord): void => {
  process.send?.(word);
};

const DAY_S = 86_400;
/** Two in the morning: the day plan has everybody free, and a device that is free takes a pattern at once. */
const NIGHT_S = 7200;

function toNight(device: VirtualControllerHandle): void {
  const differential_s = device.controller.device.parameters.number("globalLocalTimeDifferential");
  const local_s = Date.now() / 1000 + differential_s;
  device.jumpClock((NIGHT_S - (local_s % DAY_S) + DAY_S) % DAY_S);
}

let lines: readonly LossyLine[] = [];

async function start({ count, user }: Extract<StreetOrder, { readonly kind: "start" }>): Promise<void> {
  const ids = Array.from({ length: count }, (_, i) => `device-${i + 1}`);
  const trips: string[] = [];
  const street = await startVirtualControllers({
    controllers: ids.map((id) => ({ id, intersection: eightPhases(id), port: 0, users: [user] })),
    clock: systemClock,
    onTrip: (controller) => trips.push(controller),
  });
  for (const device of street.controllers.values()) toNight(device);
  // The same losses every time.
  const chance = Uint32Array.of(101);
  const random = (): number => draw(chance, 0);
  lines = await Promise.all([...street.controllers.values()].map(({ port }) => lossyLine(port, random)));
  say({ kind: "ready", ports: lines.map(({ port }) => port) });
  setInterval(() => say({ kind: "trips", trips }), 1000).unref();
}

process.on("message", (order: StreetOrder) => {
  if (order.kind === "start") void start(order);
  else for (const line of lines) line.share = order.share;
});
process.on("disconnect", () => process.exit(0));
say({ kind: "listening" });
