/** Keeps a case beyond its time, or lets it go again. */
import { useState } from "preact/hooks";
import { Field, textOf } from "../account/field.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";

export function HoldForm({ done }: { done(): Promise<void> }) {
  const { t } = useReading();
  const { ask } = useDesk();
  const [said, setSaid] = useState<{ readonly text: string; readonly failed: boolean } | null>(null);

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const release = event.submitter?.getAttribute("value") === "release";
    const id = textOf(form, "case").trim();
    const answer = await ask(`/api/cases/${encodeURIComponent(id)}/hold`, {
      method: release ? "DELETE" : "POST",
      body: { reason: textOf(form, "reason") },
    });
    const text = answer.ok ? t(release ? "hold.released" : "hold.held", { id }) : answer.message;
    setSaid({ text, failed: !answer.ok });
    await done();
  };

  return (
    <form class="panel form" onSubmit={(event) => void submit(event)} aria-labelledby="hold">
      <h2 id="hold">{t("hold.heading")}</h2>
      <p class="quiet small">{t("hold.note")}</p>
      <Field name="case" label={t("hold.case")} />
      <Field name="reason" label={t("step.why")} />
      <p class={said?.failed === true ? "trouble" : "quiet"} role="status">
        {said?.text}
      </p>
      <div class="form-end">
        <button type="submit" class="primary" value="hold">
          {t("hold.hold")}
        </button>
        <button type="submit" value="release">
          {t("hold.release")}
        </button>
      </div>
    </form>
  );
}
