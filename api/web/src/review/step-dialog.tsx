/** What a step needs besides its name: a reason from a list or in words, a reference, a choice. */
import { useState } from "preact/hooks";
import { Dialog } from "../parts/dialog.tsx";
import { useReading } from "../parts/reading.tsx";
import { type ReasonCode, writtenReason } from "./reasons.ts";
import type { StepAnswer, StepQuestion } from "./step-question.ts";

interface StepDialogProps {
  readonly question: StepQuestion;
  answer(answer: StepAnswer): void;
  close(): void;
}

export function StepDialog({ question, answer, close }: StepDialogProps) {
  const { t } = useReading();
  const { reasons = [], words } = question;
  const [code, setCode] = useState<ReasonCode | null>(null);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(true);
  const needsWords = words !== undefined && (reasons.length === 0 || code === "other");

  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (needsWords && text.trim() === "") return;
    answer({ reason: writtenReason(code, text), chosen });
  };
  const digit = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLButtonElement) return;
    const writing = event.target instanceof HTMLTextAreaElement;
    const picked = /^\d$/.test(event.key) ? reasons[(Number(event.key) + 9) % 10] : undefined;
    if (event.key === "Enter" && (event.ctrlKey || !writing)) {
      event.preventDefault();
      (event.currentTarget as HTMLFormElement).requestSubmit();
    } else if (!writing && picked !== undefined) {
      event.preventDefault();
      setCode(picked);
      const form = event.currentTarget as HTMLFormElement;
      form.querySelector<HTMLElement>(picked === "other" ? "textarea" : `[value=${picked}]`)?.focus();
    }
  };

  return (
    <Dialog title={question.title} close={close}>
      <form class="form" onSubmit={submit} onKeyDown={digit}>
        {question.note === undefined ? null : <p>{question.note}</p>}
        <Reasons reasons={reasons} chosen={code} choose={setCode} />
        {words === undefined ? null : (
          <label class="field">
            {words}
            <textarea
              rows={2}
              value={text}
              required={needsWords}
              maxLength={280}
              onInput={({ currentTarget }) => setText(currentTarget.value)}
            />
          </label>
        )}
        {question.choice === undefined ? null : (
          <label>
            <input type="checkbox" checked={chosen} onChange={() => setChosen(!chosen)} /> {question.choice}
          </label>
        )}
        <div class="form-end">
          <button type="submit" class="primary">
            {question.confirm} <kbd>{words === undefined || reasons.length > 0 ? "↵" : "Ctrl ↵"}</kbd>
          </button>
          <button type="button" onClick={close}>
            {t("step.back")} <kbd>Esc</kbd>
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ReasonsProps {
  readonly reasons: readonly ReasonCode[];
  readonly chosen: ReasonCode | null;
  choose(code: ReasonCode): void;
}

function Reasons({ reasons, chosen, choose }: ReasonsProps) {
  const { t } = useReading();
  if (reasons.length === 0) return null;
  return (
    <fieldset class="reasons">
      <legend class="visually-hidden">{t("step.reason")}</legend>
      {reasons.map((code, index) => (
        <label key={code}>
          <input
            type="radio"
            name="reason"
            value={code}
            required
            checked={code === chosen}
            onChange={() => choose(code)}
          />
          <kbd>{(index + 1) % 10}</kbd> {t(`reason.${code}`)}
        </label>
      ))}
    </fieldset>
  );
}
