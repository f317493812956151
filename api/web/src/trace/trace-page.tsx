/** Where a plate was seen. Every search needs a purpose and is written down with who asked. */
import { useState } from "preact/hooks";
import { traceMatches } from "../../../../core/plates/wanted.ts";
import { Field, textOf } from "../account/field.tsx";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { Journeys } from "./journeys.tsx";
import { localTime, momentOf } from "./local-time.ts";
import type { TraceAnswer } from "./trace-document.ts";

const DAY_MS = 86_400_000;

export function TracePage() {
  const { t } = useReading();
  const { ask, site } = useDesk();
  const [answer, setAnswer] = useState<TraceAnswer | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const zone = site.site.timezone;
  const [now_ms] = useState(() => Date.now());

  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const caseId = textOf(form, "case").trim();
    const asked = await ask<TraceAnswer>("/api/trace", {
      method: "POST",
      body: {
        plate: textOf(form, "plate"),
        match: textOf(form, "match"),
        from_ms: momentOf(textOf(form, "from"), zone),
        to_ms: momentOf(textOf(form, "to"), zone),
        purpose: textOf(form, "purpose"),
        ...(caseId === "" ? {} : { case_id: caseId }),
      },
    });
    setTrouble(asked.ok ? null : asked.message);
    setAnswer(asked.ok ? asked.value : null);
  };

  return (
    <main id="main" class="desk-page">
      <form class="panel form form-wide" onSubmit={(event) => void submit(event)} aria-labelledby="trace">
        <h1 id="trace">{t("trace.heading")}</h1>
        <p class="quiet small">{t("trace.note")}</p>
        <Field name="plate" label={t("trace.plate")} focused />
        <label class="field">
          {t("trace.match")}
          <select name="match">
            {traceMatches.map((match) => (
              <option key={match} value={match}>
                {t(`trace.match.${match}`)}
              </option>
            ))}
          </select>
        </label>
        <Field name="from" label={t("trace.from")} type="datetime-local" value={localTime(now_ms - DAY_MS, zone)} />
        <Field name="to" label={t("trace.to")} type="datetime-local" value={localTime(now_ms + 60_000, zone)} />
        <Field name="purpose" label={t("trace.purpose")} note={t("trace.purpose.note")} fewest={10} />
        <Field name="case" label={t("trace.case")} optional />
        <Trouble why={trouble} />
        <div class="form-end">
          <button type="submit" class="primary">
            {t("trace.search")}
          </button>
        </div>
      </form>
      {answer === null ? null : <Journeys answer={answer} />}
    </main>
  );
}
