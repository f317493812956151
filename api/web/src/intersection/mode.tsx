/** How a controller is running, in words, with its clock when it runs under a plan of ours. */
import { useReading } from "../parts/reading.tsx";
import type { ControllerStatus, StoredPlan } from "../state/page-state.ts";
import { isFresh } from "./heads.ts";

/** NTCIP 1202 pattern numbers with a meaning of their own. */
const FREE = 254;
const FLASH = 255;

export interface ModeProps {
  readonly status: ControllerStatus | undefined;
  readonly plan: StoredPlan["plan"] | undefined;
  readonly clock_s: number | null;
  readonly now_ms: number;
}

export function Mode({ status, plan, clock_s, now_ms }: ModeProps) {
  const { t, format } = useReading();
  if (status === undefined) return <p class="mode mode-unknown">{t("intersection.mode.silent")}</p>;
  if (!isFresh(status, now_ms)) return <p class="mode mode-unknown">{t("intersection.mode.unknown")}</p>;
  if (status.pattern === FLASH) return <p class="mode mode-unknown">{t("intersection.mode.flash")}</p>;
  if (status.pattern === FREE || status.pattern === 0) return <p class="mode">{t("intersection.mode.free")}</p>;
  return (
    <p class="mode">
      {t("intersection.mode.plan", { pattern: status.pattern })}
      {clock_s === null || plan === undefined ? null : (
        <span class="mode-clock">
          {t("intersection.clock", {
            clock: format.seconds(Math.floor(clock_s)),
            cycle: format.seconds(plan.cycle_s),
          })}
        </span>
      )}
    </p>
  );
}
