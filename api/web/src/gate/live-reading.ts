/** What the gate's pages have in common: they read again, and they name intersections. */
import { useEffect } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";

/** States change by themselves while a plan is proved, sent and watched. */
const AGAIN_MS = 3000;

/** Reads at once and then again and again; an answer that failed leaves what was read before. */
export function useReadAgain(read: () => Promise<void>): void {
  useEffect(() => {
    void read();
    const timer = setInterval(() => void read(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);
}

/** The name of an intersection of the site. */
export function useNames(): (intersection: string) => string {
  const { site } = useDesk();
  return (wanted) => site.intersections.find(({ id }) => id === wanted)?.name ?? wanted;
}
