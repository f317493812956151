/** Who is at the desk. */
import type { Permission, Role } from "../../../../core/accounts/roles.ts";

export interface Me {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly permissions: readonly Permission[];
}

const KEY = "greenwave.account";

/** The session's cookie is out of a script's sight: this only says that asking who is there makes sense. */
export const sessionHoped = (): boolean => localStorage.getItem(KEY) !== null;

export function hopeForSession(name: string | null): void {
  if (name === null) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, name);
}
