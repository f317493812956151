/** One case as the service has it, and the steps that its reader takes. */
import { useCallback, useEffect, useState } from "preact/hooks";
import { useDesk } from "../desk/desk-context.tsx";
import type { CaseDocument } from "./case-document.ts";

export interface CaseHandle {
  readonly document: CaseDocument | null;
  /** Why the case is not there, or the last step was not taken. */
  readonly trouble: string | null;
  /** Somebody else went on with the case meanwhile; it was read again. */
  readonly overtaken: boolean;
  readonly busy: boolean;
  /** Asks for the step at `path` under the case's own address. */
  act(path: string, body: Readonly<Record<string, unknown>>): Promise<void>;
}

const overtakenBy = ["CASE_MOVED_ON", "CASE_STEP_OUT_OF_TURN"];

export function useCase(id: string, changed: () => void): CaseHandle {
  const { ask } = useDesk();
  const [document, setDocument] = useState<CaseDocument | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [overtaken, setOvertaken] = useState(false);
  const [busy, setBusy] = useState(false);
  const address = `/api/cases/${encodeURIComponent(id)}`;

  const read = useCallback(async (): Promise<void> => {
    const answer = await ask<CaseDocument>(address);
    if (answer.ok) setDocument(answer.value);
    else setTrouble(answer.message);
  }, [ask, address]);
  useEffect(() => void read(), [read]);

  const act = async (path: string, body: Readonly<Record<string, unknown>>): Promise<void> => {
    if (document === null || busy) return;
    setBusy(true);
    const said = { ...body, steps_seen: document.steps_seen };
    const answer = await ask<CaseDocument>(`${address}/${path}`, { method: "POST", body: said });
    const late = !answer.ok && overtakenBy.includes(answer.code);
    if (answer.ok) setDocument(answer.value);
    else if (late) await read();
    setTrouble(answer.ok ? null : answer.message);
    setOvertaken(late);
    setBusy(false);
    changed();
  };
  return { document, trouble, overtaken, busy, act };
}
