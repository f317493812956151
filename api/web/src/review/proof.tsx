/** How it is known that nothing was changed, and by what means it was measured. */
import { useReading } from "../parts/reading.tsx";
import type { CaseDocument } from "./case-document.ts";
import { Fact } from "./facts.tsx";

export function Proof({ document: { evidence, detection } }: { readonly document: CaseDocument }) {
  const { t, format } = useReading();
  const { calibration, clock, models } = detection;
  return (
    <details class="proof">
      <summary>{t(evidence.state === "ready" ? "proof.sealed" : "proof.unsealed")}</summary>
      <dl class="facts">
        {evidence.state === "ready" ? (
          <>
            <Fact name={t("proof.manifest")} value={evidence.manifest_sha256} />
            <Fact name={t("proof.edition")} value={String(evidence.edition)} />
          </>
        ) : null}
        {calibration === null ? null : (
          <Fact
            name={t("proof.calibration")}
            value={`${calibration.id}, ${format.measure("_px", calibration.reprojection_error_px)}`}
          />
        )}
        <Fact
          name={t("proof.clock")}
          value={`${clock.source}, ${format.measure("_ms", clock.offset_ms)} ± ${format.measure("_ms", clock.uncertainty_ms)}`}
        />
        {models.map(({ name, sha256 }) => (
          <Fact key={name} name={name} value={sha256.slice(0, 16)} />
        ))}
      </dl>
    </details>
  );
}
