/** Who saw, exported, held and decided what, newest first. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { ChainMark } from "../ledger/chain-mark.tsx";
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import type { AuditEntry, AuditList } from "./audit-document.ts";

const PAGE = 100;

export function AuditPage() {
  const { t } = useReading();
  const { ask } = useDesk();
  const [list, setList] = useState<AuditList | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = useCallback(
    async (older: AuditList | null): Promise<void> => {
      const before = older?.next ?? null;
      const page = before === null ? "" : `&before=${encodeURIComponent(before)}`;
      const answer = await ask<AuditList>(`/api/audit?limit=${PAGE}${page}`);
      setTrouble(answer.ok ? null : answer.message);
      if (!answer.ok) return;
      setList({ ...answer.value, entries: [...(older?.entries ?? []), ...answer.value.entries] });
    },
    [ask],
  );
  useEffect(() => void read(null), [read]);

  return (
    <main id="main" class="desk-page">
      <section class="panel" aria-labelledby="audit">
        <h1 id="audit">{t("desk.audit")}</h1>
        <p class="quiet small">{t("audit.note")}</p>
        {list === null ? null : <ChainMark chain={list.chain} />}
        <Trouble why={trouble} />
        {list?.entries.length === 0 ? <p class="quiet">{t("audit.empty")}</p> : null}
        <AuditTable entries={list?.entries ?? []} />
        {(list?.next ?? null) === null ? null : (
          <button type="button" class="plain-button" onClick={() => void read(list)}>
            {t("audit.more")}
          </button>
        )}
      </section>
    </main>
  );
}

function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { named, format } = useReading();
  return (
    <PlainTable heads={["audit.time", "audit.who", "audit.what", "audit.subject", "audit.purpose", "audit.from"]}>
      {entries.map((entry) => (
        <tr key={entry.seq} data-seq={entry.seq}>
          <td class="moment">{format.day(entry.at_ms)}</td>
          <td>{entry.by}</td>
          <td>{named(`audit.did.${entry.action}`, entry.action)}</td>
          <td class="audit-purpose">{entry.subject}</td>
          <td class="audit-purpose">{entry.purpose}</td>
          <td class="quiet">{entry.from}</td>
        </tr>
      ))}
    </PlainTable>
  );
}
