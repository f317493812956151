/** Cases: the queue on the left, the open case beside it. Everything can be done from the keyboard. */
import { useRef, useState } from "preact/hooks";
import { caseAddress } from "../desk/route.ts";
import { useReading } from "../parts/reading.tsx";
import { CasePanel } from "./case-panel.tsx";
import { HelpDialog } from "./help-dialog.tsx";
import { QueuePanel } from "./queue-panel.tsx";
import { useCommands } from "./use-commands.ts";
import { everything, type QueueFilter, useQueue } from "./use-queue.ts";

export function ReviewPage({ id }: { readonly id: string | null }) {
  const { t } = useReading();
  const [filter, setFilter] = useState<QueueFilter>({ ...everything, mine: true });
  const [help, setHelp] = useState(false);
  const queue = useQueue(filter);
  const list = useRef<HTMLDivElement>(null);
  const cases = queue.cases ?? [];
  const waiting = cases.filter((row) => row.mine && row.id !== id);

  const open = (next: string | undefined): void => {
    if (next !== undefined) location.hash = caseAddress(next);
  };
  const neighbour = (by: 1 | -1): void => {
    const at = cases.findIndex((row) => row.id === id);
    const rest = by === 1 ? cases.slice(at + 1) : cases.slice(0, Math.max(0, at)).reverse();
    open((rest.find((row) => row.mine) ?? waiting[0])?.id);
  };
  const next = (): void => neighbour(1);
  useCommands({
    next,
    previous: () => neighbour(-1),
    queue: () => list.current?.querySelector<HTMLElement>("a[aria-current], a")?.focus(),
    help: () => setHelp(true),
  });

  return (
    <main id="main" class="review">
      <QueuePanel queue={queue} filter={filter} choose={setFilter} open={id} list={list} help={() => setHelp(true)} />
      {id === null ? (
        <p class="case-none" role="status">
          {t(cases.length === 0 ? "queue.empty.note" : "queue.choose", { count: cases.length })}
        </p>
      ) : (
        <CasePanel key={id} id={id} changed={() => void queue.read()} next={waiting.length > 0 ? next : null} />
      )}
      <HelpDialog open={help} close={() => setHelp(false)} />
    </main>
  );
}
