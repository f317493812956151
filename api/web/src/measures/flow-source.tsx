/** Where a number comes from, in a word. */
import { useReading } from "../parts/reading.tsx";
import type { FlowSource } from "./approach-flow.ts";

const marks: Readonly<Record<FlowSource, string>> = {
  measured: "●",
  partial: "◐",
  simulated: "◇",
  assumed: "○",
  unknown: "?",
};

export function FlowSourceBadge({ source }: { readonly source: FlowSource }) {
  const { t } = useReading();
  return (
    <span class={`badge badge-${source}`} title={t(`flow.source.${source}.title`)}>
      <span aria-hidden="true">{marks[source]} </span>
      {t(`flow.source.${source}`)}
    </span>
  );
}
