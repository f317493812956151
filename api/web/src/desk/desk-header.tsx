/** The top of the desk: where one can go, in which light and language, and who is there. */
import type { Permission } from "../../../../core/accounts/roles.ts";
import type { Language, MessageKey } from "../locales/message.ts";
import { LanguageChoice } from "../parts/language-choice.tsx";
import { Mark } from "../parts/mark.tsx";
import { useReading } from "../parts/reading.tsx";
import type { DeskParts } from "./desk-context.tsx";
import type { Route } from "./route.ts";
import { ThemeChoice } from "./theme-choice.tsx";

interface Place {
  readonly page: Route["page"];
  readonly text: MessageKey;
  readonly needs: Permission;
}

/** In the order in which they stand; the first that somebody may use is where they begin. */
export const places: readonly Place[] = [
  { page: "cases", text: "desk.cases", needs: "see_evidence" },
  { page: "proposals", text: "desk.proposals", needs: "see_traffic" },
  { page: "trace", text: "desk.trace", needs: "trace_plate" },
  { page: "audit", text: "desk.audit", needs: "read_audit" },
  { page: "keeping", text: "desk.keeping", needs: "read_audit" },
  { page: "accounts", text: "desk.accounts", needs: "manage_accounts" },
];

export interface DeskHeaderProps {
  readonly siteName: string;
  readonly route: Route;
  /** Null before log-in. */
  readonly parts: DeskParts | null;
  choose(language: Language): void;
}

export function DeskHeader({ siteName, route, parts, choose }: DeskHeaderProps) {
  const { t } = useReading();
  const allowed = places.filter(({ needs }) => parts?.me.permissions.includes(needs));
  return (
    <header class="desk-head">
      <div class="brand">
        <Mark size={26} />
        <b>{siteName}</b>
      </div>
      <nav aria-label={t("desk.nav")}>
        {allowed.map(({ page, text }) => (
          <a key={page} href={`#/${page}`} aria-current={page === route.page ? "page" : undefined}>
            {t(text)}
          </a>
        ))}
        {parts?.me.permissions.includes("see_traffic") === true ? <a href="/player">{t("player.heading")}</a> : null}
        <a href="/">{t("desk.traffic")}</a>
      </nav>
      <div class="desk-state">
        <ThemeChoice />
        <LanguageChoice choose={choose} />
        {parts === null ? null : (
          <>
            <a href="#/account" aria-current={route.page === "account" ? "page" : undefined}>
              <span class="visually-hidden">{t("desk.account")}: </span>
              {parts.me.name}
            </a>
            <button type="button" class="plain-button" onClick={() => parts.logOut()}>
              {t("account.logOut")}
            </button>
          </>
        )}
      </div>
    </header>
  );
}
