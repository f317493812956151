/** What the reader of the open page may do besides reading, if they logged in at the desk. */
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Permission } from "../../../../core/accounts/roles.ts";
import { ask } from "../desk/ask.ts";
import { type Me, sessionHoped } from "../desk/session.ts";
import type { Language } from "../locales/message.ts";

const nothing: readonly Permission[] = [];

export const StaffContext = createContext(nothing);

export const useStaff = (): readonly Permission[] => useContext(StaffContext);

/** Asked for once; whoever never logged in here is not asked about. */
export function usePermissions(language: Language): readonly Permission[] {
  const [permissions, setPermissions] = useState(nothing);
  useEffect(() => {
    if (!sessionHoped()) return;
    // When the session is over, the page is what it is for everybody.
    void ask<Me>("/api/me", language).then((answer) => setPermissions(answer.ok ? answer.value.permissions : nothing));
  }, [language]);
  return permissions;
}
