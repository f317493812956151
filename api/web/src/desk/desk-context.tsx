/** What every page of the desk needs: who is there, the site's names, and a way to ask the service. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Permission } from "../../../../core/accounts/roles.ts";
import type { Site } from "../state/page-state.ts";
import type { Answer, Question } from "./ask.ts";
import type { Me } from "./session.ts";

export interface DeskParts {
  readonly me: Me;
  readonly site: Site;
  /** Asks in the reader's language; when the session has ended the desk shows the log-in by itself. */
  ask<T>(path: string, question?: Question): Promise<Answer<T>>;
  askFile(path: string, question: Question): Promise<Answer<Blob>>;
  logOut(): void;
}

export const DeskContext = createContext<DeskParts | null>(null);

export function useDesk(): DeskParts & { readonly may: (permission: Permission) => boolean } {
  const parts = useContext(DeskContext);
  if (parts === null) throw new Error("a part of the desk stands outside DeskContext");
  return { ...parts, may: (permission) => parts.me.permissions.includes(permission) };
}
