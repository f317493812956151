/** Evidence whose time is over: gone only once the data-protection officer says so. */
import { useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { StepDialog } from "../review/step-dialog.tsx";
import type { Deletion, KeepingDocument } from "./keeping-document.ts";

export function Deletions({ kept, done }: { readonly kept: KeepingDocument; done(): Promise<void> }) {
  const { t, named, format } = useReading();
  const { ask, may } = useDesk();
  const [asked, setAsked] = useState<Deletion | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const confirm = async ({ id }: Deletion): Promise<void> => {
    const answer = await ask(`/api/keeping/deletions/${id}/confirm`, { method: "POST", body: {} });
    setTrouble(answer.ok ? null : answer.message);
    await done();
  };
  return (
    <section class="panel" aria-labelledby="deletions">
      <h2 id="deletions">{t("keeping.deletions")}</h2>
      <p class="quiet small">{t("keeping.deletions.note")}</p>
      <Trouble why={trouble} />
      {kept.proposed.length === 0 ? <p class="quiet">{t("keeping.deletions.none")}</p> : null}
      {kept.under_way.length === 0 ? null : <p>{t("keeping.underWay", { count: kept.under_way.length })}</p>}
      <ul class="rows">
        {kept.proposed.map((deletion) => (
          <li key={deletion.id} data-deletion={deletion.case_id}>
            <b>{deletion.case_id}</b>{" "}
            <span class="quiet">
              {named(`keeping.class.${deletion.class}`, deletion.class)} ·{" "}
              {t("keeping.due", { time: format.day(deletion.due_ms) })}
            </span>{" "}
            {may("delete_evidence") ? (
              <button type="button" class="plain-button" onClick={() => setAsked(deletion)}>
                {t("keeping.delete")}…
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {asked === null ? null : (
        <StepDialog
          question={{
            title: t("keeping.delete.title", { id: asked.case_id }),
            note: t("keeping.delete.note"),
            confirm: t("keeping.delete"),
          }}
          close={() => setAsked(null)}
          answer={() => {
            setAsked(null);
            void confirm(asked);
          }}
        />
      )}
    </section>
  );
}
