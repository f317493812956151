/** The open case: pictures in the middle; why it is proposed, its plate and what can be done on the right. */
import { useReading } from "../parts/reading.tsx";
import { ActionBar } from "./action-bar.tsx";
import type { CaseDocument } from "./case-document.ts";
import { ClipView } from "./clip-view.tsx";
import { Facts } from "./facts.tsx";
import { History } from "./history.tsx";
import { PlatePanel } from "./plate-panel.tsx";
import { Proof } from "./proof.tsx";
import { type CaseHandle, useCase } from "./use-case.ts";

export interface CasePanelProps {
  readonly id: string;
  /** Something about the case changed. */
  changed(): void;
  /** Opens the next case that waits for the reader; null when none does. */
  readonly next: (() => void) | null;
}

export function CasePanel({ id, changed, next }: CasePanelProps) {
  const { t } = useReading();
  const handle = useCase(id, changed);
  if (handle.document === null) {
    return (
      <p class="case-none" role="status">
        {handle.trouble ?? t("case.loading")}
      </p>
    );
  }
  return (
    <>
      <ClipView document={handle.document} />
      <Side document={handle.document} handle={handle} next={next} />
    </>
  );
}

interface SideProps extends Pick<CasePanelProps, "next"> {
  readonly document: CaseDocument;
  readonly handle: CaseHandle;
}

function Side({ document, handle, next }: SideProps) {
  const { t } = useReading();
  const { detection, state } = document;
  return (
    <section class="case-side" aria-labelledby="case">
      <header>
        <h2 id="case" data-state={state}>
          {t(`rule.${detection.rule.id}`)}
        </h2>
        <p class="badges">
          <span class="badge">{t(`state.${state}`)}</span>
          {document.protected_as === null ? null : (
            <span class="badge badge-protected" title={t("case.protected.note")}>
              {t(`protected.${document.protected_as}`)}
            </span>
          )}
          {detection.staged ? (
            <span class="badge badge-staged" title={t("case.staged.note")}>
              {t("case.staged")}
            </span>
          ) : null}
        </p>
      </header>
      <div class="case-scroll">
        {blind(document) ? (
          <p class="banner banner-note" role="note">
            {t("case.blind")}
          </p>
        ) : null}
        {document.plate_withheld ? null : <PlatePanel document={document} />}
        <Facts document={document} />
        {document.plate_withheld ? <PlatePanel document={document} /> : null}
        <History steps={document.steps} />
        <Proof document={document} />
      </div>
      <ActionBar handle={handle} document={document} next={next} />
    </section>
  );
}

/** A second review is awaited from the reader: what the first said stays withheld. */
const blind = ({ state, actions }: CaseDocument): boolean => state === "second_review" && actions.includes("review");
