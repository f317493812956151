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

function addressOf({ rule, camera, state }: QueueFilter, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries({ rule, camera, state })) if (value !== "") query.set(name, value);
  return `/api/cases?${query.toString()}`;
}

export function useQueue(filter: QueueFilter): Queue {
  const { ask } = useDesk();
  const [list, setList] = useState<CaseList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = useCallback(async (): Promise<void> => {
    let read: CaseList = { cases: [], next: null };
    for (let page = 0; page < MOST_PAGES; page++) {
      const before = read.next === null ? "" : `&before=${encodeURIComponent(read.next)}`;
      const answer = await ask<CaseList>(`${addressOf(filter, PAGE)}${before}`);
      if (!answer.ok) return setTrouble(answer.message);
      read = { cases: [...read.cases, ...answer.value.cases], next: answer.value.next };
      if (read.next === null || !filter.mine || read.cases.some(({ mine }) => mine)) break;
    }
    setList(read);
    setTrouble(null);
  }, [ask, filter]);

  useEffect(() => {
    void read();
    const timer = setInterval(() => {
      if (!document.hidden) void read();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [read]);

  const readMore = async (): Promise<void> => {
    if (list?.next === null || list === null) return;
    const answer = await ask<CaseList>(`${addressOf(filter, PAGE)}&before=${encodeURIComponent(list.next)}`);
    if (answer.ok) setList({ cases: [...list.cases, ...answer.value.cases], next: answer.value.next });
    setTrouble(answer.ok ? null : answer.message);
  };

  const cases = list === null ? null : list.cases.filter((row) => row.mine || !filter.mine);
  return { cases, trouble, more: (list?.next ?? null) !== null, read, readMore };
}
