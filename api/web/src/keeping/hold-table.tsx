/** Cases that are kept whatever their time says. */
import { useReading } from "../parts/reading.tsx";
import type { Hold } from "./keeping-document.ts";

export function HoldTable({ holds }: { readonly holds: readonly Hold[] }) {
  const { t, format } = useReading();
  return (
    <section class="panel" aria-labelledby="holds">
      <h2 id="holds">{t("hold.list")}</h2>
      {holds.length === 0 ? <p class="quiet">{t("hold.none")}</p> : null}
      <ul class="rows">
        {holds.map(({ case_id, by, reason, since_ms }) => (
          <li key={case_id} data-hold={case_id}>
            <b>{case_id}</b>{" "}
            <span class="quiet">
              {by}, {format.day(since_ms)}
            </span>{" "}
            {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}
