/** Hi-res logs of virtual controllers as files: one each, in the columns in which such logs are exchanged. */
import { appendFile, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { VirtualControllerHandle } from "../../controllers/index.ts";
import { HIRES_COLUMNS, localTimestamps } from "../../core/events/hires.ts";
import type { Clock } from "../../core/ports/clock.ts";

const EVERY_MS = 1000;
/** Of one controller in a second, with room for a machine that was held up. */
const MOST_EVENTS = 20_000;

type Recorder = ReturnType<VirtualControllerHandle["controller"]["record"]>;

interface Recorded {
  readonly handle: VirtualControllerHandle;
  readonly file: string;
  controller: VirtualControllerHandle["controller"] | null;
  log: Recorder | null;
}

/** After a restart it is another device that has to be recorded. */
function recorderOf(recorded: Recorded): Recorder {
  const { handle } = recorded;
  if (recorded.log === null || recorded.controller !== handle.controller) {
    recorded.controller = handle.controller;
    recorded.log = handle.controller.record(MOST_EVENTS);
  }
  return recorded.log;
}

/** Writes until `stop`, and what is left then. Rejects with the system's error when the folder cannot be written to. */
export async function writeHiresFiles(
  folder: string,
  handles: readonly VirtualControllerHandle[],
  timezone: string,
  clock: Clock,
  stop: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const timestamp = localTimestamps(timezone);
  const all = handles.map((handle): Recorded => {
    return { handle, file: join(folder, `${handle.id}.csv`), controller: null, log: null };
  });
  for (const recorded of all) {
    recorderOf(recorded);
    const size = await stat(recorded.file).then(
      ({ size: bytes }) => bytes,
      () => 0,
    );
    if (size === 0) await appendFile(recorded.file, `${HIRES_COLUMNS}\n`);
  }
  while (!stop.aborted) {
    await clock.sleep(EVERY_MS, stop).catch(() => undefined);
    for (const recorded of all) {
      const events = recorderOf(recorded).take();
      const rows = events.map(({ at_ms, event_id, parameter }) =>
        [timestamp(at_ms), recorded.handle.id, event_id, parameter].join(","),
      );
      if (rows.length > 0) await appendFile(recorded.file, `${rows.join("\n")}\n`);
    }
  }
}
