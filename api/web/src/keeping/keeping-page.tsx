/** How long what is kept, how much room is left, what is held, and what waits to be deleted. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Deletions } from "./deletions.tsx";
import { HoldForm } from "./hold-form.tsx";
import { HoldTable } from "./hold-table.tsx";
import type { KeepingDocument } from "./keeping-document.ts";
import { RetentionTable } from "./retention-table.tsx";

export function KeepingPage() {
  const { t } = useReading();
  const { ask, may } = useDesk();
  const [kept, setKept] = useState<KeepingDocument | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  const read = useCallback(async (): Promise<void> => {
    const answer = await ask<KeepingDocument>("/api/keeping");
    if (answer.ok) setKept(answer.value);
    setTrouble(answer.ok ? null : answer.message);
  }, [ask]);
  useEffect(() => void read(), [read]);

  return (
    <main id="main" class="desk-page">
      <h1>{t("desk.keeping")}</h1>
      <Trouble why={trouble} />
      {kept === null ? null : (
        <>
          <Deletions kept={kept} done={read} />
          <HoldTable holds={kept.holds} />
          {may("hold_evidence") ? <HoldForm done={read} /> : null}
          <RetentionTable kept={kept} />
        </>
      )}
    </main>
  );
}
