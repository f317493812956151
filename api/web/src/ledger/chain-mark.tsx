/** Whether each entry of a chain still follows from the one before. */
import { useReading } from "../parts/reading.tsx";
import type { LedgerPage } from "../state/page-state.ts";

export function ChainMark({ chain }: { readonly chain: LedgerPage["chain"] }) {
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
