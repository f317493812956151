/** The top of the page: whose streets, what time it is there, whether news arrives, and in which language. */
import { type Language, languages } from "../locales/message.ts";
import type { Connection } from "../state/model.ts";
import { useNow } from "../state/now.ts";
import { useReading } from "./reading.tsx";

export interface PageHeaderProps {
  readonly siteName: string;
  readonly connection: Connection;
  choose(language: Language): void;
}

const marks: Readonly<Record<Connection, string>> = { connecting: "…", live: "●", lost: "▲" };

export function PageHeader({ siteName, connection, choose }: PageHeaderProps) {
  const { t, language } = useReading();
  return (
    <header class="page-head">
      <div class="brand">
        <Mark />
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
        <fieldset class="languages">
          <legend class="visually-hidden">{t("language.label")}</legend>
          {languages.map((each) => (
            <button key={each} type="button" lang={each} aria-pressed={each === language} onClick={() => choose(each)}>
              {t(`language.${each}`)}
            </button>
          ))}
        </fieldset>
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

function Mark() {
  return (
    <svg class="mark" width="36" height="36" viewBox="0 0 36 36" aria-hidden="true">
      <rect width="36" height="36" rx="9" />
      <path d="M6 23c4 0 4-10 8-10s4 10 8 10 4-10 8-10" />
    </svg>
  );
}
