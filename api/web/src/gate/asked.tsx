/** A step with a reason: asked in front of the page, sent, and read again whatever came of it. */
import { useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import type { MessageKey } from "../locales/message.ts";
import { useReading } from "../parts/reading.tsx";
import { StepDialog } from "../review/step-dialog.tsx";

export interface Asked {
  readonly title: MessageKey;
  readonly note?: MessageKey;
  /** Whom or what it concerns. */
  readonly name: string;
  readonly path: string;
  /** Sent beside the reason. */
  readonly body: object;
}

export interface Asking {
  readonly asked: Asked | null;
  readonly said: string | null;
  readonly trouble: string | null;
  ask(asked: Asked | null): void;
  answer(reason: string): Promise<void>;
}

export function useAsking(done: () => Promise<void>): Asking {
  const { t } = useReading();
  const { ask } = useDesk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const answer = async (reason: string): Promise<void> => {
    if (asked === null) return;
    setAsked(null);
    const answered = await ask(asked.path, { method: "POST", body: { ...asked.body, reason } });
    setTrouble(answered.ok ? null : answered.message);
    setSaid(answered.ok ? t("gate.done", { what: t(asked.title), name: asked.name }) : null);
    await done();
  };
  return { asked, said, trouble, ask: setAsked, answer };
}

export function AskedDialog({ asking }: { readonly asking: Asking }) {
  const { t } = useReading();
  const { asked } = asking;
  if (asked === null) return null;
  return (
    <StepDialog
      question={{
        title: `${t(asked.title)}: ${asked.name}`,
        ...(asked.note === undefined ? {} : { note: t(asked.note) }),
        words: t("step.why"),
        confirm: t(asked.title),
      }}
      close={() => asking.ask(null)}
      answer={({ reason }) => void asking.answer(reason)}
    />
  );
}
