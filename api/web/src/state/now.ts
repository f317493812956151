/** The service's time in the browser, ticking only for the parts that show it. */
import { useEffect, useState } from "preact/hooks";

/** Server time now, refreshed every `every_ms`; readers who prefer less motion get one step a second. */
export function useNow(clockOffset_ms: number, every_ms: number): number {
  const [now_ms, setNow] = useState(() => Date.now() + clockOffset_ms);
  useEffect(() => {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tick = (): void => setNow(Date.now() + clockOffset_ms);
    tick();
    const timer = setInterval(tick, calm ? Math.max(1000, every_ms) : every_ms);
    return () => clearInterval(timer);
  }, [clockOffset_ms, every_ms]);
  return now_ms;
}
