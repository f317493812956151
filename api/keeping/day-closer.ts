/** Closes each day of the site soon after its end, and every day that ended while nobody was there to close it. */
import { localDay, nextDay, startOfDay } from "../../core/keeping/calendar.ts";
import type { Bus } from "../../core/ports/bus.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { Service } from "../../core/ports/service.ts";
import { type Problem, problem, thrownProblem } from "../../core/problems/problem.ts";
import { signingKey } from "../evidence/keys.ts";
import { signText } from "../evidence/signed-text.ts";
import { Rounds } from "../service/rounds.ts";
import type { DayRoots } from "./day-roots.ts";
import { writeRoots } from "./roots-folder.ts";

/** What was stamped in the last second of a day may become durable in the first ones of the next. */
const MARGIN_MS = 5 * 60_000;
/** Clocks are set: nobody sleeps through a night on the word of one look. */
const LOOK_EVERY_MS = 10 * 60_000;

export interface DayCloserParts {
  readonly roots: DayRoots;
  readonly bus: Pick<Bus, "publish">;
  readonly clock: Clock;
  readonly site: string;
  readonly timezone: string;
  /** Where the signing key is. */
  readonly keysFolder: string;
  /** The first one is the data folder's own. */
  readonly folders: readonly string[];
}

export interface DayCloser extends Service {
  /** Why a day could not be closed or published last; null when it could. */
  problem(): Problem | null;
  /** Closes what is due now. */
  closeDue(): Promise<void>;
}

export function createDayCloser(parts: DayCloserParts): DayCloser {
  const { roots, bus, clock, site, timezone, keysFolder, folders } = parts;
  let trouble: Problem | null = null;

  const closeDays = async (): Promise<void> => {
    const key = await signingKey(keysFolder);
    const today = localDay(clock.nowMs() - MARGIN_MS, timezone);
    let day = await roots.firstOpenDay(timezone);
    while (day !== null && day < today && !rounds.ended.aborted) {
      const sign = (text: string) => signText(text, [key]);
      const { entry } = await roots.close({ site, timezone, day, now_ms: clock.nowMs(), sign });
      bus.publish("ledger", entry);
      day = nextDay(day);
    }
    for (const folder of folders) await writeRoots(folder, roots);
  };

  const closeDue = async (): Promise<void> => {
    try {
      await closeDays();
      trouble = null;
    } catch (error) {
      trouble = thrownProblem(error, (reason) => problem("DAY_NOT_CLOSED", { reason }));
    }
  };

  const untilNextLook = (): number => {
    const now_ms = clock.nowMs();
    const midnight_ms = startOfDay(nextDay(localDay(now_ms - MARGIN_MS, timezone)), timezone);
    return Math.max(1, Math.min(LOOK_EVERY_MS, midnight_ms + MARGIN_MS - now_ms));
  };

  const rounds = new Rounds(clock, async () => {
    await closeDue();
    return untilNextLook();
  });

  return {
    problem: () => trouble,
    closeDue,
    start: (stop) => rounds.start(stop),
    close: () => rounds.close(),
  };
}
