/**
 * A process that does nothing but keep camera feeds, as the service does: what it leaks, the eyes leak. Forked with an
 * IPC channel; the first message says which cameras, every status goes back. Started with `--expose-gc`.
 */
import { readFileSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { createCameraFeed } from "../../dist/detectors/index.js";
import { systemClock as clock } from "../../dist/detectors/system-clock.js";

const nothing = () => undefined;

/** What is still held once all garbage is gone; twice, as what finalisers let go leaves with the second. */
function held() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  const own_kb = Number(/^RssAnon:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]);
  const { total_physical_size } = getHeapStatistics();
  return { live_kb: (heapUsed + external) / 1024, outside_kb: own_kb - total_physical_size / 1024 };
}

process.once("message", async ({ cameras, intersection }) => {
  const feeds = cameras.map(({ camera, source, ring = null }) =>
    createCameraFeed({
      camera,
      intersection,
      source,
      ring,
      clock,
      sink: {
        status: (status) => process.connected && process.send({ kind: "status", status }),
        flowInterval: async () => undefined,
        detectorEvent: nothing,
        crossing: nothing,
        view: nothing,
        movement: nothing,
        movementInterval: async () => undefined,
        sightings: nothing,
      },
    }),
  );
  const never = new AbortController().signal;
  for (const feed of feeds) await feed.start(never);
  const close = async () => {
    await Promise.all(feeds.map((feed) => feed.close("the campaign is over")));
    process.disconnect();
  };
  process.on("message", (order) => {
    if (order === "close") void close();
    else process.send({ kind: "held", held: held() });
  });
});
// Without the campaign nobody wants to know.
process.once("disconnect", () => process.exit(0));
