/** The cases that the reader chose to see, newest act first, read again every now and then. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import type { CaseList, CaseRow } from "./case-document.ts";

export interface QueueFilter {
  readonly rule: string;
  readonly camera: string;
  readonly state: string;
  /** Only cases on which the reader may act. */
  readonly mine: boolean;
}

export const everything: QueueFilter = { rule: "", camera: "", state: "", mine: false };

export interface Queue {
  readonly cases: readonly CaseRow[] | null;
  readonly trouble: string | null;
  readonly more: boolean;
  read(): Promise<void>;
  readMore(): Promise<void>;
}

const PAGE = 50;
/** Read on for a case that waits for the reader: the newest may all still be waiting for their evidence. */
const MOST_PAGES = 20;
const AGAIN_MS = 15_000;

const nothing: CaseList = { cases: [], next: null };

function addressOf({ rule, camera, state }: QueueFilter, before: string | null): string {
  const query = new URLSearchParams({ limit: String(PAGE) });
  const chosen = { rule, camera, state, before: before ?? "" };
  for (const [name, value] of Object.entries(chosen)) if (value !== "") query.set(name, value);
  return `/api/cases?${query.toString()}`;
}

export function useQueue(filter: QueueFilter): Queue {
  const { ask } = useDesk();
  const [list, setList] = useState<CaseList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  /** What was read, and the page after it; null where that could not be read. */
  const readOn = useCallback(
    async ({ cases, next }: CaseList): Promise<CaseList | null> => {
      const answer = await ask<CaseList>(addressOf(filter, next));
      setTrouble(answer.ok ? null : answer.message);
      return answer.ok ? { cases: [...cases, ...answer.value.cases], next: answer.value.next } : null;
    },
    [ask, filter],
  );

  const read = useCallback(async (): Promise<void> => {
    let found = nothing;
    for (let page = 0; page < MOST_PAGES; page++) {
      const more = await readOn(found);
      if (more === null) return;
      found = more;
      if (found.next === null || !filter.mine || found.cases.some(({ mine }) => mine)) break;
    }
    setList(found);
  }, [readOn, filter]);

  useEffect(() => {
    void read();
    const timer = setInterval(() => {
      if (!document.hidden) void read();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);

  const readMore = async (): Promise<void> => {
    if (list?.next === null || list === null) return;
    const more = await readOn(list);
    if (more !== null) setList(more);
  };

  const cases = list === null ? null : list.cases.filter((row) => row.mine || !filter.mine);
  return { cases, trouble, more: (list?.next ?? null) !== null, read, readMore };
}
