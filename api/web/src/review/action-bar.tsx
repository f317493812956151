/** What can be done with the case now, what came of the last step, and the way to the next case. */
import { useState } from "preact/hooks";
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument } from "./case-document.ts";
import { Handover } from "./handover.tsx";
import { capOf, keysOf } from "./shortcuts.ts";
import { StepDialog } from "./step-dialog.tsx";
import { type Step, stepsFor } from "./steps.ts";
import type { CaseHandle } from "./use-case.ts";
import { type Commands, useCommands } from "./use-commands.ts";

export interface ActionBarProps {
  readonly document: CaseDocument;
  readonly handle: CaseHandle;
  readonly next: (() => void) | null;
}

export function ActionBar({ document, handle, next }: ActionBarProps) {
  const { t } = useReading();
  const [asked, setAsked] = useState<Step | null>(null);
  const offered = stepsFor(document);
  const begin = (step: Step): void => {
    if (handle.busy) return;
    if (step.question === null) void handle.act(step.path, step.body({ reason: "", chosen: true }));
    else setAsked(step);
  };
  const commands: { -readonly [C in keyof Commands]: Commands[C] } = {};
  for (const step of offered) if (step.command !== undefined) commands[step.command] = () => begin(step);
  useCommands(commands);
  return (
    <footer class="actions">
      <Outcome handle={handle} />
      {offered.length === 0 ? <p class="quiet small">{t("case.nothingToDo")}</p> : null}
      <div class="action-buttons">
        {offered.map((step) => (
          <button
            key={step.text}
            type="button"
            class={`action action-${step.tone}`}
            disabled={handle.busy}
            onClick={() => begin(step)}
          >
            {t(step.text)} <Caps step={step} />
          </button>
        ))}
        {next === null ? null : (
          <button type="button" class="action action-next" onClick={() => next()}>
            {t("command.next")} <kbd>N</kbd>
          </button>
        )}
      </div>
      <Handover document={document} />
      {asked === null ? null : (
        <Asking step={asked} handle={handle} close={() => setAsked(null)} key={document.steps_seen} />
      )}
    </footer>
  );
}

function Caps({ step }: { readonly step: Step }) {
  const [key] = step.command === undefined ? [] : keysOf[step.command];
  return key === undefined ? null : <kbd>{capOf(key)}</kbd>;
}

function Outcome({ handle: { trouble, overtaken } }: Pick<ActionBarProps, "handle">) {
  const { t } = useReading();
  return (
    <div role="alert">
      {overtaken ? <p class="banner banner-note">{t("case.overtaken")}</p> : null}
      {trouble !== null && !overtaken ? <p class="trouble">{trouble}</p> : null}
    </div>
  );
}

interface AskingProps {
  readonly step: Step;
  readonly handle: CaseHandle;
  close(): void;
}

function Asking({ step, handle, close }: AskingProps) {
  const { t } = useReading();
  const { note, words, choice, ...rest } = step.question ?? {};
  const question = {
    title: t(step.text),
    confirm: t(step.text),
    ...rest,
    ...(note === undefined ? {} : { note: t(note) }),
    ...(words === undefined ? {} : { words: t(words) }),
    ...(choice === undefined ? {} : { choice: t(choice) }),
  };
  return (
    <StepDialog
      question={question}
      close={close}
      answer={(answer) => {
        close();
        void handle.act(step.path, step.body(answer));
      }}
    />
  );
}
