/** One proposed plan: what it changes, what the gate found, what the shadow run did, every step, and the decision. */
import { useCallback, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import type { MessageKey } from "../locales/message.ts";
import { useReading } from "../parts/reading.tsx";
import { Trouble } from "../parts/trouble.tsx";
import { AskedDialog, useAsking } from "./asked.tsx";
import { Checks, Shadow, Steps } from "./findings.tsx";
import type { ProposalAction, ProposalDocument } from "./gate-documents.ts";
import { useNames, useReadAgain } from "./live-reading.ts";
import { PlanChanges } from "./plan-changes.tsx";

const titles: Readonly<Record<ProposalAction, MessageKey>> = {
  approve: "gate.approve",
  refuse: "gate.refuse",
  withdraw: "gate.withdraw",
};

export function ProposalPage({ id }: { readonly id: string }) {
  const { t } = useReading();
  const { ask } = useDesk();
  const [found, setFound] = useState<ProposalDocument | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const read = useCallback(async (): Promise<void> => {
    const answer = await ask<ProposalDocument>(`/api/proposals/${encodeURIComponent(id)}`);
    if (answer.ok) setFound(answer.value);
    setTrouble(answer.ok ? null : answer.message);
  }, [ask, id]);
  useReadAgain(read);
  return (
    <main id="main" class="desk-page">
      <p>
        <a href="#/proposals">← {t("gate.back")}</a>
      </p>
      <Trouble why={trouble} />
      {found === null ? null : <Found found={found} done={read} />}
    </main>
  );
}

function Found({ found, done }: { readonly found: ProposalDocument; done(): Promise<void> }) {
  const { t, named, format } = useReading();
  const { me } = useDesk();
  const name = useNames()(found.intersection);
  const { window } = found;
  return (
    <>
      <h1>{t("gate.heading", { id: found.id, name })}</h1>
      <section class="panel" aria-label={t("gate.state")} data-state={found.state}>
        <p>
          <b>{named(`gate.state.${found.state}`, found.state)}</b>
          {found.waits_for === null ? null : ` – ${t("gate.waits", { why: found.waits_for })}`}
        </p>
        <p>{found.reason}</p>
        <p class="quiet small">
          {window === null
            ? t("gate.window.any")
            : t("gate.window", { days: format.list(window.days), from: window.from, to: window.to })}
        </p>
        {found.state === "waiting" && found.by === me.name ? <p>{t("gate.own")}</p> : null}
        <Decision found={found} name={name} done={done} />
      </section>
      {found.differences === null ? null : <PlanChanges differences={found.differences} />}
      <Checks checks={found.checks} />
      {found.shadow === null ? null : <Shadow shadow={found.shadow} />}
      <Steps steps={found.steps} />
    </>
  );
}

interface DecisionProps {
  readonly found: ProposalDocument;
  readonly name: string;
  done(): Promise<void>;
}

function Decision({ found, name, done }: DecisionProps) {
  const { t } = useReading();
  const asking = useAsking(done);
  const choose = (action: ProposalAction): void =>
    asking.ask({
      title: titles[action],
      ...(action === "approve" ? { note: "gate.approve.note" as const } : {}),
      name,
      path: `/api/proposals/${found.id}/${action}`,
      // What was on the screen when the button was pressed is what is decided on.
      body: { steps_seen: found.steps_seen },
    });
  return (
    <>
      <Trouble why={asking.trouble} />
      <div class="form-end">
        {found.actions.map((action) => (
          <button
            key={action}
            type="button"
            class={action === "approve" ? "primary" : "plain-button"}
            onClick={() => choose(action)}
          >
            {t(titles[action])}…
          </button>
        ))}
      </div>
      <AskedDialog asking={asking} />
    </>
  );
}
