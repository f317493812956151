/** The top of the page: whose streets, what time it is there, whether news arrives, and in which language. */
import type { Language } from "../locales/message.ts";
import type { Connection } from "../state/model.ts";
import { useNow } from "../state/now.ts";
import { LanguageChoice } from "./language-choice.tsx";
import { Mark } from "./mark.tsx";
import { useReading } from "./reading.tsx";

export interface PageHeaderProps {
  readonly siteName: string;
  readonly connection: Connection;
  choose(language: Language): void;
}

const marks: Readonly<Record<Connection, string>> = { connecting: "…", live: "●", lost: "▲" };

export function PageHeader({ siteName, connection, choose }: PageHeaderProps) {
  const { t } = useReading();
  return (
    <header class="page-head">
      <div class="brand">
        <Mark size={36} />
        <div>
          <h1>{siteName}</h1>
          <p class="quiet small">greenwave · {t("app.readOnly")}</p>
        </div>
      </div>
      <div class="page-state">
        <StreetClock />
        <p class={`connection connection-${connection}`} role="status">
          <span aria-hidden="true">{marks[connection]} </span>
          {t(`connection.${connection}`)}
        </p>
        <LanguageChoice choose={choose} />
        <a href="/desk">{t("desk.enter")}</a>
      </div>
    </header>
  );
}

function StreetClock() {
  const { t, format, clockOffset_ms } = useReading();
  const now_ms = useNow(clockOffset_ms, 500);
  const zone = format.zone(now_ms);
  return (
    <p class="street-clock" title={t("time.zone", { zone })}>
      <time dateTime={new Date(now_ms).toISOString()}>{format.time(now_ms)}</time>{" "}
      <span class="quiet small">{zone}</span>
    </p>
  );
}
