/** The newest ledger entries, and whether the whole chain holds. */
import { useReading } from "../parts/reading.tsx";
import type { Intersection, LedgerEntry, LedgerPage } from "../state/page-state.ts";
import { bodyWords } from "./body-words.ts";
import { ChainMark } from "./chain-mark.tsx";

const SHORT_HASH = 10;

export interface LedgerTableProps {
  readonly ledger: LedgerPage;
  readonly intersections: readonly Intersection[];
}

export function LedgerTable({ ledger, intersections }: LedgerTableProps) {
  const { t } = useReading();
  const nameOf = (wanted: string): string => intersections.find(({ id }) => id === wanted)?.name ?? wanted;
  return (
    <section class="panel" aria-labelledby="ledger">
      <header class="panel-head">
        <h2 id="ledger">{t("ledger.heading")}</h2>
        {ledger.chain.entries === 0 ? null : <ChainMark chain={ledger.chain} />}
      </header>
      {ledger.entries.length === 0 ? (
        <p class="quiet">{t("ledger.none")}</p>
      ) : (
        <div class="table-scroll">
          <table class="plain stacked">
            <thead>
              <tr>
                <th scope="col" class="number">
                  {t("ledger.seq")}
                </th>
                <th scope="col">{t("ledger.time")}</th>
                <th scope="col">{t("ledger.kind")}</th>
                <th scope="col">{t("ledger.body")}</th>
                <th scope="col">{t("ledger.hash")}</th>
              </tr>
            </thead>
            <tbody>
              {ledger.entries.map((entry) => (
                <Row key={entry.seq} entry={entry} nameOf={nameOf} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RowProps {
  readonly entry: LedgerEntry;
  nameOf(intersection: string): string;
}

function Row({ entry, nameOf }: RowProps) {
  const reading = useReading();
  const { t, named, format } = reading;
  const tip = `hash-${entry.seq}`;
  return (
    <tr data-seq={entry.seq}>
      <th scope="row" class="number">
        {format.whole(entry.seq)}
      </th>
      <td class="moment" data-label={t("ledger.time")}>
        {format.moment(entry.at_ms)}
      </td>
      <td data-label={t("ledger.kind")}>{named(`ledger.kind.${entry.kind}`, entry.kind.replaceAll(/[._-]+/g, " "))}</td>
      <td class="ledger-body" data-label={t("ledger.body")}>
        {bodyWords(entry.body, reading, nameOf)}
      </td>
      <td class="hash" data-label={t("ledger.hash")}>
        <button type="button" class="hash-short" aria-describedby={tip}>
          {entry.hash.slice(0, SHORT_HASH)}…
        </button>
        <span role="tooltip" id={tip} class="hash-full">
          {entry.hash}
          <br />
          {t("ledger.previous", { hash: entry.previous })}
        </span>
      </td>
    </tr>
  );
}
