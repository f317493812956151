/** How long each class is kept, where that comes from, and how long the disk lasts. */
import { PlainTable } from "../parts/plain-table.tsx";
import { useReading } from "../parts/reading.tsx";
import type { KeepingDocument } from "./keeping-document.ts";

const DAY_H = 24;

export function RetentionTable({ kept }: { readonly kept: KeepingDocument }) {
  const { t, named, format } = useReading();
  const { free_bytes, days_left } = kept.room;
  const free = format.gigabytes(free_bytes / 1e9);
  const length = (keep_h: number | null): string =>
    keep_h === null ? t("keeping.forever") : t("keeping.days", { days: format.whole(keep_h / DAY_H) });
  return (
    <section class="panel" aria-labelledby="retention">
      <h2 id="retention">{t("keeping.retention")}</h2>
      <p>
        {days_left === null
          ? t("keeping.room.unknown", { free })
          : t("keeping.room", { free, days: format.whole(days_left) })}
      </p>
      <PlainTable heads={["keeping.class", "keeping.kept", "keeping.from", "keeping.source"]}>
        {kept.classes.map((rule) => (
          <tr key={rule.class}>
            <th scope="row">{named(`keeping.class.${rule.class}`, rule.class)}</th>
            <td>
              {length(rule.keep_h)}
              <br />
              <span class="quiet small">{t(rule.automatic ? "keeping.automatic" : "keeping.confirmed")}</span>
            </td>
            <td class="moment">{rule.from}</td>
            <td>
              {rule.source}
              {rule.confirmed ? null : <p class="small unconfirmed">{t("keeping.unconfirmed")}</p>}
            </td>
          </tr>
        ))}
      </PlainTable>
    </section>
  );
}
