/** The newest ledger entries, and whether the whole chain holds. */
import { useReading } from "../parts/reading.tsx";
import type { LedgerEntry, LedgerPage } from "../state/page-state.ts";
import { bodyWords } from "./body-words.ts";

const SHORT_HASH = 10;

export function LedgerTable({ ledger }: { readonly ledger: LedgerPage }) {
  const { t } = useReading();
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
          <table class="plain ledger">
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
                <Row key={entry.seq} entry={entry} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ChainMark({ chain }: { readonly chain: LedgerPage["chain"] }) {
  const { t, format } = useReading();
  if (chain.broken_at !== null) {
    return (
      <p class="chain chain-broken" role="alert">
        <b>✕ {t("ledger.broken")}.</b> {t("ledger.broken.detail", { seq: format.whole(chain.broken_at) })}
      </p>
    );
  }
  const words = { entries: format.whole(chain.entries), time: format.time(chain.checked_at_ms) };
  return (
    <p class="chain">
      <b>✓ {t("ledger.verified")}</b> <span class="quiet">{t("ledger.verified.detail", words)}</span>
    </p>
  );
}

function Row({ entry }: { readonly entry: LedgerEntry }) {
  const { t, format } = useReading();
  const tip = `hash-${entry.seq}`;
  return (
    <tr data-seq={entry.seq}>
      <td class="number">{format.whole(entry.seq)}</td>
      <td class="moment">{format.moment(entry.at_ms)}</td>
      <td>{entry.kind.replaceAll(/[._-]+/g, " ")}</td>
      <td class="ledger-body">{bodyWords(entry.body)}</td>
      <td class="hash">
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
