/** What is shown or handed out beyond the blurred copies: each time with a reason, and each time written down. */
import { Fragment } from "preact";
import { useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import type { CaseDocument } from "./case-document.ts";
import { StepDialog } from "./step-dialog.tsx";
import type { StepQuestion } from "./step-question.ts";

interface Unblurred {
  readonly originals: readonly { readonly name: string; readonly url: string }[];
  readonly until_ms: number;
}

type Asked = "unblur" | "export" | null;

export function Handover({ document }: { readonly document: CaseDocument }) {
  const { t, format } = useReading();
  const { ask, askFile } = useDesk();
  const [asked, setAsked] = useState<Asked>(null);
  const [shown, setShown] = useState<Unblurred | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const address = `/api/cases/${encodeURIComponent(document.id)}`;
  const offered = (["unblur", "export"] as const).filter((each) => document.actions.includes(each));
  if (offered.length === 0) return null;

  const unblur = async (reason: string): Promise<void> => {
    const answer = await ask<Unblurred>(`${address}/unblur`, { method: "POST", body: { reason } });
    setTrouble(answer.ok ? null : answer.message);
    if (answer.ok) setShown(answer.value);
  };
  const exported = async (reason: string, redacted: boolean): Promise<void> => {
    const answer = await askFile(`${address}/export`, { method: "POST", body: { reason, redacted } });
    setTrouble(answer.ok ? null : answer.message);
    if (answer.ok) saveAs(answer.value, `${document.id}${redacted ? "-redacted" : ""}.tar`);
  };
  const questions: Readonly<Record<(typeof offered)[number], StepQuestion>> = {
    unblur: {
      title: t("handover.unblur"),
      note: t("handover.unblur.note"),
      words: t("step.why"),
      confirm: t("handover.unblur"),
    },
    export: {
      title: t("handover.export"),
      note: t("handover.export.note"),
      words: t("step.why"),
      choice: t("handover.redacted"),
      confirm: t("handover.export"),
    },
  };
  return (
    <div class="handover">
      {offered.map((each) => (
        <button key={each} type="button" class="plain-button" onClick={() => setAsked(each)}>
          {t(`handover.${each}`)}…
        </button>
      ))}
      {shown === null ? null : (
        <p class="small">
          {t("handover.shown", { time: format.time(shown.until_ms) })}{" "}
          {shown.originals.map(({ name, url }) => (
            <Fragment key={name}>
              <a href={url} target="_blank" rel="noreferrer">
                {name}
              </a>{" "}
            </Fragment>
          ))}
        </p>
      )}
      <Trouble why={trouble} />
      {asked === null ? null : (
        <StepDialog
          question={questions[asked]}
          close={() => setAsked(null)}
          answer={({ reason, chosen }) => {
            setAsked(null);
            void (asked === "unblur" ? unblur(reason) : exported(reason, chosen));
          }}
        />
      )}
    </div>
  );
}

function saveAs(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
